using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>One tuple, as the slowest and plainest reader finds it: to compare with what the cmdlets write.</summary>
internal sealed record SampleRow(
    string Blob, long Milliseconds, string Source, int SourcePort, string Destination, int DestinationPort, char Direction, char Decision, long? Sent, long? Received)
{
    public DateTime Time => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds).UtcDateTime;

    public static SampleRow From(FlowRecord record, string? blob = null) => new(
        blob ?? record.Blob!,
        new DateTimeOffset(record.Time).ToUnixTimeMilliseconds(),
        record.SourceAddress,
        record.SourcePort,
        record.DestinationAddress,
        record.DestinationPort,
        record.Direction == FlowDirection.Inbound ? 'I' : 'O',
        record.Decision == FlowDecision.Allow ? 'A' : 'D',
        record.BytesSent,
        record.BytesReceived);

    /// <summary>The tuples of a blob in their order.</summary>
    public static IEnumerable<SampleRow> Of(string blob, string json)
    {
        var isVNet = json.Contains("\"flowRecords\"", StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        foreach (var tuple in Tuples(document.RootElement))
        {
            var fields = tuple.Split(',');
            yield return new SampleRow(
                blob,
                long.Parse(fields[0], CultureInfo.InvariantCulture) * (isVNet ? 1 : 1000),
                fields[1],
                Number(fields[3]),
                fields[2],
                Number(fields[4]),
                fields[6][0],
                isVNet ? (fields[7] == "D" ? 'D' : 'A') : fields[7][0],
                Counter(fields[10]),
                Counter(fields[12]));
        }
    }

    private static IEnumerable<string> Tuples(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Tuples),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static property => property.Name == "flowTuples"
            ? property.Value.EnumerateArray().Select(static tuple => tuple.GetString()!)
            : Tuples(property.Value)),
        _ => [],
    };

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);

    private static long? Counter(string field) => field.Length == 0 ? null : long.Parse(field, CultureInfo.InvariantCulture);
}
