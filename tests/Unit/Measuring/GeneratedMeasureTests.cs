using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NsgFlow.Measuring;
using NsgFlow.Samples;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>Measurements of generated traffic, of which the truth is known, and against the naive oracle.</summary>
public class GeneratedMeasureTests
{
    public static TheoryData<FlowSampleFormat, FlowSampleScenario, int> Cases()
    {
        var data = new TheoryData<FlowSampleFormat, FlowSampleScenario, int>();
        foreach (var format in Enum.GetValues<FlowSampleFormat>())
        {
            foreach (var scenario in Enum.GetValues<FlowSampleScenario>())
            {
                for (var nics = 1; nics <= 3; nics++)
                    data.Add(format, scenario, nics);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sums_are_the_truth(FlowSampleFormat format, FlowSampleScenario scenario, int nics)
    {
        for (var seed = 1; seed <= Math.Max(1, Scale.Of(3)); seed++)
        {
            var measured = Generated(Options(format, scenario, nics, seed, tuples: 100), out var truth, isNamed: seed % 2 == 1);
            var raw = Sums.Of(measured, raw: true);
            Assert.Equal(truth.Flows, raw.Flows);
            Assert.Equal(truth.DeniedTuples, raw.Denied);
            Assert.Equal(truth.Tuples, raw.Tuples);
            Assert.Equal(0, raw.MergedTuples);
            Assert.Equal(truth.BytesSent, raw.BytesSent);
            Assert.Equal(truth.BytesReceived, raw.BytesReceived);
            Assert.Equal(truth.PacketsSent, raw.PacketsSent);
            Assert.Equal(truth.PacketsReceived, raw.PacketsReceived);
            Assert.Equal(truth.FirstTime, raw.FirstSeen);
            Assert.Equal(truth.LastTime, raw.LastSeen);

            var once = Sums.Of(measured, raw: false);
            Assert.Equal(truth.DuplicatedTuples, once.MergedTuples);
            Assert.Equal(truth.Tuples - truth.DuplicatedTuples, once.Tuples);
            Assert.Equal(truth.Flows - truth.DuplicatedFlows, once.Flows);
            Assert.Equal(truth.BytesSent - truth.DuplicatedBytesSent, once.BytesSent);
            Assert.Equal(truth.BytesReceived - truth.DuplicatedBytesReceived, once.BytesReceived);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_are_those_of_the_oracle(FlowSampleFormat format, FlowSampleScenario scenario, int nics)
    {
        var measured = Generated(Options(format, scenario, nics, seed: 20 + nics, tuples: 8), out _, isNamed: true);
        var names = nics == 1 ? OracleNames.OneInterface : OracleNames.Untold;
        measured.AssertOracle(Measured.Query("Conversation", TrafficOrder.Bytes), "Conversation", names);
        measured.AssertOracle(Measured.Query("SourceAddress/24 Hour"), "SourceAddress/24 Hour", names);
        measured.AssertOracle(Measured.Query("Rule RuleKind MacAddress Direction"), "Rule", names);
        measured.AssertOracle(Measured.Query("DestinationPort Protocol", raw: true), "raw", names);
        measured.AssertOracle(new TrafficQuery { By = TrafficKey.Parse(["Service"]), Bucket = TimeSpan.FromMinutes(15), Top = 4, OrderBy = TrafficOrder.Packets }, "buckets", names);
        measured.AssertOracle(
            new TrafficQuery { By = TrafficKey.Parse(["DestinationAddress"]), OrderBy = TrafficOrder.Sources, Distinct = TrafficDistinct.Ports, Top = 10 },
            "distinct",
            names);
    }

    [Theory]
    [InlineData(FlowSampleScenario.Mixed, true)]
    [InlineData(FlowSampleScenario.Mixed, false)]
    [InlineData(FlowSampleScenario.Conversation, true)]
    [InlineData(FlowSampleScenario.Aks, false)]
    public void What_an_NSG_and_a_VNet_log_both_have_counts_once(FlowSampleScenario scenario, bool isNamed)
    {
        var options = Options(FlowSampleFormat.VNet4, scenario, nics: 3, seed: 5, tuples: 60);
        var vnet = Generated(options, out var truth, isNamed);
        var both = Generated(options, out _, isNamed);
        foreach (var blob in new FlowSampleGenerator(options).Generate())
        {
            var name = Regex.Replace(
                blob.Name,
                "^.*/y=",
                "resourceId=/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG/y=");
            both.Add(isNamed ? name : "nsg" + both.Blobs.Count, NsgLogs.OfVnetLog(blob.ToArray()), isNamed);
        }

        var alone = Sums.Of(vnet, raw: false);
        var together = Sums.Of(both, raw: false);
        Assert.Equal(alone.Flows, together.Flows);
        Assert.Equal(alone.Tuples, together.Tuples);
        Assert.Equal(alone.Bytes, together.Bytes);
        Assert.Equal(alone.FirstSeen, together.FirstSeen);
        Assert.Equal(truth.Tuples + truth.DuplicatedTuples, together.MergedTuples);
        var raw = Sums.Of(both, raw: true);
        Assert.Equal(2 * truth.Flows, raw.Flows);
        Assert.Equal(2 * truth.BytesSent, raw.BytesSent);

        both.AssertOracle(Measured.Query("SourceAddress Service", TrafficOrder.Bytes), "both");
        both.AssertOracle(Measured.Query("FormatVersion Direction"), "both, told apart");
    }

    internal static FlowSampleOptions Options(FlowSampleFormat format, FlowSampleScenario scenario, int nics, int seed, int tuples) =>
        new() { Format = format, Scenario = scenario, Nic = nics, Seed = seed, TuplesPerMinute = tuples, Hours = 2 };

    internal static Measured Generated(FlowSampleOptions options, out FlowSampleTruth truth, bool isNamed)
    {
        var generator = new FlowSampleGenerator(options);
        var measured = new Measured();
        foreach (var blob in generator.Generate())
            measured.Add(isNamed ? blob.Name : "file" + measured.Blobs.Count, blob.ToArray(), isNamed);
        truth = generator.Truth;
        return measured;
    }

    /// <summary>Rows by protocol added up: the protocol is the same at both ends, so this is the sum of all.</summary>
    private sealed class Sums(List<TrafficMeasure> rows)
    {
        public long Flows => rows.Sum(r => r.Flows);

        public long Denied => rows.Sum(r => r.Denied);

        public long Tuples => rows.Sum(r => r.Tuples!.Value);

        public long MergedTuples => rows.Sum(r => r.MergedTuples!.Value);

        public long Bytes => rows.Sum(r => r.Bytes) ?? 0;

        public long BytesSent => rows.Sum(r => r.BytesSent) ?? 0;

        public long BytesReceived => rows.Sum(r => r.BytesReceived) ?? 0;

        public long PacketsSent => rows.Sum(r => r.PacketsSent) ?? 0;

        public long PacketsReceived => rows.Sum(r => r.PacketsReceived) ?? 0;

        public DateTime? FirstSeen => rows.Min(r => r.FirstSeen);

        public DateTime? LastSeen => rows.Max(r => r.LastSeen);

        public static Sums Of(Measured measured, bool raw) => new(measured.Measures(Measured.Query("Protocol", raw: raw)));
    }
}
