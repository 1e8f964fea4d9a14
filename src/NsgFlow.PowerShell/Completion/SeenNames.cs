using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>
/// Names in the flow logs that this process has read or listed, for tab completion: nothing is looked up for a Tab that was not seen
/// before. For the whole process, since completion has no state of its own; a name too many does no harm. What ARM answers is not
/// remembered here: another sign-in may not see it.
/// </summary>
internal static class SeenNames
{
    public static BoundedNames Rules { get; } = new();

    public static BoundedNames Nsgs { get; } = new();

    public static BoundedNames VirtualNetworks { get; } = new();

    public static BoundedNames Subnets { get; } = new();

    public static BoundedNames NetworkInterfaces { get; } = new();

    public static BoundedNames ResourceGroups { get; } = new();

    public static BoundedNames Subscriptions { get; } = new();

    public static BoundedNames Macs { get; } = new();

    /// <summary>Remembers what the groups of some records name; tuples of one group stand together, so this is quick.</summary>
    public static void Remember(IReadOnlyList<FlowRecord> records)
    {
        FlowGroup? last = null;
        FlowEntry? lastEntry = null;
        for (var i = 0; i < records.Count; i++)
        {
            var group = records[i].Group;
            if (ReferenceEquals(group, last))
                continue;
            last = group;
            Rules.Add(group.Rule);
            if (ReferenceEquals(group.Entry, lastEntry))
                continue;
            lastEntry = group.Entry;
            Macs.Add(group.MacAddress);
            Remember(new ResourceId(lastEntry.TargetResourceId));
            Nsgs.Add(new ResourceId(group.AclId).Nsg);
        }
    }

    /// <summary>Remembers what a blob's name tells.</summary>
    public static void Remember(FlowBlob blob)
    {
        Macs.Add(blob.MacAddress);
        // The name of a VNet blob is the flow log's, in the watcher's resource group.
        if (blob.Kind == FlowLogKind.Nsg)
        {
            Nsgs.Add(blob.Target);
            ResourceGroups.Add(blob.ResourceGroup);
        }

        Subscriptions.Add(blob.SubscriptionId);
    }

    private static void Remember(ResourceId target)
    {
        Nsgs.Add(target.Nsg);
        VirtualNetworks.Add(target.VirtualNetwork);
        Subnets.Add(target.Subnet);
        NetworkInterfaces.Add(target.NetworkInterface);
        ResourceGroups.Add(target.ResourceGroup);
        Subscriptions.Add(target.SubscriptionId);
    }
}
