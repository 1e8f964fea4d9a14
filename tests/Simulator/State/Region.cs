using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A region of Azure.</summary>
public sealed record Region(string Name, string DisplayName)
{
    public static IReadOnlyList<Region> All { get; } =
    [
        new("westeurope", "West Europe"), new("northeurope", "North Europe"), new("eastus", "East US"), new("eastus2", "East US 2"),
        new("westus", "West US"), new("westus2", "West US 2"), new("westus3", "West US 3"), new("centralus", "Central US"),
        new("northcentralus", "North Central US"), new("southcentralus", "South Central US"), new("westcentralus", "West Central US"),
        new("canadacentral", "Canada Central"), new("canadaeast", "Canada East"), new("brazilsouth", "Brazil South"),
        new("uksouth", "UK South"), new("ukwest", "UK West"), new("francecentral", "France Central"),
        new("germanywestcentral", "Germany West Central"), new("switzerlandnorth", "Switzerland North"), new("norwayeast", "Norway East"),
        new("swedencentral", "Sweden Central"), new("polandcentral", "Poland Central"), new("italynorth", "Italy North"),
        new("spaincentral", "Spain Central"), new("eastasia", "East Asia"), new("southeastasia", "Southeast Asia"),
        new("japaneast", "Japan East"), new("japanwest", "Japan West"), new("koreacentral", "Korea Central"),
        new("australiaeast", "Australia East"), new("australiasoutheast", "Australia Southeast"), new("centralindia", "Central India"),
        new("southindia", "South India"), new("uaenorth", "UAE North"), new("southafricanorth", "South Africa North"),
        new("centraluseuap", "Central US EUAP"),
    ];

    /// <summary>The short name of what may be a display name.</summary>
    public static string Normalize(string? location) =>
        location is null ? string.Empty : All.FirstOrDefault(r => ResourceId.Same(r.DisplayName, location))?.Name ?? location.ToLowerInvariant();

    internal JsonObject ToJson(string scope) => Json.Object(new
    {
        id = scope + "/locations/" + Name,
        name = Name,
        type = "Region",
        displayName = DisplayName,
        regionalDisplayName = DisplayName,
        metadata = new { regionType = "Physical", regionCategory = "Recommended" },
    });
}
