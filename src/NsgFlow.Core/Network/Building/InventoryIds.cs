using NsgFlow.Arm;

namespace NsgFlow.Network;

/// <summary>What ids of parts tell of what they are parts of.</summary>
internal static class InventoryIds
{
    /// <summary>Id of what holds a part of it: the network interface of an IP configuration, the virtual network of a subnet; null when nothing is named.</summary>
    public static string? Owner(string? id) => Filled(new ResourceId(id).Parent.Text);

    /// <summary>A key of a resource group that does not depend on spelling.</summary>
    public static string Group(string? subscription, string? group) => (subscription + "/" + group).ToUpperInvariant();

    public static string Group(ResourceId id) => Group(id.SubscriptionId, id.ResourceGroup);

    /// <summary>An id that a property names, or null.</summary>
    public static string? IdOf(ArmNode reference) => Filled(reference["id"].Text);

    public static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
