using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Network;

namespace NsgFlow.Setup;

/// <summary>Flow logs by what they log, and which of them write the flows of a network interface, a subnet or a virtual network.</summary>
internal sealed class CoverageLogs
{
    private readonly ILookup<ResourceId, FlowLog> _logs;
    private readonly HashSet<string> _unread;

    // Both ends tell of an attachment, and one of them may be out of sight.
    private readonly ILookup<ResourceId, ResourceId> _nsgs;

    public CoverageLogs(NetworkInventory inventory, IEnumerable<FlowLog> flowLogs, IEnumerable<string> unread)
    {
        _logs = flowLogs.Where(static log => !log.IsBeingDeleted).ToLookup(static log => new ResourceId(log.TargetResourceId));
        _unread = new HashSet<string>(unread, StringComparer.OrdinalIgnoreCase);
        _nsgs = inventory.Nsgs.SelectMany(static nsg => nsg.Subnets.Concat(nsg.NetworkInterfaces), static (nsg, id) => (Holder: id, Nsg: nsg.Id))
            .Concat(inventory.NetworkInterfaces.Select(static nic => (Holder: nic.Id!, nic.Nsg)))
            .Concat(inventory.VirtualNetworks.SelectMany(static network => network.Subnets).Select(static subnet => (Holder: subnet.Id!, subnet.Nsg)))
            .Where(static one => one.Holder is not null && one.Nsg is not null)
            .ToLookup(static one => new ResourceId(one.Holder), static one => new ResourceId(one.Nsg));
    }

    /// <summary>What writes the flows of something that lies in others.</summary>
    /// <param name="chain">Its id, then those of what it is in, the nearest first: network interface, subnet, virtual network.</param>
    /// <param name="unsupported">Why nothing can, or null.</param>
    public Coverage Of(IReadOnlyList<string?> chain, string? unsupported)
    {
        var ids = chain.OfType<string>().Select(static id => new ResourceId(id)).ToList();
        var nsgs = ids.SelectMany(id => _nsgs[id]).Distinct().SelectMany(nsg => _logs[nsg]).ToList();
        var others = ids.SelectMany(id => _logs[id]).ToList();
        return new Coverage
        {
            // Of these the nearest writes; the others leave it to it.
            FlowLogs = unsupported is not null ? [] : [.. nsgs.Where(static log => log.Enabled), .. others.Where(static log => log.Enabled).Take(1)],
            Disabled = [.. nsgs.Concat(others).Where(static log => !log.Enabled)],
            Unsupported = unsupported,
            IsUncertain = ids.Exists(id => id.SubscriptionId is { } subscription && _unread.Contains(subscription)),
        };
    }
}
