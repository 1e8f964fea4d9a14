using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>
/// What is added up, stage after stage of a query. Null is not zero, so the number of rows whose counters are told (<c>Told</c>) goes with the sums, and
/// the counters themselves can be added without a thought of null.
/// </summary>
internal static class TrafficSums
{
    private static readonly string[] _numbers = ["Flows", "Denied", "BytesSent", "BytesReceived", "PacketsSent", "PacketsReceived"];

    /// <summary>Columns of the normal rows that are added up.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. _numbers, "FirstSeen", "LastSeen"];

    /// <summary>What makes rows ready to be added up.</summary>
    public static IEnumerable<string> Made { get; } =
        ["Told = iff(isnull(BytesSent) or isnull(BytesReceived), 0, 1)", .. _numbers.Select(static name => $"{name} = coalesce({name}, 0)")];

    /// <summary>The sums, of rows or of sums.</summary>
    public static IEnumerable<string> Added { get; } =
        ["Told = sum(Told)", .. _numbers.Select(static name => $"{name} = sum({name})"), "FirstSeen = min(FirstSeen)", "LastSeen = max(LastSeen)"];

    /// <summary>What rows are ordered by.</summary>
    public static string Value(TrafficOrder order) => order switch
    {
        TrafficOrder.Bytes => "BytesSent + BytesReceived",
        TrafficOrder.Packets => "PacketsSent + PacketsReceived",
        _ => order.ToString(),
    };

    /// <summary>The same, of several rows together.</summary>
    public static string Sum(TrafficOrder order) => order switch
    {
        TrafficOrder.Bytes => "sum(BytesSent) + sum(BytesReceived)",
        TrafficOrder.Packets => "sum(PacketsSent) + sum(PacketsReceived)",
        _ => $"sum({order})",
    };

    /// <summary>The value of a row, as far as a single capture has it: of different values the number of flows.</summary>
    public static string ValueOfCapture(TrafficOrder order) =>
        order is TrafficOrder.Sources or TrafficOrder.Destinations or TrafficOrder.Ports ? "Flows" : Value(order);

    /// <summary>What is counted once; what a table does not tell is no value.</summary>
    public static IEnumerable<string> Distinct(TrafficDistinct wanted)
    {
        foreach (var (what, column, isTold) in new[]
        {
            (TrafficDistinct.Sources, "SourceAddress", "isnotempty(SourceAddress)"),
            (TrafficDistinct.Destinations, "DestinationAddress", "isnotempty(DestinationAddress)"),
            (TrafficDistinct.Ports, "DestinationPort", "DestinationPort != " + TrafficColumn.Untold),
        })
        {
            if ((wanted & what) != 0)
            {
                yield return $"{what} = count_distinctif({column}, {isTold})";
            }
        }
    }
}
