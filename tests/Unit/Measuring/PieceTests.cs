using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NsgFlow.Measuring;
using NsgFlow.Unit.Blobs;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>The pieces a measurement is made of, each against the plain collection it stands for.</summary>
public class PieceTests
{
    [Fact]
    public void A_trend_hangs_on_its_times_and_not_on_their_order()
    {
        for (var seed = 1; seed <= Math.Max(10, Scale.Of(300)); seed++)
        {
            var random = Scale.Random(seed);
            var spread = random.Pick(60_000L, 3_600_000L, 86_400_000L * 30, 253_402_300_799_999L);
            var start = spread > 1L << 40 ? 0 : (long)(random.Next64() % 2_000_000_000_000);
            var times = Enumerable.Range(0, 1 + random.Next(40)).Select(_ => start + (long)(random.Next64() % (ulong)spread)).ToList();

            long width = 60_000;
            while ((times.Max() / width) - (times.Min() / width) >= TrendScale.Slots)
                width *= 2;
            var expected = new long[(int)((times.Max() / width) - (times.Min() / width)) + 1];
            for (var i = 0; i < times.Count; i++)
                expected[(times[i] / width) - (times.Min() / width)] += i + 1;

            var order = Enumerable.Range(0, times.Count).ToList();
            for (var round = 0; round < 3; round++)
            {
                // Two parts, as two meters have them, and then together in a third.
                var cut = random.Next(times.Count + 1);
                var (left, leftRing) = Trend(order.Take(cut));
                var (right, rightRing) = Trend(order.Skip(cut));
                var scale = new TrendScale(TrendScale.Minute);
                var ring = new long[TrendScale.Slots];
                scale.Include(in right, ring);
                right.AddTo(rightRing, in scale, ring);
                scale.Include(in left, ring);
                left.AddTo(leftRing, in scale, ring);
                Assert.Equal(width, scale.Width);
                Assert.Equal(expected, scale.Unroll(ring));
                random.Shuffle(order);
            }

            (TrendScale Scale, long[] Ring) Trend(IEnumerable<int> some)
            {
                var scale = new TrendScale(TrendScale.Minute);
                var ring = new long[TrendScale.Slots];
                foreach (var i in some)
                {
                    scale.Include(times[i], ring);
                    ring[scale.SlotOf(times[i])] += i + 1;
                }

                return (scale, ring);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_table_is_a_dictionary(int words)
    {
        var random = Scale.Random(words);
        var table = new TrafficTable(words, hasTotals: true, hasTrend: true);
        var rows = new Dictionary<string, int>();
        var counts = new Dictionary<string, long>();
        for (var i = 0; i < Math.Max(2000, Scale.Of(40_000)); i++)
        {
            var key = Enumerable.Range(0, words).Select(_ => random.OneIn(3) ? 0 : (ulong)random.Next(20) << random.Pick(0, 32, 58)).ToArray();
            var name = string.Join(" ", key);
            var isKnown = rows.TryGetValue(name, out var known);
            Assert.Equal(isKnown ? known : -1, table.Find(key));
            var row = table.Add(key);
            Assert.Equal(isKnown ? known : rows.Count, row);
            rows[name] = row;
            Assert.True(table.Key(row).SequenceEqual(key));
            table.Totals(row).Tuples++;
            table.AddTrend(row, 1_600_000_000_000 + random.Next(int.MaxValue), 1);
            counts[name] = (counts.TryGetValue(name, out var count) ? count : 0) + 1;
        }

        var sum = new TrafficTable(words, hasTotals: true, hasTrend: true);
        sum.AddAll(table);
        sum.AddAll(table);
        Assert.Equal(rows.Count, table.Count);
        Assert.Equal(rows.Count, sum.Count);
        foreach (var pair in rows)
        {
            Assert.Equal(counts[pair.Key], table.Totals(pair.Value).Tuples);
            Assert.Equal(counts[pair.Key], table.Trend(pair.Value).ToArray().Sum());
            Assert.Equal(2 * counts[pair.Key], sum.Totals(sum.Find(table.Key(pair.Value))).Tuples);
            Assert.Equal(2 * counts[pair.Key], sum.Trend(sum.Find(table.Key(pair.Value))).ToArray().Sum());
        }

        table.Clear();
        Assert.Equal(0, table.Count);
        Assert.Equal(-1, table.Find(new ulong[words]));
    }

    [Theory]
    [InlineData("9.255.255.255")]
    [InlineData("10.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.127.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.16.0.0")]
    [InlineData("172.31.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.168.0.0")]
    [InlineData("192.168.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("168.63.129.16")]
    [InlineData("fbff:ffff::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff:ffff::1")]
    [InlineData("fe00::1")]
    public void Inside_are_the_addresses_that_the_network_map_calls_private(string text)
    {
        Assert.True(FlowAddress.TryParse(text, out var address));
        Assert.Equal(NsgFlow.Network.NetworkMap.Default.PlaceOf(in address).Kind == NsgFlow.Network.PlaceKind.Private, InsideAddresses.Holds(in address));
    }

    /// <summary>Few different places, so that they run into each other and around the table's end.</summary>
    [Theory]
    [InlineData(20, 0)]
    [InlineData(300, 1023)]
    [InlineData(5000, 7)]
    public void Open_flows_are_a_set(int flows, int place)
    {
        var random = Scale.Random(flows);
        var ids = Enumerable.Range(0, flows).Select(i => OpenFlows.Id(((ulong)(i + 1) << 44) | ((ulong)(place + (i % 3)) << 20))).ToArray();
        var open = new OpenFlows();
        var expected = new Dictionary<ulong, bool>();
        for (var i = 0; i < (flows < 1000 ? Math.Max(2000, Scale.Of(60_000)) : 12_000); i++)
        {
            var id = random.Pick(ids);
            var isOpen = expected.TryGetValue(id, out var isBegun);
            var state = random.Pick(FlowState.Begin, FlowState.Continue, FlowState.End);
            var start = open.Step(id, state);

            // A Begin is always one; what goes on with nothing is one, or that is found out later; nothing else is.
            Assert.Equal(state == FlowState.Begin, start == FlowStart.Yes && (state == FlowState.Begin || isOpen));
            Assert.Equal(!isOpen && state != FlowState.Begin, start != FlowStart.No && start != FlowStart.Noted && state != FlowState.Begin);
            if (state == FlowState.End)
                expected.Remove(id);
            else
                expected[id] = isOpen ? isBegun : state == FlowState.Begin;

            if (random.OneIn(1000))
                Clear();
        }

        Clear();
        Assert.Empty(open.Clear());

        // The open ones, but those that were noted at a Continue already.
        void Clear()
        {
            var given = open.Clear().ToList();
            Assert.Equal(given.Count, given.Distinct().Count());
            Assert.Empty(given.Except(expected.Keys));
            Assert.Empty(expected.Where(e => e.Value).Select(e => e.Key).Except(given));
            expected.Clear();
        }
    }

    /// <summary>Letters are states, digits the moments they stand at; capital letters are of one list, small ones of another.</summary>
    [Theory]
    [InlineData("1B 1E", 0)]
    [InlineData("1E 1B", 0)]
    [InlineData("1B 2E 2B 3E", 0)]
    [InlineData("1B 2B 2E 3E", 0)]
    [InlineData("1E 2B", 1)]
    [InlineData("1C 2C 3E", 1)]
    [InlineData("1E 2E", 2)]
    [InlineData("1E 1E", 2)]
    [InlineData("1B 1E 1E", 1)]
    [InlineData("3E 2C 1B", 0)]
    [InlineData("1B 2e", 0)]
    [InlineData("2E 1b", 0)]
    [InlineData("1c 1E 1b", 0)]
    [InlineData("1B 2E 3c", 1)]
    public void Events_of_the_same_moment_are_taken_as_they_fit(string events, int counted)
    {
        foreach (var isSpilled in new[] { false, true })
        {
            using var temporary = new TempFolder();
            using var folder = new SpillFolder(temporary.Path);
            using var large = new FlowEvents(1, folder);
            using var small = new FlowEvents(1, folder);
            foreach (var text in events.Split(' '))
            {
                var state = char.ToUpperInvariant(text[1]) switch { 'B' => FlowState.Begin, 'C' => FlowState.Continue, _ => FlowState.End };
                foreach (var flow in new[] { 5UL, ulong.MaxValue - 1 })
                    (char.IsUpper(text[1]) ? large : small).Add(flow, text[0] - '0', text[0] - '0', state, [flow]);
                if (isSpilled)
                    large.Spill();
            }

            var counts = new Dictionary<ulong, int>();
            FlowEvents.Resolve([large, small], static (left, right) => left.SequenceCompareTo(right), (key, _) => counts[key[0]] = counts.GetValueOrDefault(key[0]) + 1);
            Assert.Equal((counted, counted), (counts.GetValueOrDefault(5UL), counts.GetValueOrDefault(ulong.MaxValue - 1)));
        }
    }

    [Theory]
    [InlineData(null, 5000)]
    [InlineData(null, 1024)]
    [InlineData(null, 0)]
    [InlineData(10, 5000)]
    [InlineData(1500, 2500)]
    [InlineData(0, 100)]
    public void Rows_are_sorted_in_memory_or_on_disk(int? top, int rows)
    {
        var random = Scale.Random(rows);
        using var temporary = new TempFolder();
        using var folder = new SpillFolder(temporary.Path);
        var layout = new KeyLayout(TrafficKey.Parse(["SourcePort", "DestinationPort"]), 0, new TrafficNames());
        using var sorter = new RowSorter(layout, top, memory: 0, folder);
        var all = new List<(long Rank, ulong First, ulong Second)>();
        foreach (var number in Enumerable.Range(0, rows).OrderBy(_ => random.Next64()))
        {
            var (rank, first, second) = (random.Next(5), (ulong)number % 77, (ulong)number / 77);
            all.Add((rank, first, second));
            var row = new ResultRow([first, second]) { Rank = rank, Sources = number };
            row.Totals.Flows = 1;
            row.Totals.BytesSent = number;
            row.Scale = new TrendScale(TrendScale.Minute);
            row.Scale.Include(60_000L * number, row.Trend);
            row.Trend[row.Scale.SlotOf(60_000L * number)] = number;
            sorter.Add([row]);
        }

        var expected = all.OrderByDescending(r => r.Rank).ThenBy(r => r.First).ThenBy(r => r.Second).Take(top ?? int.MaxValue).ToList();
        var actual = sorter.InOrder().ToList();
        Assert.Equal(expected, actual.Select(r => (r.Rank, r.Key[0], r.Key[1])));
        Assert.All(actual, r => Assert.Equal((long)(r.Key[0] + (77 * r.Key[1])), r.Totals.BytesSent));
        Assert.All(actual, r => Assert.Equal(r.Totals.BytesSent, r.Sources));
        Assert.All(actual, r => Assert.Equal([r.Totals.BytesSent], r.Scale.Unroll(r.Trend)));
        Assert.Equal(rows - expected.Count, sorter.Rest.Values.Sum(r => r.Totals.Flows));
    }

    [Fact]
    public void The_first_of_many_rows_are_found_without_sorting_them_for_each_row()
    {
        var layout = new KeyLayout(TrafficKey.Parse(["SourcePort"]), 0, new TrafficNames());
        const int Rows = 5000;
        using var folder = new SpillFolder(Path.GetTempPath());
        var few = Least(1000);
        var many = Least(1200);
        Assert.True(many < TimeSpan.FromSeconds(1) || many.Ticks < 20 * few.Ticks, $"{Rows} rows: {few} for the first 1,000, {many} for the first 1,200.");

        // Of a few times the shortest: what else the machine does meanwhile takes time, too.
        TimeSpan Least(int top) => Enumerable.Range(0, 3).Min(_ => Time(top));

        TimeSpan Time(int top)
        {
            using var sorter = new RowSorter(layout, top, memory: 0, folder);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            for (var i = 0; i < Rows; i++)
                sorter.Add([new ResultRow([(ulong)i]) { Rank = i }]);
            Assert.Equal(top, sorter.InOrder().Count());
            return watch.Elapsed;
        }
    }
}
