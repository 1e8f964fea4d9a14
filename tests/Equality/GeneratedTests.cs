using System;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Network;
using NsgFlow.Samples;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.EqualityTests;

/// <summary>Hours of generated traffic whose numbers are known from its making.</summary>
public sealed class GeneratedTests
{
    public static TheoryData<FlowSampleFormat, int> Samples => new() { { FlowSampleFormat.Nsg2, 1 }, { FlowSampleFormat.VNet4, 2 }, { FlowSampleFormat.Nsg1, 3 } };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Bytes_and_denied_flows_are_those_of_the_logs_and_flows_those_that_begin_in_them(FlowSampleFormat format, int seed)
    {
        var generator = new FlowSampleGenerator(new FlowSampleOptions { Format = format, Seed = seed, Hours = 2, Nic = 3, TuplesPerMinute = 40 });
        var blobs = generator.Generate().Select(static blob => ($"{blob.Container}/{blob.Name}", blob.ToArray())).ToList();
        var truth = generator.Truth;
        using var twofold = new Twofold(blobs, SampleWorld.Create(), NetworkMap.Default);

        var (local, remote) = twofold.Rows(new TrafficQuery { Raw = true }, Numbers);
        Assert.Equal($"{truth.Flows} {truth.DeniedTuples} {truth.BytesSent} {truth.BytesReceived} {truth.PacketsSent} {truth.PacketsReceived}", Assert.Single(local));
        Assert.Equal($"{truth.Flows - truth.HeadlessSessions} {truth.DeniedTuples} {truth.BytesSent} {truth.BytesReceived} {truth.PacketsSent} {truth.PacketsReceived}", Assert.Single(remote));

        // Both ends of some flows are logged: each counts once.
        Assert.True(truth.DuplicatedTuples > 0);
        (local, remote) = twofold.Rows(new TrafficQuery(), Sums);
        Assert.Equal(local, remote);
        Assert.EndsWith($" {truth.BytesSent - truth.DuplicatedBytesSent} {truth.BytesReceived - truth.DuplicatedBytesReceived}", remote[0], StringComparison.Ordinal);
        foreach (var field in new[] { "Conversation", "SourceAddress", "DestinationPort", "Rule", "Direction", "MacAddress", "Protocol", "DestinationAddress/16", "Hour", "Nsg", "Service" })
        {
            foreach (var raw in new[] { false, true })
            {
                (local, remote) = twofold.Rows(new TrafficQuery { By = TrafficKey.Parse([field]), Raw = raw }, Sums);
                Assert.Equal(local.Order(StringComparer.Ordinal), remote.Order(StringComparer.Ordinal));
            }
        }

        // Flows of a stretch of its own: what began before it is no part of it in either, since what goes on is told by its source port here only.
        var denied = new TrafficQuery { By = TrafficKey.Parse(["SourceAddress", "DestinationPort"]), Filter = new FlowFilter { Decision = [FlowDecision.Deny] }, Top = 10 };
        twofold.AssertSame(denied, "denied");
    }

    private static string Numbers(TrafficMeasure row) => $"{row.Flows} {row.Denied} {row.BytesSent ?? 0} {row.BytesReceived ?? 0} {row.PacketsSent ?? 0} {row.PacketsReceived ?? 0}";

    /// <summary>What does not hang on where a flow began.</summary>
    private static string Sums(TrafficMeasure row) => $"{string.Join(' ', row.KeyValues)} {row.Denied} {row.BytesSent ?? 0} {row.BytesReceived ?? 0}";
}
