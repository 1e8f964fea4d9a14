using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Resources;

/// <summary>What is said when a name leads to nothing, or to several things.</summary>
internal static class ResourceErrors
{
    private const int MostShown = 10;
    private const string ScaleSets = " Interfaces of scale sets (such as AKS nodes) are found by ARM id only; Get-NsgInventory lists these.";

    /// <summary>There is none of that name.</summary>
    /// <param name="kind">What was looked for.</param>
    /// <param name="name">Its name or id.</param>
    /// <param name="where">Where was looked, with a space before; empty for everywhere.</param>
    /// <param name="near">Names that may have been meant.</param>
    public static NsgFlowException NotFound(ResourceKind kind, string name, string where, IReadOnlyList<string> near) => new(
        "ResourceNotFound",
        $"There is no {kind.Word} '{name}'{where}, or you may not read it.{(near.Count == 0 ? string.Empty : $" Did you mean {string.Join(" or ", near)}?")}",
        $"Check the name and the subscription you are signed in to; to find a {kind.Word} you need the role *Reader* on it. Wildcards (*) show what there is."
            + (NameChoice.IsId(name) ? string.Empty : ByIdInstead(kind)));

    /// <summary>There are several of that name.</summary>
    public static NsgFlowException Ambiguous(ResourceKind kind, string name, IReadOnlyList<ArmResource> found) => new(
        "ResourceAmbiguous",
        $"There are {found.Count} resources of kind {kind.Word} that '{name}' may mean: {string.Join(", ", found.Take(MostShown).Select(static one => one.Id))}{(found.Count > MostShown ? ", …" : string.Empty)}.",
        kind == ResourceKind.Subnet
            ? "Give network/subnet, the ARM id, -VirtualNetwork, -ResourceGroupName or -SubscriptionId."
            : "Give the ARM id, or narrow it down with -ResourceGroupName or -SubscriptionId.");

    // Resource Graph, which finds names, knows of a change minutes later; ARM, which has ids, at once.
    private static string ByIdInstead(ResourceKind kind) => kind == ResourceKind.FlowLog || kind == ResourceKind.Subscription ? string.Empty
        : " If it was made in the last minutes, give its ARM id: names are found some minutes later." + (kind == ResourceKind.NetworkInterface ? ScaleSets : string.Empty);
}
