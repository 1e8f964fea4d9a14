using System;

namespace NsgFlow.Blobs;

/// <summary>Tells by a blob's name whether a flow log may have written it.</summary>
internal static class FlowBlobOwner
{
    /// <summary>False only when the name proves that the flow log did not write the blob.</summary>
    /// <param name="flowLog">The flow log.</param>
    /// <param name="kind">Which format; null when the name does not tell, as for all that follows.</param>
    /// <param name="id">ARM id of the NSG, or of the flow log.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="target">Name of the NSG, or of the flow log.</param>
    public static bool IsPossible(FlowLog flowLog, FlowLogKind? kind, string? id, string? subscription, string? target)
    {
        if (kind is not null && kind != flowLog.Kind)
            return false;
        if (subscription is not null && flowLog.SubscriptionId is { } own && !Same(subscription, own))
            return false;
        if (id is not null)
            return Same(id.Trim('/'), (kind == FlowLogKind.Nsg ? flowLog.TargetResourceId : flowLog.Id).Trim('/'));
        return target is null || IsNamed(target, kind == FlowLogKind.Nsg ? flowLog.Target : flowLog.Name);
    }

    // Most names have watcher and flow log joined by an underscore, and either may hold one: then where the flow log begins is only guessed.
    private static bool IsNamed(string target, string? name) =>
        name is null || Same(target, name)
        || target.EndsWith("_" + name, StringComparison.OrdinalIgnoreCase) || name.EndsWith("_" + target, StringComparison.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
