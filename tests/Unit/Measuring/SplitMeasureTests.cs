using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using NsgFlow.Measuring;
using NsgFlow.Unit.Blobs;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>Any split of the input into files, any order, any number of threads, with or without room in memory: the same rows in the same order.</summary>
public class SplitMeasureTests
{
    private static readonly TrafficQuery[] _queries =
    [
        Measured.Query("Conversation", TrafficOrder.Bytes),
        new() { By = TrafficKey.Parse(["SourceAddress/24", "Hour"]), Top = 5, Distinct = TrafficDistinct.Destinations | TrafficDistinct.Ports },
        new() { By = TrafficKey.Parse(["Rule", "Direction", "MacAddress"]), OrderBy = TrafficOrder.Denied, MinFlows = 3 },
        new() { By = TrafficKey.Parse(["Service"]), Bucket = TimeSpan.FromMinutes(10), Top = 3, OrderBy = TrafficOrder.Packets },
        new() { By = TrafficKey.Parse(["DestinationPort", "SourcePort"]), Raw = true, OrderBy = TrafficOrder.Sources },
        new() { By = TrafficKey.Parse(["SourceAddress", "SourcePort", "DestinationAddress"]) },
    ];

    public static TheoryData<FlowSampleFormat, int> Cases()
    {
        var data = new TheoryData<FlowSampleFormat, int>();
        foreach (var format in Enum.GetValues<FlowSampleFormat>())
        {
            for (var seed = 1; seed <= Math.Max(1, Scale.Of(4)); seed++)
                data.Add(format, seed);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_split_and_order_gives_the_same(FlowSampleFormat format, int seed)
    {
        var random = Scale.Random(seed);
        var whole = Sample(format, seed);
        foreach (var query in _queries)
        {
            var expected = whole.Rows(query);
            var split = Split(whole, random, isNamed: random.OneIn(2));
            var threads = new TrafficQuery
            {
                By = query.By,
                OrderBy = query.OrderBy,
                Bucket = query.Bucket,
                Top = query.Top,
                MinFlows = query.MinFlows,
                Raw = query.Raw,
                Distinct = query.Distinct,
                ThrottleLimit = 1 + random.Next(4),
            };
            RowText.AssertSame(expected, split.Rows(threads), $"{split.Blobs.Count} files on {threads.ThrottleLimit} threads by {string.Join(" ", query.By)}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_put_aside_makes_no_difference(FlowSampleFormat format, int seed)
    {
        var random = Scale.Random(100 + seed);
        using var folder = new TempFolder();
        var whole = Sample(format, seed);
        foreach (var query in _queries)
        {
            var expected = whole.Rows(query);
            var split = random.OneIn(2) ? whole : Split(whole, random, isNamed: false);
            var memory = random.Pick(0, 60_000, 150_000, 600_000);
            var meters = 1 + random.Next(3);
            var rowMemory = random.OneIn(2) ? 0 : 1 << 24;
            RowText.AssertSame(expected, split.SpilledRows(query, memory, meters, folder.Path, rowMemory), $"{memory} bytes for each of {meters} meters by {string.Join(" ", query.By)}");
            Assert.Empty(System.IO.Directory.GetFileSystemEntries(folder.Path));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Records_give_the_same_as_files_in_any_order(FlowSampleFormat format, int seed)
    {
        var random = Scale.Random(200 + seed);
        var whole = Sample(format, seed);
        var records = whole.Records();
        foreach (var query in _queries)
        {
            var expected = whole.Rows(query);
            RowText.AssertSame(expected, Measured.RowsOf(query, records), "records in order, by " + string.Join(" ", query.By));
            var shuffled = records.ToList();
            random.Shuffle(shuffled);
            RowText.AssertSame(expected, Measured.RowsOf(query, shuffled), "records shuffled, by " + string.Join(" ", query.By));
        }
    }

    /// <summary>Few flows with states as they come, in entries a minute apart: logs as a filter on states, a lost blob or an attacker leaves them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Logs_cut_anywhere_give_what_the_oracle_gives(bool isShort)
    {
        using var folder = new TempFolder();
        for (var seed = 1; seed <= Math.Max(2, Scale.Of(60)); seed++)
        {
            var random = Scale.Random(300 + seed);
            var measured = new Measured();

            // As Azure writes them: a flow begins, goes on or not, and ends; some have begun before, some do not end. Few ports, so that they come again.
            var isOpen = Enumerable.Range(0, isShort ? 1 : 4).Select(_ => random.OneIn(2)).ToArray();
            for (var minute = 0; minute < 1 + random.Next(isShort ? 3 : 12); minute++)
            {
                // A second of its own for each tuple, so that there is one order only.
                var second = 60 * minute;
                var tuples = Enumerable.Range(0, 1 + random.Next(isShort ? 4 : 25)).Select(_ =>
                {
                    var port = random.Next(isOpen.Length);
                    var state = isOpen[port] ? random.Pick("C", "E") : "B";
                    isOpen[port] = state != "E";
                    return CountingTests.Tuple(second++, state).Replace(",1000,", "," + (1000 + port) + ",");
                }).ToArray();
                measured.Add("file" + minute, CountingTests.Entry(minute + 1, ("r", tuples)));
            }

            var query = Measured.Query("SourcePort");
            measured.AssertOracle(query, "seed " + seed);
            var expected = new TrafficOracle(query, ["SourcePort"], measured.Tuples()).Rows();
            RowText.AssertSame(expected, measured.SpilledRows(query, 0, 2, folder.Path, 0), "put aside, seed " + seed);
            RowText.AssertSame(expected, Measured.RowsOf(query, measured.Records()), "records, seed " + seed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shares_and_the_rest_add_up_to_the_whole(int start)
    {
        var whole = Sample(FlowSampleFormat.Nsg2, 7 + start);
        for (var seed = start; seed < start + Math.Max(4, Scale.Of(40)); seed++)
        {
            var random = Scale.Random(400 + seed);
            var by = TrafficKey.Parse([random.Pick("SourceAddress", "DestinationPort", "Rule", "DestinationAddress/16", "Hour", "MacAddress")]);
            var order = random.Pick(TrafficOrder.Flows, TrafficOrder.Bytes, TrafficOrder.BytesSent, TrafficOrder.BytesReceived, TrafficOrder.Packets, TrafficOrder.Denied);
            var bucket = random.OneIn(3) ? TimeSpan.FromMinutes(1 + random.Next(90)) : (TimeSpan?)null;
            var raw = random.OneIn(2);
            var all = whole.Measures(new TrafficQuery { By = by, OrderBy = order, Raw = raw });
            var cut = new TrafficQuery
            {
                By = by,
                OrderBy = order,
                Raw = raw,
                Bucket = bucket,
                Top = random.OneIn(4) ? null : random.Next(12),
                MinFlows = random.OneIn(2) ? 0 : random.Next(50),
                MinBytes = random.OneIn(2) ? 0 : random.Next(10_000_000),
            };
            var rows = whole.Measures(cut);
            foreach (var number in new Func<TrafficMeasure, long?>[]
                {
                    r => r.Flows, r => r.Allowed, r => r.Denied, r => r.Tuples, r => r.RecordedTuples, r => r.MergedTuples, r => r.Bytes, r => r.BytesSent, r => r.BytesReceived,
                    r => r.Packets, r => r.PacketsSent, r => r.PacketsReceived,
                })
            {
                Assert.Equal(all.Sum(number), rows.Sum(number));
            }

            Assert.Equal(100, rows.Sum(r => r.Percent)!.Value, 6);
            Assert.Equal(all.Min(r => r.FirstSeen), rows.Min(r => r.FirstSeen));
            Assert.Equal(all.Max(r => r.LastSeen), rows.Max(r => r.LastSeen));
            Assert.All(rows, r => Assert.Equal(bucket is null ? Metric(r) : 0, r.Trend.Sum()));
            Assert.All(rows.Where(r => r.IsOther), r => Assert.Equal(TrafficMeasure.Other, r.KeyValues[bucket is null ? 0 : 1]));
            if (bucket is null)
            {
                Assert.All(rows.Where(r => !r.IsOther), r => Assert.True(r.Flows >= cut.MinFlows && (r.Bytes ?? 0) >= cut.MinBytes));
                Assert.True(rows.Count(r => !r.IsOther) <= (cut.Top ?? int.MaxValue));
                Assert.True(rows.Count(r => r.IsOther) <= 1 && rows.TakeWhile(r => !r.IsOther).Count() >= rows.Count - 1);
            }
        }
    }

    private static long Metric(TrafficMeasure row) => row.OrderedBy switch
    {
        TrafficOrder.Bytes => row.Bytes ?? 0,
        TrafficOrder.BytesSent => row.BytesSent ?? 0,
        TrafficOrder.BytesReceived => row.BytesReceived ?? 0,
        TrafficOrder.Packets => row.Packets ?? 0,
        TrafficOrder.Denied => row.Denied,
        _ => row.Flows,
    };

    private static Measured Sample(FlowSampleFormat format, int seed) => GeneratedMeasureTests.Generated(
        GeneratedMeasureTests.Options(format, seed % 2 == 0 ? FlowSampleScenario.Conversation : FlowSampleScenario.Mixed, nics: 3, seed, tuples: Math.Max(4, Scale.Of(40))),
        out _,
        isNamed: true);

    /// <summary>Every entry into a file of its network interface and hour, several of them of the same name but in other accounts, or into any file of a meaningless name.</summary>
    private static Measured Split(Measured whole, TestRandom random, bool isNamed)
    {
        var files = new Dictionary<string, List<string>>();
        var most = 1 + random.Next(6);
        foreach (var blob in whole.Blobs)
        {
            using var document = JsonDocument.Parse(whole.Content(blob));
            foreach (var entry in document.RootElement.GetProperty("records").EnumerateArray())
            {
                var name = isNamed ? "copy" + random.Next(most) + "/" + blob.Name : "file" + random.Next(most);
                if (!files.TryGetValue(name, out var entries))
                    files.Add(name, entries = []);
                entries.Add(entry.GetRawText());
            }
        }

        var split = new Measured();
        foreach (var file in files.OrderBy(f => random.Next64()))
        {
            // A blob that is the only one of its network interface and hour is in the order Azure wrote it.
            if (!isNamed || most > 1)
                random.Shuffle(file.Value);
            split.Add(file.Key, Encoding.UTF8.GetBytes("{\"records\":[" + string.Join(",", file.Value) + "]}"), isNamed);
        }

        return split;
    }
}
