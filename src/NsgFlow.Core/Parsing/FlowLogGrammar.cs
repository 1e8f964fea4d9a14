using System;
using System.Globalization;
using NsgFlow.Filtering;

namespace NsgFlow.Parsing;

/// <summary>
/// Walks the JSON of a flow log as far as bytes have come, and goes on when more do. It knows the objects of the two logs and skips
/// the rest; after damage it looks for the next object that begins as an entry does.
/// <code>
/// NSG:  entry { properties { Version, flows [ { rule, flows [ { mac, flowTuples [ "…" ] } ] } ] } }
/// VNet: entry { flowLogVersion, flowRecords { flows [ { aclID, flowGroups [ { rule, flowTuples [ "…" ] } ] } ] } }
/// </code>
/// </summary>
internal sealed partial class FlowLogGrammar
{
    private readonly InputWindow _window;
    private readonly JsonScanner _scanner;
    private readonly IFlowSink _sink;
    private readonly IssueLog _issues;
    private readonly EntryBuilder _entry;
    private readonly FlowReadLimits _limits;
    private readonly Frame[] _stack;
    private int _depth;
    private Frame _frame = Frame.Records;
    private Expect _expect = Expect.Value;
    private Key _key;
    private string? _flowRule;
    private string? _flowAcl;
    private bool _isSearching;
    private bool _isEntryFull;
    private long _foreignOffset = -1;
    private string _foreignReason = string.Empty;
    private long _foreignCount;
    private bool _hasFlowLog;
    private bool _hasRecords;
    private bool _isBehindRecordsKey;
    private bool _isEntryOpen;
    private long _entryTuples;
    private FlowReadCounts _counts;

    public FlowLogGrammar(InputWindow window, IFlowSink sink, FlowFilter filter, string blob, FlowReadLimits limits)
    {
        _window = window;
        _sink = sink;
        _limits = limits;
        _scanner = new JsonScanner(window, limits);
        _issues = new IssueLog(sink, blob, limits.Issues);
        _entry = new EntryBuilder(blob, filter);
        _stack = new Frame[Math.Max(1, limits.Depth)];
    }

    private enum Frame : byte
    {
        /// <summary>Between entries: in a <c>records</c> array, or outside of everything.</summary>
        Records,
        Entry,
        Body,
        Flows,
        Flow,
        Groups,
        Group,
        Tuples,
    }

    private enum Expect : byte
    {
        /// <summary>A value (in arrays), a key (in objects), or the end of either.</summary>
        Value,

        /// <summary>A comma or the end.</summary>
        Comma,

        /// <summary>The colon behind a key.</summary>
        Colon,

        /// <summary>The value of a key.</summary>
        Member,

        /// <summary>The rest of a value that is skipped.</summary>
        Skip,
    }

    public FlowReadCounts Counts
    {
        get
        {
            var counts = _counts;
            counts.Issues = _issues.Count;
            return counts;
        }
    }

    /// <summary>
    /// Offset behind the last entry that was given out, or at the damage behind it: whoever reads on from here later, in a continued input, gets
    /// each tuple once.
    /// </summary>
    public long Boundary { get; private set; }

    /// <summary>Whether what was damaged goes on, so that the next entry is still looked for.</summary>
    public bool IsSearching => _isSearching;

    /// <summary>Whether an entry has begun and not ended.</summary>
    public bool IsInEntry => _isEntryOpen && !_entry.IsWrapper;

    /// <summary>Begins in the middle of a flow log, at the boundary where another reader left.</summary>
    public void Resume(bool isSearching)
    {
        Boundary = _window.Offset;
        _hasRecords = true;
        _isSearching = isSearching;
    }

    /// <summary>Leaves an input that may go on later: a begun entry is not given out, since it will come whole.</summary>
    public void Suspend()
    {
        ReportForeign();
        _issues.Complete(_window.Total);
        _entry.Release();
    }

    /// <summary>Reads as far as bytes have come.</summary>
    public void Read()
    {
        while (Step() == JsonScan.Done)
        {
        }
    }

    /// <summary>Ends the input: a begun entry is given out as far as it is known.</summary>
    public void Complete(ReadOnlySpan<byte> head)
    {
        Read();
        if (!_isSearching && _depth > 0)
        {
            Boundary = IsInEntry ? _window.Total : Boundary;

            CloseEntry(isWhole: false);
            if (_hasFlowLog || _foreignCount == 0)
            {
                _hasRecords = true;
                _issues.Report(FlowIssueKind.FlowBlobTruncated, _window.Total, "the input ends in the middle; everything before the cut was read");
            }
        }

        if (!ReportForeign() && !_hasFlowLog && (_foreignCount > 0 || !_hasRecords))
        {
            _issues.Report(FlowIssueKind.NotFlowLog, Math.Max(0, _foreignOffset), NotFlowLogReason(head));
        }

        _issues.Complete(_window.Total);
        _entry.Release();
    }

