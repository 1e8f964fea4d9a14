using System;
using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NsgFlow.Filtering;

namespace NsgFlow.Parsing;

/// <summary>
/// Holds what one entry has said so far. Azure writes the keys of an entry in any order, the tuples often before the MAC, the target
/// and the time; so tuples wait here, as numbers, until the entry ends.
/// </summary>
internal sealed class EntryBuilder
{
    public const string NsgCategory = "NetworkSecurityGroupFlowEvent";
    public const string VNetCategory = "FlowLogFlowEvent";

    private readonly string _blob;
    private readonly FlowFilter _filter;
    private readonly TextPool _pool = new();
    private FlowTuple[] _tuples = ArrayPool<FlowTuple>.Shared.Rent(1024);
    private Group[] _groups = new Group[32];
    private int _count;
    private int _groupCount;
    private int _flowStart;
    private bool _firstIsShort;
    private bool _hasTuple;

    public EntryBuilder(string blob, FlowFilter filter)
    {
        _blob = blob;
        _filter = filter;
    }

    public long Offset { get; private set; }

    public FlowLogKind Kind { get; set; }

    public string? Category { get; set; }

    public DateTime? Time { get; set; }

    public string? MacAddress { get; set; }

    /// <summary>What NSG logs call their target.</summary>
    public string? ResourceId { get; set; }

    /// <summary>What VNet logs call their target.</summary>
    public string? TargetResourceId { get; set; }

    public string? FlowLogResourceId { get; set; }

    public int? Version { get; set; }

    /// <summary>True when the entry has the list in which flow logs hold their rules.</summary>
    public bool HasFlows { get; set; }

    /// <summary>True when the entry has a key that only flow logs (and few others) have.</summary>
    public bool HasFlowKey { get; set; }

    /// <summary>Whether this is an entry of a flow log, as far as it is known.</summary>
    public bool IsFlowEntry => HasFlows || (Category is null ? HasFlowKey : Category is NsgCategory or VNetCategory);

    /// <summary>True when the entry only wraps others (<c>{"records": […]}</c>).</summary>
    public bool IsWrapper { get; set; }

    /// <summary>True when a rule or group names a port of a virtual switch.</summary>
    public bool HasPort { get; set; }

    /// <summary>True when the version beside the list of rules is text such as <c>"1.0"</c>.</summary>
    public bool HasDottedVersion { get; set; }

    /// <summary>True for the firewall-auditing log of Windows Server SDN, which looks alike.</summary>
    public bool IsSdn => HasPort || (HasDottedVersion && HasFlows);

    /// <summary>Tuples held that the filter let pass.</summary>
    public int Count => _count;

    public TextPool Pool => _pool;

    public void Begin(long offset)
    {
        Offset = offset;
        Kind = FlowLogKind.Nsg;
        Category = null;
        Time = null;
        MacAddress = null;
        ResourceId = null;
        TargetResourceId = null;
        FlowLogResourceId = null;
        Version = null;
        HasFlows = false;
        HasFlowKey = false;
        IsWrapper = false;
        HasPort = false;
        HasDottedVersion = false;
        _count = 0;
        _groupCount = 0;
        _flowStart = 0;
        _firstIsShort = false;
        _hasTuple = false;
    }

    /// <summary>A rule (NSG) or an access control list (VNet) begins.</summary>
    public void BeginFlow() => _flowStart = _groupCount;

    public void BeginGroup()
    {
        if (_groupCount == _groups.Length)
        {
            Array.Resize(ref _groups, 2 * _groups.Length);
        }

        _groups[_groupCount++] = new Group { Start = _count, End = _count };
    }

    public void SetGroupMac(string mac) => _groups[_groupCount - 1].MacAddress = mac;

    public void SetGroupRule(string rule) => _groups[_groupCount - 1].Rule = rule;

    public void EndGroup()
    {
        ref var group = ref _groups[_groupCount - 1];
        group.End = _count;
        if (group.End == group.Start)
        {
            _groupCount--;
        }
    }

