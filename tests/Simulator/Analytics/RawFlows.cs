using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace NsgFlow.Simulator;

/// <summary>Reads the text of a flow log's blob, by the documentation of NSG flow logs 1 and 2 and virtual network flow logs.</summary>
internal static class RawFlows
{
    public static List<RawFlow> Read(ReadOnlyMemory<byte> blob)
    {
        using var document = JsonDocument.Parse(blob);
        return [.. document.RootElement.GetProperty("records").EnumerateArray().SelectMany(Entry)];
    }

    private static IEnumerable<RawFlow> Entry(JsonElement entry) => entry.TryGetProperty("flowRecords", out var records)
        ? records.GetProperty("flows").EnumerateArray().SelectMany(acl => acl.GetProperty("flowGroups").EnumerateArray().SelectMany(group => Tuples(group)
            .Select(tuple => VirtualNetwork(tuple, entry, Text(acl, "aclID"), Text(group, "rule")))))
        : entry.GetProperty("properties").GetProperty("flows").EnumerateArray().SelectMany(rule => rule.GetProperty("flows").EnumerateArray().SelectMany(flows => Tuples(flows)
            .Select(tuple => Nsg(tuple, entry, Text(rule, "rule"), Text(flows, "mac")))));

    private static IEnumerable<string[]> Tuples(JsonElement of) => of.GetProperty("flowTuples").EnumerateArray().Select(static tuple => tuple.GetString()!.Split(','));

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static RawFlow Nsg(string[] tuple, JsonElement entry, string rule, string mac)
    {
        var nsg = Text(entry, "resourceId");
        return new RawFlow(
            entry.GetProperty("properties").GetProperty("Version").GetInt32(),
            DateTime.UnixEpoch.AddSeconds(Number(tuple[0])),
            tuple[1],
            tuple[2],
            tuple[3],
            (int)Number(tuple[4]),
            tuple[5],
            tuple[6] == "I",
            tuple[7] == "D",
            tuple.Length > 8 ? tuple[8][0] : ' ',
            string.Empty,
            tuple.Length > 12 ? Counters(tuple) : null,
            rule,
            nsg,
            mac,
            nsg,
            string.Empty);
    }

    private static RawFlow VirtualNetwork(string[] tuple, JsonElement entry, string acl, string rule)
    {
        // The article's example has seconds; real logs have milliseconds.
        var time = Number(tuple[0]);
        return new RawFlow(
            4,
            DateTime.UnixEpoch.AddMilliseconds(time < 100_000_000_000 ? time * 1000 : time),
            tuple[1],
            tuple[2],
            tuple[3],
            (int)Number(tuple[4]),
            tuple[5] switch { "6" => "T", "17" => "U", var other => other },
            tuple[6] == "I",
            tuple[7] == "D",
            tuple[7][0],
            tuple[8],
            Counters(tuple),
            rule,
            acl,
            Text(entry, "macAddress"),
            Text(entry, "targetResourceID"),
            Text(entry, "flowLogResourceID"));
    }

    private static RawCounters? Counters(string[] tuple) => tuple[9].Length == 0
        ? null
        : new RawCounters(Number(tuple[9]), Number(tuple[10]), Number(tuple[11]), Number(tuple[12]));

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
