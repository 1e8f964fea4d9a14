using System;

namespace NsgFlow.Parsing;

/// <content>The beginning and the end of entries, and what their keys say.</content>
internal sealed partial class FlowLogGrammar
{
    private JsonScan BeginEntry()
    {
        _entry.Begin(_window.Offset);
        _isEntryOpen = true;
        _isEntryFull = false;
        _entryTuples = 0;
        return Push(Frame.Entry);
    }

    private JsonScan Records(byte b)
    {
        if (b is not ((byte)'[' or (byte)'{'))
        {
            return Skip();
        }

        _entry.IsWrapper = true;
        CloseEntry(isWhole: true);
        _hasRecords = true;
        return b == '[' ? Push(Frame.Records) : BeginEntry();
    }

    /// <summary>Ends the open entry: hands out the tuples it has.</summary>
    /// <param name="isWhole">False when it broke off; then nothing is said against it that the rest might have put right.</param>
    private void CloseEntry(bool isWhole)
    {
        if (!_isEntryOpen)
        {
            return;
        }

        _isEntryOpen = false;
        if (_frame is Frame.Tuples or Frame.Group)
        {
            _entry.EndGroup();
        }

        if (_frame is Frame.Tuples or Frame.Group or Frame.Groups or Frame.Flow)
        {
            _entry.EndFlow(_flowRule, _flowAcl);
        }

        if (_entry.IsSdn)
        {
            NoteForeign(_entry.Offset, "this is a firewall-auditing log of Windows Server SDN, which looks like an NSG flow log but is none");
        }
        else if (_entry.HasFlows || (_entry.IsFlowEntry && !_entry.IsWrapper))
        {
            _hasFlowLog = true;
            _counts.Entries++;
            _counts.Tuples += _entryTuples;
            _counts.Kept += _entry.Emit(_sink);
        }
        else if (isWhole && !_entry.IsWrapper)
        {
            NoteForeign(_entry.Offset, _entry.Category is null
                ? "this is JSON, but no flow log"
                : $"this is JSON, but no flow log: its category is '{_entry.Category}'");
        }
    }

    private void NoteForeign(long offset, string reason)
    {
        if (_foreignCount++ == 0)
        {
            _foreignOffset = offset;
            _foreignReason = reason;
        }
    }

    private JsonScan BeginBody(FlowLogKind kind)
    {
        _entry.Kind = kind;
        return Push(Frame.Body);
    }

    private void Category(ReadOnlySpan<byte> text)
    {
        _entry.Category = _entry.Pool.Get(text);
        if (_entry.Category == EntryBuilder.VNetCategory)
        {
            _entry.Kind = FlowLogKind.VirtualNetwork;
        }
    }

    private string Mac(ReadOnlySpan<byte> text)
    {
        Span<byte> digits = stackalloc byte[12];
        var count = 0;
        foreach (var b in text)
        {
            var isHex = b is >= (byte)'0' and <= (byte)'9' || (b | 0x20) is >= 'a' and <= 'f';
            if (isHex && count < digits.Length)
            {
                digits[count++] = b >= (byte)'a' ? (byte)(b - 0x20) : b;
            }
            else if (isHex || b is not ((byte)':' or (byte)'-' or (byte)'.'))
            {
                return _entry.Pool.Get(text);
            }
        }

        return _entry.Pool.Get(count == digits.Length ? digits : text);
    }
}
