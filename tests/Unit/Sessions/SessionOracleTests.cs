using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Samples;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Sessions;

/// <summary>The joiner against the oracle: over real files, generated traffic whose truth is known, and random streams.</summary>
public sealed class SessionOracleTests
{
    [SamplesTheory]
    [InlineData("nsg_v2_real_blob_sumologic_2024.json", 43)]
    [InlineData("nsg_v2_real_erjosito.json", 83)]
    [InlineData("nsg_v2_article_seed_excerpt.json", 6)]
    [InlineData("nsg_v2_elastic_testdata.json", 4)]
    [InlineData("vnet_v4_elastic_testdata.json", 5)]
    [InlineData("vnet_v4_real_blob_vnet_target_sumologic_2024.json", null)]
    [InlineData("vnet_v4_single_record_real_erjosito.json", 16)]
    [InlineData("nsg_v1_real_blob_erjosito.json", 0)]
    public void Real_files(string name, int? count)
    {
        var records = Joined.Read(SharedSamples.Read(name));
        Assert.NotEmpty(records);
        var sessions = Joined.All(records);
        Assert.Equal(SessionOracle.Lines(records, SessionJoiner.DefaultIdleTimeout), SessionOracle.Lines(sessions));
        if (count is not null)
            Assert.Equal(count, sessions.Count);
    }

    [Theory]
    [InlineData(FlowSampleFormat.Nsg2, FlowSampleScenario.Mixed)]
    [InlineData(FlowSampleFormat.VNet4, FlowSampleScenario.Mixed)]
    [InlineData(FlowSampleFormat.Nsg2, FlowSampleScenario.Aks)]
    [InlineData(FlowSampleFormat.VNet4, FlowSampleScenario.Scan)]
    [InlineData(FlowSampleFormat.VNet4, FlowSampleScenario.Conversation)]
    [InlineData(FlowSampleFormat.Nsg2, FlowSampleScenario.Quiet)]
    public void Generated_traffic_gives_the_sessions_that_were_made(FlowSampleFormat format, FlowSampleScenario scenario)
    {
        var generator = new FlowSampleGenerator(new FlowSampleOptions { Seed = 11, Nic = 3, Hours = 3, TuplesPerMinute = 40, Format = format, Scenario = scenario });
        var blobs = generator.Generate().ToList();
        var truth = generator.Truth;
        var records = Joined.Read(blobs.Select(static blob => blob.ToArray()));
        var joined = new Joined();
        foreach (var record in records)
            joined.Joiner.Add(record);
        var sessions = joined.End();

        Assert.Equal(truth.Tuples, records.Count);
        Assert.Equal(truth.Sessions, sessions.Count);
        Assert.Equal(truth.HeadlessSessions, sessions.Count(static s => s.State == FlowSessionState.HeadMissing));
        Assert.Equal(truth.BytesSent, sessions.Sum(static s => s.BytesSent ?? 0));
        Assert.Equal(truth.BytesReceived, sessions.Sum(static s => s.BytesReceived ?? 0));
        Assert.Equal(truth.PacketsSent, sessions.Sum(static s => s.PacketsSent ?? 0));
        Assert.Equal(truth.PacketsReceived, sessions.Sum(static s => s.PacketsReceived ?? 0));
        Assert.Equal(truth.AllowedTuples, sessions.Sum(static s => s.Observations));
        Assert.Equal(truth.EndTuples, sessions.Count(static s => s.EndTime is not null));
        Assert.Equal(truth.DeniedTuples, joined.Joiner.Denied);
        Assert.Equal(truth.Sessions, joined.Joiner.Sessions);
        Assert.Equal(0, joined.Joiner.OutOfOrder);
        Assert.Equal(SessionOracle.Lines(records, SessionJoiner.DefaultIdleTimeout), SessionOracle.Lines(sessions));
        if (scenario == FlowSampleScenario.Mixed)
            Assert.Contains(sessions, static s => s.State == FlowSessionState.Complete && s.StartTime.Hour != s.EndTime!.Value.Hour);

        // Network interface by network interface instead of hour by hour: the same sessions.
        var byNic = Joined.All(Joined.Read(blobs.OrderBy(static blob => blob.Name.Substring(blob.Name.IndexOf("macAddress", StringComparison.Ordinal)), StringComparer.Ordinal)
            .ThenBy(static blob => blob.Name, StringComparer.Ordinal).Select(static blob => blob.ToArray())));
        Assert.Equal(SessionOracle.Lines(sessions), SessionOracle.Lines(byNic));
    }

    [Fact]
    public void Version_1_has_no_sessions()
    {
        var generator = new FlowSampleGenerator(new FlowSampleOptions { Format = FlowSampleFormat.Nsg1 });
        var joined = new Joined();
        foreach (var record in Joined.Read(generator.Generate().Select(static blob => blob.ToArray())))
            joined.Joiner.Add(record);
        Assert.Empty(joined.End());
        Assert.Equal(generator.Truth.AllowedTuples, joined.Joiner.Stateless);
        Assert.Equal(generator.Truth.DeniedTuples, joined.Joiner.Denied);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_streams(int seed)
    {
        var random = Scale.Random(seed);
        for (var round = 0; round < Scale.Of(60); round++)
        {
            var idle = TimeSpan.FromSeconds(random.Pick(1, 60, 300, 900, 5000));
            var records = Stream(random, logs: 1 + random.Next(5), flows: random.Pick(1, 3, 40, 400), count: 1 + random.Next(3000));
            Assert.Equal(SessionOracle.Lines(records, idle), SessionOracle.Lines(Joined.All(records, idle)));
        }
    }

    // Logs in turns, an hour each, and so back and forth in time; within an entry tuples are out of order by up to a minute.
    private static List<FlowRecord> Stream(TestRandom random, int logs, int flows, int count)
    {
        var records = new List<FlowRecord>();
        var times = new double[logs];
        var states = new[] { FlowState.Begin, FlowState.Continue, FlowState.Continue, FlowState.End, FlowState.End, FlowState.None };
        while (records.Count < count)
        {
            var log = random.Next(logs);
            var end = times[log] + random.Next(3600);
            while (times[log] < end)
            {
                times[log] += random.OneIn(20) ? random.Next(2000) : random.Next(61);
                var group = Joined.Group(
                    log % 2 == 0 ? FlowLogKind.Nsg : FlowLogKind.VirtualNetwork,
                    "00000000000" + (log / 2),
                    rule: "rule" + random.Next(3),
                    written: random.OneIn(10) ? null : Joined.Start.AddSeconds(times[log] + 3));
                for (var i = random.Next(20); i > 0; i--)
                {
                    var tuple = Joined.Tuple(
                        times[log] - random.Next(60),
                        random.Pick(states),
                        random.Next(flows),
                        random.OneIn(3) ? null : [random.Next(100), random.Next(1000), random.Next(2), random.OneIn(5) ? -1 : random.Next(1000)],
                        random.OneIn(9) ? FlowDirection.Inbound : FlowDirection.Outbound,
                        random.OneIn(9) ? FlowDecision.Deny : FlowDecision.Allow);
                    records.Add(new FlowRecord(in tuple, group));
                }
            }
        }

        return records;
    }
}