    private bool ReportForeign()
    {
        if (!_hasFlowLog || _foreignCount == 0)
        {
            return false;
        }

        var count = _foreignCount.ToString(CultureInfo.InvariantCulture);
        var reason = _foreignReason.Length > 0 ? _foreignReason : "text that is no JSON";
        _issues.Report(FlowIssueKind.FlowEntryDamaged, _foreignOffset, $"places that are no flow log entries: {count}; the first: {reason}");
        return true;
    }

    /// <summary>What the bytes say of themselves counts more than what a reader of JSON stumbled over in them.</summary>
    private string NotFlowLogReason(ReadOnlySpan<byte> head) =>
        InputKind.DescribeBytes(head) ?? (_foreignReason.Length > 0 ? _foreignReason : InputKind.Describe(head));

    /// <summary>Ends the input where it is: a begun entry is given out as far as it is known, and nothing is said of the rest.</summary>
    public void Break()
    {
        CloseEntry(isWhole: false);
        _issues.Complete(_window.Total);
        _entry.Release();
    }

    private JsonScan Step()
    {
        if (_isSearching)
        {
            return FindEntry();
        }

        if (_expect == Expect.Skip)
        {
            return Skip();
        }

        if (_scanner.IsDiscarding)
        {
            return EndLongString();
        }

        var at = _scanner.SkipWhiteSpace();
        if (at < 0)
        {
            return JsonScan.NeedMore;
        }

        var b = _window.Bytes[at];
        switch (_expect)
        {
            case Expect.Comma:
                if (b == ',')
                {
                    _window.Position++;
                    _expect = Expect.Value;
                    return JsonScan.Done;
                }

                return End(b);
            case Expect.Colon:
                if (b != ':')
                {
                    return Damage("a colon is missing behind a key");
                }

                _window.Position++;
                _expect = Expect.Member;
                return JsonScan.Done;
            case Expect.Member:
                return Member(b);
        }

        return _frame switch
        {
            Frame.Records => Element(b),
            Frame.Tuples => b == '"' ? Tuples() : b == ']' ? End(b) : BadTuple(),
            Frame.Flows => b == '{' ? Push(Frame.Flow) : b == ']' ? End(b) : BadElement(),
            Frame.Groups => b == '{' ? Push(Frame.Group) : b == ']' ? End(b) : BadElement(),
            _ => b == '"' ? ReadKey() : End(b),
        };
    }

    /// <summary>
    /// Between entries. Strays that fragments of appended blocks bring along (commas, closing brackets, byte order marks) are passed
    /// over, so that a blob, a part of one, several in a row and entries line by line all read alike.
    /// </summary>
    private JsonScan Element(byte b)
    {
        switch (b)
        {
            case (byte)'{':
                _window.Mark();
                return BeginEntry();
            case (byte)'[':
                return Push(Frame.Records);
            case (byte)',':
                _window.Position++;
                return JsonScan.Done;
            case (byte)']' when _depth > 0:
                return End(b);
            case (byte)']' or (byte)'}' when _depth == 0:
                _window.Position++;
                return JsonScan.Done;
            case 0xEF:
                return SkipByteOrderMark();
            case (byte)'"':
                return SkipRecordsKey();
            case (byte)':' when _isBehindRecordsKey:
                _isBehindRecordsKey = false;
                _window.Position++;
                return JsonScan.Done;
            default:
                return Foreign();
        }
    }

    private JsonScan SkipByteOrderMark()
    {
        var rest = _window.Bytes.AsSpan(_window.Position, Math.Min(3, _window.Available));
        if (!"\uFEFF"u8.StartsWith(rest))
        {
            return Foreign();
        }

        if (rest.Length < 3)
        {
            return JsonScan.NeedMore;
        }

        _window.Position += 3;
        return JsonScan.Done;
    }

    /// <summary>The documentation's own sample has a second <c>"records": […]</c> as an element of the first; people copy it.</summary>
    private JsonScan SkipRecordsKey()
    {
        var scan = ReadString(out var text);
        if (scan != JsonScan.Done)
        {
            return scan;
        }

        _isBehindRecordsKey = Keys.Find(text) == Key.Records;
        return _isBehindRecordsKey ? scan : ForeignText();
    }

    private JsonScan ReadKey()
    {
        var scan = ReadString(out var text);
        if (scan == JsonScan.Done)
        {
            _key = Keys.Find(text);
            _expect = Expect.Colon;
        }

        return scan;
    }

