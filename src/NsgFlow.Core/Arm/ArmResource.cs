using System;
using System.Collections.Generic;
using System.Text;

namespace NsgFlow.Arm;

/// <summary>A resource as Azure Resource Manager or Resource Graph gave it.</summary>
public sealed class ArmResource
{
    /// <summary>Wraps an answer.</summary>
    /// <param name="root">The resource: an object.</param>
    public ArmResource(ArmNode root)
    {
        Root = root;
        Id = root["id"].Text ?? string.Empty;
        ResourceId = new ResourceId(Id);
        Name = root["name"].Text ?? ResourceId.Name ?? string.Empty;
    }

    /// <summary>The id, in the spelling of the answer, which differs from answer to answer; empty when the answer has none.</summary>
    public string Id { get; }

    /// <summary>The id, to be compared and taken apart.</summary>
    public ResourceId ResourceId { get; }

    /// <summary>The resource's own name.</summary>
    public string Name { get; }

    /// <summary>The type (<c>Microsoft.Network/virtualNetworks</c>, in any case); empty when the answer has none.</summary>
    public string Type => Root["type"].Text ?? string.Empty;

    /// <summary>The region as written (<c>westeurope</c>), or null.</summary>
    public string? Location => Root["location"].Text;

    /// <summary>The resource group, or null.</summary>
    public string? ResourceGroup => ResourceId.ResourceGroup;

    /// <summary>The subscription's id, or null.</summary>
    public string? SubscriptionId => ResourceId.SubscriptionId;

    /// <summary>What <c>properties</c> holds.</summary>
    public ArmNode Properties => Root["properties"];

    /// <summary>All of it.</summary>
    public ArmNode Root { get; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags
    {
        get
        {
            var tags = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var tag in Root["tags"].Members)
                tags[tag.Key] = tag.Value.Text ?? string.Empty;
            return tags;
        }
    }

    /// <summary>Reads a resource's JSON.</summary>
    /// <exception cref="FormatException">It is no JSON.</exception>
    public static ArmResource Parse(string json) => new(ArmNode.Parse(Encoding.UTF8.GetBytes(json)));

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}
