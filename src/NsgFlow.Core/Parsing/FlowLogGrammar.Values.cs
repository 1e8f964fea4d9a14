using System;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace NsgFlow.Parsing;

/// <content>Values: texts that are kept, numbers, and what is skipped.</content>
internal sealed partial class FlowLogGrammar
{
    private delegate void TextAction(FlowLogGrammar grammar, ReadOnlySpan<byte> text);

    /// <summary>Reads the string at the position; one that is too long is reported and counts as empty.</summary>
    [MethodImpl(Hot.Path)]
    private JsonScan ReadString(out ReadOnlySpan<byte> text)
    {
        if (!_scanner.IsDiscarding)
        {
            _window.Mark();
        }

        var scan = _scanner.ReadString(out text);
        if (scan == JsonScan.Done && _scanner.IsTooLong)
        {
            _issues.Report(FlowIssueKind.FlowLimitExceeded, _window.MarkOffset, "a string is longer than the limit and counts as missing");
        }

        return scan;
    }

    private JsonScan EndLongString()
    {
        var scan = ReadString(out _);
        if (scan == JsonScan.Done && _frame == Frame.Records)
        {
            return ForeignText();
        }

        if (scan == JsonScan.Done)
        {
            var isKey = _expect == Expect.Value && _frame is (Frame.Entry or Frame.Body or Frame.Flow or Frame.Group);
            _key = Key.Other;
            _expect = isKey ? Expect.Colon : Expect.Comma;
        }

        return scan;
    }

    /// <summary>Takes a string; a value of another kind is skipped.</summary>
    private JsonScan Text(byte b, TextAction action)
    {
        if (b != '"')
        {
            return Skip();
        }

        var scan = ReadString(out var text);
        if (scan == JsonScan.Done)
        {
            if (!_scanner.IsTooLong)
            {
                action(this, text);
            }

            _expect = Expect.Comma;
        }

        return scan;
    }

    /// <summary>A number; the digits of one as a string are taken too. Windows Server SDN writes <c>"1.0"</c>.</summary>
    private JsonScan Version(byte b)
    {
        var scan = b == '"' ? ReadString(out var text) : b is (byte)'{' or (byte)'[' ? Skip(out text) : _scanner.ReadScalar(out text);
        if (scan == JsonScan.Done && _expect == Expect.Member)
        {
            if (Utf8Parser.TryParse(text, out int version, out var used) && used == text.Length)
            {
                _entry.Version = version;
            }
            else if (_frame == Frame.Body && b == '"' && text.IndexOf((byte)'.') > 0)
            {
                _entry.HasDottedVersion = true;
            }

            ReportNonsense();
            _expect = Expect.Comma;
        }

        return scan == JsonScan.Damaged ? Damage("a value is missing") : scan;
    }

    private JsonScan Skip(out ReadOnlySpan<byte> text)
    {
        text = default;
        return Skip();
    }

    private JsonScan Skip()
    {
        if (_expect != Expect.Skip)
        {
            _expect = Expect.Skip;
            _window.Mark();
        }

        var scan = _scanner.SkipValue(_depth);
        switch (scan)
        {
            case JsonScan.Done:
                ReportNonsense();
                _expect = Expect.Comma;
                return scan;
            case JsonScan.TooDeep:
                return TooDeep();
            case JsonScan.Damaged:
                return Damage("a value is missing, or its brackets do not match");
            default:
                return scan;
        }
    }
}
