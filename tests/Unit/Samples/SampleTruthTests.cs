using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.Unit.Samples;

/// <summary>The truth against an independent count of what was written.</summary>
public sealed class SampleTruthTests
{
    public static TheoryData<FlowSampleFormat, FlowSampleScenario, int> Cases()
    {
        var data = new TheoryData<FlowSampleFormat, FlowSampleScenario, int>();
        foreach (var format in Enum.GetValues<FlowSampleFormat>())
        {
            foreach (var scenario in Enum.GetValues<FlowSampleScenario>())
            {
                data.Add(format, scenario, 1);
                data.Add(format, scenario, 2);
                data.Add(format, scenario, 3);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Truth_is_what_a_simple_reader_counts(FlowSampleFormat format, FlowSampleScenario scenario, int nics)
    {
        var sample = Sample(format, scenario, nics, seed: 7 + nics);
        var truth = sample.Truth;
        var tuples = sample.Tuples;

        Assert.Equal(sample.Blobs.Count, truth.Blobs);
        Assert.Equal(sample.Blobs.Sum(b => b.Length), truth.BytesWritten);
        Assert.Equal(sample.Entries, truth.Entries);
        Assert.Equal(tuples.Count, truth.Tuples);
        Assert.Equal(tuples.Count(t => t.Denied), truth.DeniedTuples);
        Assert.Equal(tuples.Count(t => !t.Denied), truth.AllowedTuples);
        Assert.Equal(tuples.Count(t => t.State == "B"), truth.BeginTuples);
        Assert.Equal(tuples.Count(t => t.State == "C"), truth.ContinueTuples);
        Assert.Equal(tuples.Count(t => t.State == "E"), truth.EndTuples);
        Assert.Equal(tuples.Sum(t => t.Counters[0]), truth.PacketsSent);
        Assert.Equal(tuples.Sum(t => t.Counters[1]), truth.BytesSent);
        Assert.Equal(tuples.Sum(t => t.Counters[2]), truth.PacketsReceived);
        Assert.Equal(tuples.Sum(t => t.Counters[3]), truth.BytesReceived);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(tuples.Min(t => t.Milliseconds)), truth.FirstTime);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(tuples.Max(t => t.Milliseconds)), truth.LastTime);
        Assert.Equal(sample.Tuples.Select(t => t.Mac).Distinct().Order(), truth.MacAddresses.Order());

        // By the rule of lines: begins and denials, and once for each five-tuple of an interface that has lines but no begin.
        var headless = 0;
        if (format != FlowSampleFormat.Nsg1)
        {
            var begun = tuples.Where(t => t.State == "B").Select(t => (t.Mac, t.FiveTuple)).ToHashSet();
            headless = tuples.Where(t => t.State is "C" or "E").Select(t => (t.Mac, t.FiveTuple)).Distinct().Count(k => !begun.Contains(k));
        }

        Assert.Equal(headless, truth.HeadlessSessions);
        Assert.Equal(
            format == FlowSampleFormat.Nsg1 ? tuples.Count : tuples.Count(t => t.State is "B" or "D") + headless,
            truth.Flows);

        // By the rule of chains.
        Assert.Equal(sample.Chains().Count(), truth.Sessions);
        Assert.Equal(truth.Flows, truth.Sessions + truth.DeniedTuples);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Second_copies_are_counted_as_such(FlowSampleFormat format, FlowSampleScenario scenario, int nics)
    {
        var sample = Sample(format, scenario, nics, seed: 70 + nics);
        var outbound = new Dictionary<string, int>();
        foreach (var text in sample.Tuples.Where(t => t.Direction == "O").Select(WithoutDirection))
        {
            outbound[text] = outbound.GetValueOrDefault(text) + 1;
        }

        var copies = new List<ReadTuple>();
        foreach (var tuple in sample.Tuples.Where(t => t.Direction == "I"))
        {
            if (outbound.TryGetValue(WithoutDirection(tuple), out var left) && left > 0)
            {
                outbound[WithoutDirection(tuple)] = left - 1;
                copies.Add(tuple);
            }
        }

        Assert.Equal(copies.Count, sample.Truth.DuplicatedTuples);
        Assert.Equal(copies.Sum(t => t.Counters[1]), sample.Truth.DuplicatedBytesSent);
        Assert.Equal(copies.Sum(t => t.Counters[3]), sample.Truth.DuplicatedBytesReceived);
        var first = copies.Where(t => t.State is "B" or "").Count();
        var begun = copies.Where(t => t.State == "B").Select(t => t.FiveTuple).ToHashSet();
        var headless = copies.Where(t => t.State is "C" or "E").Select(t => t.FiveTuple).Distinct().Count(f => !begun.Contains(f));
        Assert.Equal(first + headless, sample.Truth.DuplicatedFlows);
        var hasPairs = scenario is FlowSampleScenario.Mixed or FlowSampleScenario.Aks or FlowSampleScenario.Conversation;
        Assert.Equal(hasPairs && nics > 1, copies.Count > 0);
    }

    [Theory]
    [InlineData(FlowSampleFormat.Nsg1)]
    [InlineData(FlowSampleFormat.Nsg2)]
    [InlineData(FlowSampleFormat.VNet4)]
    public void Tuples_a_minute_are_about_as_many_as_asked_for(FlowSampleFormat format)
    {
        foreach (var scenario in Enum.GetValues<FlowSampleScenario>())
        {
            var options = new FlowSampleOptions { Nic = 2, Hours = 2, TuplesPerMinute = 200, Format = format, Scenario = scenario };
            var truth = new SampleData(options).Truth;

            // Bursts of one minute in six leave a wide margin for luck.
            var margin = scenario == FlowSampleScenario.Quiet ? 0.5 : 0.1;
            Assert.InRange(truth.Tuples / (2 * 120 * 200.0), 1 - margin, 1 + margin);
        }
    }

    [Fact]
    public void Truth_is_zero_before_anything_is_made()
    {
        var truth = new FlowSampleGenerator(new FlowSampleOptions()).Truth;
        Assert.Equal(0, truth.Tuples);
        Assert.Null(truth.FirstTime);
        Assert.Null(truth.LastTime);
        Assert.Null(truth.Path);
    }

    private static SampleData Sample(FlowSampleFormat format, FlowSampleScenario scenario, int nics, int seed) =>
        new(new FlowSampleOptions { Seed = seed, Nic = nics, Format = format, Scenario = scenario, TuplesPerMinute = 60 });

    private static string WithoutDirection(ReadTuple tuple) =>
        string.Join(",", tuple.Fields.Where((_, i) => i != 6));
}
