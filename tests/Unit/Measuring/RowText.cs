using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>A row as one line, every property of it, so that rows compare as texts.</summary>
public sealed class RowText
{
    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<object?> Values { get; init; }

    public bool IsOther { get; init; }

    public required OracleSums Sums { get; init; }

    public double? Percent { get; init; }

    public long? Sources { get; init; }

    public long? Destinations { get; init; }

    public long? Ports { get; init; }

    public required List<BigInteger> Trend { get; init; }

    public TimeSpan TrendStep { get; init; }

    public static string Of(TrafficMeasure row)
    {
        Assert.Equal(row.Flows, row.Allowed + row.Denied);
        return Line(
            row.KeyNames, row.KeyValues, row.IsOther, row.Flows, row.Denied, row.Tuples!.Value, row.RecordedTuples!.Value, row.MergedTuples!.Value, row.BytesSent, row.BytesReceived, row.PacketsSent,
            row.PacketsReceived, row.Sources, row.Destinations, row.Ports, row.FirstSeen, row.LastSeen, row.Percent, row.Trend.Select(t => (BigInteger)t), row.TrendStep);
    }

    /// <summary>The rows are the same, in the same order; the message shows the first that is not.</summary>
    public static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string what)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var left = i < expected.Count ? expected[i] : "(no row)";
            var right = i < actual.Count ? actual[i] : "(no row)";
            if (left != right)
                Assert.Fail($"{what}: row {i} of {expected.Count} expected, {actual.Count} given\nexpected {left}\n but was {right}");
        }
    }

    public override string ToString() => Line(
        Names, Values, IsOther, Sums.Flows, Sums.Denied, Sums.Tuples, Sums.Recorded, Sums.Merged, Sums.BytesSent, Sums.BytesReceived, Sums.PacketsSent, Sums.PacketsReceived,
        Sources, Destinations, Ports, Sums.First, Sums.Last, Percent, Trend, TrendStep);

    private static string Line(
        IReadOnlyList<string> names,
        IReadOnlyList<object?> values,
        bool isOther,
        long flows,
        long denied,
        long tuples,
        long recorded,
        long merged,
        long? sent,
        long? received,
        long? packetsSent,
        long? packetsReceived,
        long? sources,
        long? destinations,
        long? ports,
        DateTime? first,
        DateTime? last,
        double? percent,
        IEnumerable<BigInteger> trend,
        TimeSpan step) =>
        string.Join(" ", names.Zip(values, (name, value) => name + "=" + Value(value))) + (isOther ? " OTHER" : "")
        + FormattableString.Invariant($" | flows {flows} denied {denied} tuples {tuples} recorded {recorded} merged {merged}")
        + FormattableString.Invariant($" | bytes {Value(sent)} {Value(received)} packets {Value(packetsSent)} {Value(packetsReceived)} | distinct {Value(sources)} {Value(destinations)} {Value(ports)}")
        + FormattableString.Invariant($" | {Value(first)} {Value(last)} | {(percent is { } p ? p.ToString("F6", CultureInfo.InvariantCulture) : "-")} % | {string.Join(",", trend)} by {step}");

    private static string Value(object? value) => value switch
    {
        null => "-",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + time.Kind,
        Enum item => item.GetType().Name + "." + item,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "'" + value + "'",
    };
}
