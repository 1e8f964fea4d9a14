using System;
using System.Globalization;
using System.Linq;

namespace NsgFlow.Unit.Parsing;

/// <summary>Reads a tuple's text the slow way: split, and look at one field after the other.</summary>
public static class ReferenceTuple
{
    private const ulong MappedV4 = 0x0000_FFFF_0000_0000;

    /// <summary>The tuple's values; null when it is invalid, and then why.</summary>
    public static TupleFields? Read(string text, FlowLogKind kind, out string reason)
    {
        try
        {
            var fields = text.Split(',');
            if (kind == FlowLogKind.VirtualNetwork)
                Check(fields.Length == 13, "fields");
            else
                Check(fields.Length is 8 or 13, "fields");

            var common = new TupleFields
            {
                Milliseconds = Time(fields[0]),
                SourcePort = Port(fields[3]),
                DestinationPort = Port(fields[4]),
                Protocol = Protocol(fields[5]),
                Direction = Letter(fields[6], "IO") == 'I' ? FlowDirection.Inbound : FlowDirection.Outbound,
            };
            (var sourceHigh, var sourceLow) = Address(fields[1]);
            (var destinationHigh, var destinationLow) = Address(fields[2]);
            common = common with { SourceHigh = sourceHigh, SourceLow = sourceLow, DestinationHigh = destinationHigh, DestinationLow = destinationLow };
            reason = string.Empty;
            if (kind == FlowLogKind.VirtualNetwork)
            {
                var state = Letter(fields[7], "BCED");
                return Counted(common, fields) with
                {
                    State = State(state),
                    Decision = state == 'D' ? FlowDecision.Deny : FlowDecision.Allow,
                    Encryption = Code(fields[8]),
                };
            }

            common = common with { Decision = Letter(fields[7], "AD") == 'D' ? FlowDecision.Deny : FlowDecision.Allow };
            return fields.Length == 8 ? common : Counted(common, fields) with { State = State(Letter(fields[8], "BCE")) };
        }
        catch (FormatException invalid)
        {
            reason = invalid.Message;
            return null;
        }
    }

    /// <summary>128 bits of an address; IPv4 as IPv4-mapped IPv6.</summary>
    public static (ulong High, ulong Low) Address(string text)
    {
        if (!text.Contains(":"))
            return (0, MappedV4 | V4(text));

        var halves = Split(text, "::");
        Check(halves.Length <= 2, "address");
        var head = Groups(halves[0], last: halves.Length == 1);
        var tail = halves.Length == 2 ? Groups(halves[1], last: true) : [];
        Check(halves.Length == 2 ? head.Length + tail.Length < 8 : head.Length == 8, "address");
        var all = head.Concat(new ulong[8 - head.Length - tail.Length]).Concat(tail).ToArray();
        return ((all[0] << 48) | (all[1] << 32) | (all[2] << 16) | all[3], (all[4] << 48) | (all[5] << 32) | (all[6] << 16) | all[7]);
    }

    private static ulong[] Groups(string text, bool last)
    {
        if (text.Length == 0)
            return [];
        var pieces = text.Split(':');
        var groups = new System.Collections.Generic.List<ulong>();
        for (var i = 0; i < pieces.Length; i++)
        {
            if (last && i == pieces.Length - 1 && pieces[i].Contains("."))
            {
                var v4 = V4(pieces[i]);
                groups.Add(v4 >> 16);
                groups.Add(v4 & 0xFFFF);
            }
            else
            {
                Check(pieces[i].Length is >= 1 and <= 4 && pieces[i].All(IsHex), "address");
                groups.Add(ulong.Parse(pieces[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            }
        }

        return groups.ToArray();
    }

    private static ulong V4(string text)
    {
        var octets = text.Split('.');
        Check(octets.Length == 4, "address");
        return octets.Aggregate(0UL, (bits, octet) => (bits << 8) | (ulong)Number(octet, 3, 255, "address"));
    }

    private static long Time(string text)
    {
        var time = Number(text, 15, 253_402_300_799_999, "time");
        return time < 100_000_000_000 ? time * 1000 : time;
    }

    private static int Port(string text) => (int)Number(text, 5, 65535, "port");

    private static string Protocol(string text)
    {
        if (text is "T" or "t")
            return "6";
        if (text is "U" or "u")
            return "17";
        return text.Length is >= 1 and <= 3 && text.All(IsDigit) && int.Parse(text, CultureInfo.InvariantCulture) <= 255
            ? int.Parse(text, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : Code(text);
    }

    private static string Code(string text)
    {
        Check(text.Length is >= 1 and <= 40 && text.All(c => c is > ' ' and <= '~'), "code");
        return text;
    }

    private static char Letter(string text, string letters)
    {
        var upper = text.Length == 1 && text[0] is >= 'a' and <= 'z' ? (char)(text[0] - 32) : text.Length == 1 ? text[0] : ' ';
        Check(letters.IndexOf(upper) >= 0, "letter");
        return upper;
    }

    private static FlowState State(char letter) => letter switch
    {
        'B' => FlowState.Begin,
        'C' => FlowState.Continue,
        'E' => FlowState.End,
        _ => FlowState.Deny,
    };

    private static TupleFields Counted(TupleFields common, string[] fields) => common with
    {
        PacketsSent = Counter(fields[9]),
        BytesSent = Counter(fields[10]),
        PacketsReceived = Counter(fields[11]),
        BytesReceived = Counter(fields[12]),
    };

    private static long? Counter(string text) => text.Length == 0 ? null : Number(text, 18, long.MaxValue, "counter");

    private static long Number(string text, int mostDigits, long most, string what)
    {
        Check(text.Length >= 1 && text.Length <= mostDigits && text.All(IsDigit), what);
        var number = long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        Check(number <= most, what);
        return number;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsHex(char c) => IsDigit(c) || c is (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static string[] Split(string text, string separator) => text.Split([separator], StringSplitOptions.None);

    private static void Check(bool valid, string what)
    {
        if (!valid)
            throw new FormatException(what);
    }
}
