using System.Runtime.CompilerServices;
using System;
using NsgFlow.Filtering;

namespace NsgFlow.Measuring;

/// <summary>
/// The first words of a capture's key: the flow's five-tuple (where nobody can have captured it twice: the conversation, without the source port),
/// and the hour. Behind them stand the words of the row, and in the last the rank of who captured it.
/// </summary>
internal static class CaptureKey
{
    /// <summary>Two addresses of two words each; ports, protocol, decision and end; the hour.</summary>
    public const int Words = 6;

    private const int EndAndAll = 4;
    private const int Hour = 5;

    /// <summary>Writes what a tuple is told by.</summary>
    /// <param name="tuple">The tuple.</param>
    /// <param name="hasSourcePort">Whether flows of one conversation are told apart.</param>
    /// <param name="isInside">Whether the tuple <see cref="IsInside"/>.</param>
    /// <param name="key">Takes the words.</param>
    [MethodImpl(Hot.Path)]
    public static void Fill(in FlowTuple tuple, bool hasSourcePort, bool isInside, Span<ulong> key)
    {
        key[0] = tuple.Source.High;
        key[1] = tuple.Source.Low;
        key[2] = tuple.Destination.High;
        key[3] = tuple.Destination.Low;
        key[EndAndAll] = tuple.DestinationPort | ((ulong)tuple.ProtocolCode << 16) | ((ulong)tuple.Decision << 32) | (EndOf(in tuple, isInside) << 33);
        key[EndAndAll] |= hasSourcePort ? (ulong)tuple.SourcePort << 35 : 0;
        key[Hour] = (ulong)tuple.UnixMilliseconds / KeyMaker.HourLength;
    }

    /// <summary>
    /// Which capture of a flow counts: the one of the lowest rank. The source's side saw the flow in any case; a VNet flow log knows
    /// more than an NSG's.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rank(FlowLogKind kind, FlowDirection direction) =>
        (direction == FlowDirection.Outbound ? 0 : 2) + (kind == FlowLogKind.VirtualNetwork ? 0 : 1);

    /// <summary>Whether both ends may be network interfaces that are logged.</summary>
    public static bool IsInside(in FlowTuple tuple) => InsideAddresses.Holds(in tuple.Source) && InsideAddresses.Holds(in tuple.Destination);

    /// <summary>The same, where virtual networks use other addresses, too. Not inlined: few have such networks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsInsideWith(in FlowTuple tuple, AddressSet more) => Holds(in tuple.Source, more) && Holds(in tuple.Destination, more);

    public static FlowAddress SourceOf(ReadOnlySpan<ulong> key) => new(key[0], key[1]);

    public static FlowAddress DestinationOf(ReadOnlySpan<ulong> key) => new(key[2], key[3]);

    public static ulong DestinationPortOf(ReadOnlySpan<ulong> key) => key[EndAndAll] & 0xFFFF;

    public static ulong ProtocolOf(ReadOnlySpan<ulong> key) => (key[EndAndAll] >> 16) & 0xFFFF;

    /// <summary>Hours since 1970.</summary>
    public static ulong HourOf(ReadOnlySpan<ulong> key) => key[Hour];

    /// <summary>The words of the row, and what follows them.</summary>
    public static ReadOnlySpan<ulong> RowOf(ReadOnlySpan<ulong> key) => key.Slice(Words);

    /// <summary>
    /// 0 for a flow that both its ends may capture. Others are captured at one end only, in one direction: what goes the other way is another flow.
    /// </summary>
    private static ulong EndOf(in FlowTuple tuple, bool isInside) => isInside ? 0 : (ulong)tuple.Direction + 1;

    private static bool Holds(in FlowAddress address, AddressSet more) => InsideAddresses.Holds(in address) || more.Contains(in address);
}