    /// <summary>Gives the flow's rule or ACL, known only now, to its groups.</summary>
    public void EndFlow(string? rule, string? aclId)
    {
        for (var i = _flowStart; i < _groupCount; i++)
        {
            _groups[i].Rule ??= rule;
            _groups[i].AclId = aclId;
        }
    }

    /// <summary>Where the next tuple is written; it is kept by <see cref="Keep"/>.</summary>
    [MethodImpl(Hot.Path)]
    public ref FlowTuple Next()
    {
        if (_count == _tuples.Length)
        {
            Grow();
        }

        return ref _tuples[_count];
    }

    /// <summary>Keeps the tuple written last, when the filter lets it pass.</summary>
    /// <returns>Whether it did.</returns>
    [MethodImpl(Hot.Path)]
    public bool Keep()
    {
        ref readonly var tuple = ref _tuples[_count];
        if (!_hasTuple)
        {
            _hasTuple = true;
            _firstIsShort = tuple.State == FlowState.None;
        }

        if (!_filter.Matches(tuple))
        {
            return false;
        }

        _count++;
        return true;
    }

    /// <summary>Hands the held tuples to the sink and forgets them.</summary>
    /// <returns>How many passed.</returns>
    public long Emit(IFlowSink sink)
    {
        long kept = 0;
        if (_groupCount > 0 && !IsSdn)
        {
            var entry = new FlowEntry
            {
                Blob = _blob,
                Offset = Offset,
                Kind = Kind,
                FormatVersion = Version ?? (Kind == FlowLogKind.VirtualNetwork ? 4 : _firstIsShort ? 1 : 2),
                Time = Time,
                MacAddress = MacAddress,
                TargetResourceId = Kind == FlowLogKind.Nsg ? ResourceId : TargetResourceId,
                FlowLogResourceId = Kind == FlowLogKind.Nsg ? null : FlowLogResourceId,
            };
            for (var i = 0; i < _groupCount; i++)
            {
                kept += Emit(sink, entry, _groups[i]);
            }
        }

        _count = 0;
        _groupCount = 0;
        return kept;
    }

    /// <summary>Gives the memory to the next input; nothing may be held any more.</summary>
    public void Release()
    {
        ArrayPool<FlowTuple>.Shared.Return(_tuples);
        _tuples = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<FlowTuple>.Shared.Rent(2 * _tuples.Length);
        _tuples.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<FlowTuple>.Shared.Return(_tuples);
        _tuples = larger;
    }

    private int Emit(IFlowSink sink, FlowEntry entry, in Group draft)
    {
        var length = draft.End - draft.Start;
        if (length == 0)
        {
            return 0;
        }

        var (rule, kind) = draft.Rule is null ? (null, FlowRuleKind.Unprefixed) : _pool.GetRule(draft.Rule);
        var group = new FlowGroup
        {
            Entry = entry,
            Rule = rule,
            RuleKind = kind,
            AclId = draft.AclId,
            MacAddress = draft.MacAddress ?? entry.MacAddress,
        };
        if (!_filter.Matches(group))
        {
            return 0;
        }

        var tuples = _tuples.AsSpan(draft.Start, length);
        var kept = _filter.IsPartly(group) ? KeepPart(group, tuples) : length;
        if (kept > 0)
        {
            sink.Accept(group, tuples.Slice(0, kept));
        }

        return kept;
    }

    /// <summary>Brings the tuples that pass to the front; only now is known what the entry is about.</summary>
    private int KeepPart(FlowGroup group, Span<FlowTuple> tuples)
    {
        var kept = 0;
        foreach (ref readonly var tuple in tuples)
        {
            if (_filter.Matches(group, in tuple))
            {
                tuples[kept++] = tuple;
            }
        }

        return kept;
    }

    /// <summary>Reads what Azure writes (<c>2017-02-16T22:00:32.8950000Z</c>) with any number of fraction digits; null for anything else.</summary>
    public static DateTime? ParseTime(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= 40 && DateTime.TryParseExact(
            Encoding.UTF8.GetString(utf8.ToArray()),
            "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : null;

    private struct Group
    {
        public int Start;
        public int End;
        public string? MacAddress;
        public string? Rule;
        public string? AclId;
    }
}