    private JsonScan Member(byte b)
    {
        _window.Mark();
        switch (_frame)
        {
            case Frame.Entry:
                return EntryMember(b);
            case Frame.Body when _key == Key.Version:
                return Version(b);
            case Frame.Body when _key == Key.Flows:
                return b == '[' ? Push(Frame.Flows) : Skip();
            case Frame.Flow when _key == (_entry.Kind == FlowLogKind.Nsg ? Key.Flows : Key.FlowGroups):
                return b == '[' ? Push(Frame.Groups) : Skip();
            case Frame.Flow when _key == Key.Rule:
                return Text(b, static (grammar, text) => grammar._flowRule = grammar._entry.Pool.Get(text));
            case Frame.Flow when _key == Key.AclId:
                return Text(b, static (grammar, text) => grammar._flowAcl = grammar._entry.Pool.Get(text));
            case Frame.Group when _key == Key.FlowTuples:
                return b == '[' ? Push(Frame.Tuples) : Skip();
            case Frame.Group when _key == Key.Rule:
                return Text(b, static (grammar, text) => grammar._entry.SetGroupRule(grammar._entry.Pool.Get(text)));
            case Frame.Group when _key == Key.Mac:
                return Text(b, static (grammar, text) => grammar._entry.SetGroupMac(grammar.Mac(text)));
            case Frame.Group or Frame.Flow when _key is Key.PortId or Key.PortName:
                _entry.HasPort = true;
                return Skip();
            default:
                return Skip();
        }
    }

    private JsonScan EntryMember(byte b)
    {
        switch (_key)
        {
            case Key.Records:
                return Records(b);
            case Key.Properties:
                return b == '{' ? BeginBody(FlowLogKind.Nsg) : Skip();
            case Key.FlowRecords:
                _entry.HasFlowKey = true;
                return b == '{' ? BeginBody(FlowLogKind.VirtualNetwork) : Skip();
            case Key.Version:
                return Version(b);
            case Key.Time:
                return Text(b, static (grammar, text) => grammar._entry.Time = EntryBuilder.ParseTime(text));
            case Key.Category:
                return Text(b, static (grammar, text) => grammar.Category(text));
            case Key.MacAddress:
                _entry.HasFlowKey = true;
                return Text(b, static (grammar, text) => grammar._entry.MacAddress = grammar.Mac(text));
            case Key.ResourceId:
                return Text(b, static (grammar, text) => grammar._entry.ResourceId = grammar._entry.Pool.Get(text));
            case Key.TargetResourceId:
                return Text(b, static (grammar, text) => grammar._entry.TargetResourceId = grammar._entry.Pool.Get(text));
            case Key.FlowLogResourceId:
                _entry.HasFlowKey = true;
                return Text(b, static (grammar, text) => grammar._entry.FlowLogResourceId = grammar._entry.Pool.Get(text));
            default:
                return Skip();
        }
    }

    private JsonScan Push(Frame frame)
    {
        if (_depth == _stack.Length)
        {
            return TooDeep();
        }

        _stack[_depth++] = _frame;
        _frame = frame;
        _expect = Expect.Value;
        _window.Position++;
        _window.Mark();
        switch (frame)
        {
            case Frame.Flow:
                _flowRule = null;
                _flowAcl = null;
                _entry.BeginFlow();
                break;
            case Frame.Group:
                _entry.BeginGroup();
                break;
            case Frame.Flows:
                _entry.HasFlows = true;
                break;
        }

        return JsonScan.Done;
    }

    private JsonScan End(byte b)
    {
        var isArray = _frame is Frame.Records or Frame.Flows or Frame.Groups or Frame.Tuples;
        if (_frame == Frame.Records && _depth == 0)
        {
            // Outside of everything no comma is needed: documents follow each other, entries stand line by line.
            _expect = Expect.Value;
            return JsonScan.Done;
        }

        if (b != (isArray ? ']' : '}'))
        {
            return Damage(isArray ? "a comma or the end of an array is missing" : "a key, a comma or the end of an object is missing");
        }

        _window.Position++;
        switch (_frame)
        {
            case Frame.Group:
                _entry.EndGroup();
                break;
            case Frame.Flow:
                _entry.EndFlow(_flowRule, _flowAcl);
                break;
            case Frame.Entry:
                CloseEntry(isWhole: true);
                Boundary = _entry.IsWrapper ? Boundary : _window.Offset;
                break;
        }

        _frame = _stack[--_depth];
        if (_frame == Frame.Entry && !_isEntryOpen)
        {
            // Back in an object that wraps others: what it says itself is no entry, unless more follows.
            _entry.Begin(_window.Offset);
            _entry.IsWrapper = true;
            _entryTuples = 0;
            _isEntryOpen = true;
        }

        _expect = Expect.Comma;
        _window.Mark();
        return JsonScan.Done;
    }
}
