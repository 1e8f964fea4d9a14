using System.Runtime.CompilerServices;

namespace NsgFlow.Parsing;

/// <content>The tuples: the one place where time matters.</content>
internal sealed partial class FlowLogGrammar
{
    /// <summary>Reads tuples, the first of which begins at the position (a quote), as long as they come in the common form.</summary>
    [MethodImpl(Hot.Path)]
    private JsonScan Tuples()
    {
        var bytes = _window.Bytes;
        var end = _window.End;
        var at = _window.Position;
        var kind = _entry.Kind;
        while (!_scanner.IsInString)
        {
            var length = FastTupleParser.Parse(ref bytes[at + 1], kind, ref _entry.Next());
            var next = at + length + 2;
            if (length == 0 || next > end)
            {
                break;
            }

            KeepTuple(at + 1);
            if (next + 1 >= end || bytes[next] != ',' || bytes[next + 1] != '"')
            {
                _window.Position = at;
                _window.Mark();
                _window.Position = next;
                _expect = Expect.Comma;
                return JsonScan.Done;
            }

            at = next + 1;
        }

        _window.Position = at;
        return AnyTuple();
    }

    /// <summary>Reads one tuple in any form, or reports why it is none.</summary>
    [MethodImpl(Hot.Path)]
    private JsonScan AnyTuple()
    {
        var scan = ReadString(out var text);
        if (scan != JsonScan.Done)
        {
            return scan;
        }

        _expect = Expect.Comma;
        if (_scanner.IsTooLong)
        {
            return JsonScan.Done;
        }

        var offset = _window.MarkOffset + 1;
        var reason = TupleParser.Parse(text, _entry.Kind, ref _entry.Next());
        if (reason is null)
        {
            KeepTuple(offset);
        }
        else
        {
            _issues.Report(FlowIssueKind.FlowTupleInvalid, offset, reason, text);
        }

        return JsonScan.Done;
    }

    private JsonScan BadTuple()
    {
        if (!IsValueStart())
        {
            return Damage("a tuple is missing");
        }

        _issues.Report(FlowIssueKind.FlowTupleInvalid, _window.Offset, "an element of flowTuples is no string");
        return Skip();
    }

    [MethodImpl(Hot.Path)]
    private void KeepTuple(int index) => KeepTuple(_window.OffsetOf(index));

    [MethodImpl(Hot.Path)]
    private void KeepTuple(long offset)
    {
        if (_entry.Count < _limits.EntryTuples)
        {
            _entryTuples++;
            _entry.Keep();
        }
        else if (!_isEntryFull)
        {
            _isEntryFull = true;
            _issues.Report(FlowIssueKind.FlowLimitExceeded, offset, "the entry has more tuples than the limit; the rest of it is left out");
        }
    }
}
