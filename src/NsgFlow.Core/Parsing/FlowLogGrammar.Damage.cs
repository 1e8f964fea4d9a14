using System;

namespace NsgFlow.Parsing;

/// <content>What happens where the input breaks: the entry is given out as far as it came, and the next one looked for.</content>
internal sealed partial class FlowLogGrammar
{
    /// <summary>White space that may stand between an entry's brace and its first key.</summary>
    private const int MostSpaceBeforeKey = 256;

    private JsonScan Damage(string reason)
    {
        if (_hasFlowLog || _hasRecords || (_isEntryOpen && _entry.IsFlowEntry))
        {
            _issues.Report(FlowIssueKind.FlowEntryDamaged, _window.Offset, reason + "; reading goes on at the next entry");
        }
        else
        {
            // Nothing has shown yet that this is a flow log; if nothing does, it is told once what it is instead.
            NoteForeign(_window.Offset, "this is no flow log, and no whole JSON: " + reason);
        }

        // What looked like the end of a string may have been the beginning of the next entry's first key.
        _window.StepBack();
        return Search();
    }

    private JsonScan TooDeep()
    {
        _issues.Report(FlowIssueKind.FlowLimitExceeded, _window.Offset, "objects and arrays are nested deeper than any flow log's; reading goes on at the next entry");
        return Search();
    }

    /// <summary>A word that is no JSON where a value should be: nothing behind it is in doubt, so reading goes on.</summary>
    private void ReportNonsense()
    {
        if (_scanner.IsNonsense)
        {
            _scanner.IsNonsense = false;
            _issues.Report(FlowIssueKind.FlowEntryDamaged, _window.MarkOffset, "a value is no JSON and counts as missing");
        }
    }

    /// <summary>Whether a JSON value other than a string can begin with the byte at the position.</summary>
    private bool IsValueStart() => _window.Bytes[_window.Position]
        is (byte)'"' or (byte)'{' or (byte)'[' or (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9');

    private JsonScan BadElement()
    {
        if (IsValueStart())
        {
            _issues.Report(FlowIssueKind.FlowEntryDamaged, _window.Offset, "an element of a list of flows is no object; it is left out");
            return Skip();
        }

        return Damage("an element is missing");
    }

    /// <summary>Something between entries that is no entry.</summary>
    private JsonScan Foreign()
    {
        if (_depth > 0 && IsValueStart())
        {
            NoteForeign(_window.Offset, "an element of records is no object");
            return Skip();
        }

        return ForeignText();
    }

    private JsonScan ForeignText()
    {
        if (_hasFlowLog || _hasRecords)
        {
            return Damage("something stands between entries that is no entry");
        }

        if (_foreignCount == 0)
        {
            // What the input is instead is told at its end, from its beginning.
            _foreignOffset = 0;
        }

        _foreignCount++;
        _window.StepBack();
        return Search();
    }

    private JsonScan Search()
    {
        CloseEntry(isWhole: false);
        Boundary = Math.Max(Boundary, _window.Offset);
        _scanner.Reset();
        _isSearching = true;
        _isBehindRecordsKey = false;
        _depth = 0;
        _frame = Frame.Records;
        _expect = Expect.Value;
        return JsonScan.Done;
    }

    /// <summary>
    /// Looks for a brace and behind it a key that only entries begin with; the objects inside an entry begin with others, so nothing
    /// is taken for an entry that is not.
    /// </summary>
    private JsonScan FindEntry()
    {
        while (true)
        {
            var rest = _window.Bytes.AsSpan(_window.Position, _window.Available);
            var brace = rest.IndexOf((byte)'{');
            if (brace < 0)
            {
                _window.Position = _window.End;
                _window.Mark();
                return JsonScan.NeedMore;
            }

            _window.Position += brace;
            _window.Mark();
            switch (IsEntryAt(_window.Bytes.AsSpan(_window.Position + 1, _window.Available - 1)))
            {
                case true:
                    _isSearching = false;
                    return JsonScan.Done;
                case null when !_window.IsFinal:
                    return JsonScan.NeedMore;
            }

            _window.Position++;
        }
    }

    /// <returns>Null when that cannot be told from what has come.</returns>
    private static bool? IsEntryAt(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        if (at > MostSpaceBeforeKey)
        {
            return false;
        }

        if (at == text.Length)
        {
            return null;
        }

        if (text[at] != '"')
        {
            return false;
        }

        var key = text.Slice(at + 1);
        var quote = key.IndexOf((byte)'"');
        if (quote < 0)
        {
            return key.Length > 20 ? false : null;
        }

        return Keys.BeginsEntry(Keys.Find(key.Slice(0, quote)));
    }
}
