using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Parsing;

/// <summary>
/// Reads one tuple's text. This is the complete reader: every form, and the reason for what it refuses. The common forms take the
/// vector path (<see cref="FastTupleParser"/>), which gives up on anything unusual and leaves it to this one.
/// </summary>
internal static class TupleParser
{
    private const int MostCounterDigits = 18;

    /// <summary>Reads a tuple.</summary>
    /// <param name="text">The text between the quotes, unescaped.</param>
    /// <param name="kind">NSG tuples have 8 or 13 fields, VNet tuples 13 others.</param>
    /// <param name="tuple">Written in place; undefined when the tuple is refused.</param>
    /// <returns>Null, or the reason in words why this is no tuple.</returns>
    [MethodImpl(Hot.Path)]
    public static string? Parse(ReadOnlySpan<byte> text, FlowLogKind kind, ref FlowTuple tuple)
    {
        var fields = 1;
        foreach (var b in text)
        {
            fields += b == ',' ? 1 : 0;
        }

        if (fields != 13 && (fields != 8 || kind != FlowLogKind.Nsg))
        {
            return $"a tuple has {(kind == FlowLogKind.Nsg ? "8 or 13" : "13")} fields, this one has {fields}";
        }

        return ParseHead(ref text, ref tuple)
            ?? (kind == FlowLogKind.Nsg ? ParseNsgState(ref text, fields, ref tuple) : ParseVNetState(ref text, ref tuple))
            ?? (fields == 8 ? NoCounters(ref tuple) : ParseCounters(text, ref tuple));
    }

    [MethodImpl(Hot.Path)]
    private static string? ParseHead(ref ReadOnlySpan<byte> text, ref FlowTuple tuple)
    {
        if (!TryTime(Next(ref text), out tuple.UnixMilliseconds))
        {
            return "the time stamp is no number of seconds or milliseconds since 1970 up to the year 9999";
        }

        if (!AddressParser.TryParse(Next(ref text), out tuple.Source))
        {
            return "the source address is no IP address";
        }

        if (!AddressParser.TryParse(Next(ref text), out tuple.Destination))
        {
            return "the destination address is no IP address";
        }

        if (!TryPort(Next(ref text), out tuple.SourcePort))
        {
            return "the source port is no number from 0 to 65535";
        }

        if (!TryPort(Next(ref text), out tuple.DestinationPort))
        {
            return "the destination port is no number from 0 to 65535";
        }

        if (!TryProtocol(Next(ref text), out tuple.ProtocolCode))
        {
            return "the protocol is no code";
        }

        switch (Letter(Next(ref text)))
        {
            case 'I': tuple.Direction = FlowDirection.Inbound; return null;
            case 'O': tuple.Direction = FlowDirection.Outbound; return null;
            default: return "the direction is not I or O";
        }
    }

    [MethodImpl(Hot.Path)]
    private static string? ParseNsgState(ref ReadOnlySpan<byte> text, int fields, ref FlowTuple tuple)
    {
        switch (Letter(Next(ref text)))
        {
            case 'A': tuple.Decision = FlowDecision.Allow; break;
            case 'D': tuple.Decision = FlowDecision.Deny; break;
            default: return "the decision is not A or D";
        }

        tuple.EncryptionCode = 0;
        tuple.State = FlowState.None;
        return fields == 8 || TryState(Next(ref text), out tuple.State) ? null : "the flow state is not B, C or E";
    }

    /// <summary>Version 4 has no decision: field 7 is the state, in which D means denied, and field 8 the encryption.</summary>
    [MethodImpl(Hot.Path)]
    private static string? ParseVNetState(ref ReadOnlySpan<byte> text, ref FlowTuple tuple)
    {
        var state = Next(ref text);
        var denied = Letter(state) == 'D';
        tuple.Decision = denied ? FlowDecision.Deny : FlowDecision.Allow;
        tuple.State = FlowState.Deny;
        if (!denied && !TryState(state, out tuple.State))
        {
            return "the flow state is not B, C, E or D";
        }

        return EncryptionCodes.TryParse(Next(ref text), out tuple.EncryptionCode) ? null : "the encryption is no code";
    }

    [MethodImpl(Hot.Path)]
    private static string? ParseCounters(ReadOnlySpan<byte> text, ref FlowTuple tuple) =>
        TryCounter(Next(ref text), out tuple.PacketsSent) && TryCounter(Next(ref text), out tuple.BytesSent)
        && TryCounter(Next(ref text), out tuple.PacketsReceived) && TryCounter(Next(ref text), out tuple.BytesReceived)
            ? null
            : "a counter is neither blank nor a whole number from 0 on";

    [MethodImpl(Hot.Path)]
    private static string? NoCounters(ref FlowTuple tuple)
    {
        tuple.PacketsSent = FlowTuple.NotRecorded;
        tuple.BytesSent = FlowTuple.NotRecorded;
        tuple.PacketsReceived = FlowTuple.NotRecorded;
        tuple.BytesReceived = FlowTuple.NotRecorded;
        return null;
    }

    [MethodImpl(Hot.Path)]
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> text)
    {
        var comma = text.IndexOf((byte)',');
        var field = comma < 0 ? text : text.Slice(0, comma);
        text = comma < 0 ? default : text.Slice(comma + 1);
        return field;
    }

    [MethodImpl(Hot.Path)]
    private static bool TryTime(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (!TryNumber(text, 15, out milliseconds))
        {
            return false;
        }

        if (milliseconds < UnixTime.FirstMilliseconds)
        {
            milliseconds *= 1000;
        }

        return milliseconds <= UnixTime.Last;
    }

    [MethodImpl(Hot.Path)]
    private static bool TryPort(ReadOnlySpan<byte> text, out ushort port)
    {
        var ok = TryNumber(text, 5, out var number) && number <= ushort.MaxValue;
        port = (ushort)number;
        return ok;
    }

    [MethodImpl(Hot.Path)]
    private static bool TryProtocol(ReadOnlySpan<byte> text, out ushort code)
    {
        switch (Letter(text))
        {
            case 'T': code = (ushort)FlowProtocol.Tcp; return true;
            case 'U': code = (ushort)FlowProtocol.Udp; return true;
        }

        if (TryNumber(text, 3, out var number) && number <= byte.MaxValue)
        {
            code = (ushort)number;
            return true;
        }

        return UnknownCodes.TryNumber(text, out code);
    }

    [MethodImpl(Hot.Path)]
    private static bool TryState(ReadOnlySpan<byte> text, out FlowState state)
    {
        state = Letter(text) switch
        {
            'B' => FlowState.Begin,
            'C' => FlowState.Continue,
            'E' => FlowState.End,
            _ => FlowState.None,
        };
        return state != FlowState.None;
    }

    [MethodImpl(Hot.Path)]
    private static bool TryCounter(ReadOnlySpan<byte> text, out long counter)
    {
        counter = FlowTuple.NotRecorded;
        return text.IsEmpty || TryNumber(text, MostCounterDigits, out counter);
    }

    /// <summary>The field's only letter in upper case, or 0.</summary>
    [MethodImpl(Hot.Path)]
    private static char Letter(ReadOnlySpan<byte> text) =>
        text.Length == 1 && (uint)((text[0] | 0x20) - 'a') < 26 ? (char)(text[0] & ~0x20) : '\0';

    [MethodImpl(Hot.Path)]
    private static bool TryNumber(ReadOnlySpan<byte> text, int mostDigits, out long number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > mostDigits)
        {
            return false;
        }

        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return true;
    }
}
