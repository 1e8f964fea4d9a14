using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace NsgFlow.Unit.Samples;

/// <summary>One tuple as an independent, slow and simple reader sees it: System.Text.Json and string.Split.</summary>
internal sealed record ReadTuple
{
    public required string Mac { get; init; }

    public required string Blob { get; init; }

    public required string Rule { get; init; }

    public required string Acl { get; init; }

    public required DateTime EntryTime { get; init; }

    public required long Milliseconds { get; init; }

    /// <summary>Addresses, ports and protocol.</summary>
    public required string FiveTuple { get; init; }

    public required string[] Fields { get; init; }

    public required string Direction { get; init; }

    public required bool Denied { get; init; }

    /// <summary>B, C, E; D for denied; empty in version 1.</summary>
    public required string State { get; init; }

    public required long[] Counters { get; init; }

    public static List<ReadTuple> Read(string blob, byte[] json, out int entries)
    {
        var tuples = new List<ReadTuple>();
        using var document = JsonDocument.Parse(json);
        entries = 0;
        foreach (var entry in document.RootElement.GetProperty("records").EnumerateArray())
        {
            entries++;
            var text = entry.GetProperty("time").GetString()!;
            var time = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            var mac = entry.GetProperty("macAddress").GetString()!;
            foreach (var (acl, rule, list) in Lists(entry))
            {
                tuples.AddRange(list.EnumerateArray().Select(t => Read(blob, mac, time, acl, rule, t.GetString()!)));
            }
        }

        return tuples;
    }

    private static IEnumerable<(string Acl, string Rule, JsonElement Tuples)> Lists(JsonElement entry)
    {
        if (entry.TryGetProperty("properties", out var nsg))
        {
            return from rule in nsg.GetProperty("flows").EnumerateArray()
                   from mac in rule.GetProperty("flows").EnumerateArray()
                   select (string.Empty, rule.GetProperty("rule").GetString()!, mac.GetProperty("flowTuples"));
        }

        return from acl in entry.GetProperty("flowRecords").GetProperty("flows").EnumerateArray()
               from flows in acl.GetProperty("flowGroups").EnumerateArray()
               select (acl.GetProperty("aclID").GetString()!, flows.GetProperty("rule").GetString()!, flows.GetProperty("flowTuples"));
    }

    private static ReadTuple Read(string blob, string mac, DateTime time, string acl, string rule, string text)
    {
        var fields = text.Split(',');
        var isVNet = acl.Length > 0;
        var isFirstVersion = !isVNet && fields.Length == 8;
        Assert.Equal(isFirstVersion ? 8 : 13, fields.Length);
        var number = long.Parse(fields[0], CultureInfo.InvariantCulture);
        Assert.Equal(isVNet ? 13 : 10, fields[0].Length);
        var denied = fields[7] == "D";
        return new ReadTuple
        {
            Mac = mac,
            Blob = blob,
            Rule = rule,
            Acl = acl,
            EntryTime = time,
            Milliseconds = isVNet ? number : number * 1000,
            FiveTuple = string.Join(",", fields.Skip(1).Take(5)),
            Fields = fields,
            Direction = fields[6],
            Denied = denied,
            State = denied ? "D" : isFirstVersion ? string.Empty : fields[isVNet ? 7 : 8],
            Counters = isFirstVersion
                ? [0, 0, 0, 0]
                : [.. fields.Skip(9).Select(f => f.Length == 0 ? 0 : long.Parse(f, CultureInfo.InvariantCulture))],
        };
    }
}
