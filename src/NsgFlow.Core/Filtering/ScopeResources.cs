using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Filtering;

/// <summary>
/// Resources that were found in Azure, by everything that flow logs call them. Names alone do not do there: the log of a virtual network names none
/// of its subnets and network interfaces, and older ones name NSGs by a GUID.
/// </summary>
public sealed class ScopeResources
{
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _guids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _macs = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<ScopePart> _parts = [];

    /// <summary>What they are, for people (<c>NSG aks-agentpool-nsg</c>).</summary>
    public required string Text { get; init; }

    /// <summary>ARM ids of targets, of NSGs that decide, of flow logs; or of what these lie in.</summary>
    public IReadOnlyCollection<string> Ids { get => _ids; init => Fill(_ids, value.Select(Normal)); }

    /// <summary>GUIDs of NSGs, as virtual network flow logs up to 2024 name what decided.</summary>
    public IReadOnlyCollection<string> NsgGuids { get => _guids; init => Fill(_guids, value); }

    /// <summary>MACs (12 upper-case hex digits) of network interfaces: what they logged is in the scope, whatever the log is on.</summary>
    public IReadOnlyCollection<string> MacAddresses { get => _macs; init => Fill(_macs, value); }

    /// <summary>Parts of larger targets.</summary>
    public IReadOnlyList<ScopePart> Parts { get => _parts; init => _parts = value ?? []; }

    /// <summary>Whether the MACs alone tell all that is wanted, so that blobs of other network interfaces need not be opened.</summary>
    public bool IsByMacAddress { get; init; }

    /// <summary>What was found for several objects of a pipeline, together.</summary>
    public static ScopeResources Union(IReadOnlyList<ScopeResources> all)
    {
        if (all is null)
            throw new ArgumentNullException(nameof(all));
        return all.Count == 1 ? all[0] : new ScopeResources
        {
            Text = string.Join(", ", all.Select(static one => one.Text).Distinct()),
            Ids = [.. all.SelectMany(static one => one._ids)],
            NsgGuids = [.. all.SelectMany(static one => one._guids)],
            MacAddresses = [.. all.SelectMany(static one => one._macs)],
            Parts = [.. all.SelectMany(static one => one._parts)],
            IsByMacAddress = all.All(static one => one.IsByMacAddress),
        };
    }

    /// <summary>What they are.</summary>
    public override string ToString() => Text;

    /// <summary>Whether a group's tuples are in the scope; <see cref="ScopeAnswer.Maybe"/> when that hangs on the tuple.</summary>
    internal ScopeAnswer Answer(FlowGroup group, string? nsg)
    {
        var entry = group.Entry;
        return (group.MacAddress is { } mac && _macs.Contains(mac))
            || (group.AclId is { } acl && _guids.Contains(acl))
            || HoldsIdOrParent(entry.TargetResourceId) || HoldsIdOrParent(entry.FlowLogResourceId) || HoldsIdOrParent(nsg) ? ScopeAnswer.Yes
            : _parts.Any(part => IsSame(part.TargetResourceId, entry.TargetResourceId)) ? ScopeAnswer.Maybe
            : ScopeAnswer.No;
    }

    /// <summary>Whether a tuple is in the scope, of a group for which that hangs on the tuple.</summary>
    internal bool Holds(FlowGroup group, in FlowTuple tuple)
    {
        foreach (var part in _parts)
        {
            if (part.Holds(in tuple) && IsSame(part.TargetResourceId, group.Entry.TargetResourceId))
                return true;
        }

        return false;
    }

    /// <summary>Whether a blob's flows are in the scope, by what its name tells; null is what it does not tell.</summary>
    internal ScopeAnswer Answer(FlowLogKind? kind, string? id, string? mac)
    {
        if (mac is not null && _macs.Contains(mac))
            return ScopeAnswer.Yes;
        if (IsByMacAddress && mac is not null)
            return ScopeAnswer.No;
        if (id is not null && HoldsIdOrParent(id))
            return ScopeAnswer.Yes;
        // An NSG blob's name has its target, that of a virtual network's flow log does not.
        var isTold = kind == FlowLogKind.Nsg && id is not null && (_macs.Count == 0 || mac is not null);
        return isTold && !_parts.Any(part => IsSame(part.TargetResourceId, id)) ? ScopeAnswer.No : ScopeAnswer.Maybe;
    }

    private static void Fill(HashSet<string> set, IEnumerable<string> values) => set.UnionWith(values);

    private static string Normal(string id) => "/" + id.Trim('/');

    private static bool IsSame(string left, string? right) => right is not null && new ResourceId(Normal(left)) == new ResourceId(Normal(right));

    private bool HoldsIdOrParent(string? id)
    {
        if (string.IsNullOrEmpty(id) || _ids.Count == 0)
            return false;
        var text = Normal(id!);
        for (var end = text.Length; end > 0; end = text.LastIndexOf('/', end - 1))
        {
            if (_ids.Contains(text.Substring(0, end)))
                return true;
        }

        return false;
    }
}
