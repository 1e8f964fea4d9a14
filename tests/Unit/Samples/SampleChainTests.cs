using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.Unit.Samples;

/// <summary>Sessions have the shape they have in real logs.</summary>
public sealed class SampleChainTests
{
    [Theory]
    [InlineData(FlowSampleFormat.Nsg2, FlowSampleScenario.Mixed)]
    [InlineData(FlowSampleFormat.VNet4, FlowSampleScenario.Mixed)]
    [InlineData(FlowSampleFormat.Nsg2, FlowSampleScenario.Aks)]
    [InlineData(FlowSampleFormat.VNet4, FlowSampleScenario.Conversation)]
    public void Updates_come_every_five_minutes_and_the_end_comes_last(FlowSampleFormat format, FlowSampleScenario scenario)
    {
        var chains = Sample(format, scenario).Chains().ToList();
        foreach (var chain in chains)
        {
            for (var i = 0; i < chain.Count; i++)
            {
                var tuple = chain[i];
                Assert.True(tuple.State != "B" || i == 0);
                Assert.True(tuple.State != "E" || i == chain.Count - 1);
                if (i == 0)
                {
                    continue;
                }

                var gap = tuple.Milliseconds - chain[i - 1].Milliseconds;
                if (tuple.State == "C")
                {
                    Assert.Equal(300_000, gap);
                }
                else
                {
                    Assert.InRange(gap, 0, 300_000);
                }
            }
        }

        Assert.Contains(chains, c => c[0].State == "B" && c.Count > 3 && c[^1].State == "E");
        Assert.Contains(chains, c => c[0].State == "C");
        Assert.Contains(chains, c => c[0].State == "E");
        Assert.Contains(chains, c => c[^1].State == "C");
        Assert.Contains(chains, c => c.Select(t => t.Blob).Distinct().Count() > 1);
    }

    [Fact]
    public void Nsg_logs_leave_counters_blank_and_own_inbound_rules_stateless()
    {
        var sample = Sample(FlowSampleFormat.Nsg2, FlowSampleScenario.Mixed);
        Assert.All(sample.Tuples, t => Assert.Equal(t.State is "B" or "D", t.Fields.Skip(9).All(f => f.Length == 0)));
        Assert.All(sample.Tuples.Where(t => t.Denied), t => Assert.Equal("B", t.Fields[8]));
        var own = sample.Tuples
            .Where(t => !t.Denied && t.Direction == "I" && t.Rule.StartsWith("UserRule_", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, t => Assert.Equal("B", t.State));
    }

    [Fact]
    public void Vnet_logs_write_zeros_encryption_and_platform_rules()
    {
        var sample = Sample(FlowSampleFormat.VNet4, FlowSampleScenario.Mixed);
        Assert.All(sample.Tuples.Where(t => t.State is "B" or "D"), t => Assert.Equal(["0", "0", "0", "0"], t.Fields.Skip(9)));
        Assert.Equal(["NX", "X"], sample.Tuples.Select(t => t.Fields[8]).Distinct().Order());
        Assert.Equal(["17", "6"], sample.Tuples.Select(t => t.Fields[5]).Distinct().Order());
        foreach (var tuple in sample.Tuples)
        {
            Assert.Equal(tuple.Rule == "PlatformRule", tuple.Acl == "00000000-0000-0000-0000-000000000000");
            Assert.Equal(tuple.Rule == "PlatformRule", tuple.FiveTuple.Contains("168.63.129.16", StringComparison.Ordinal));
        }

        Assert.Contains(sample.Tuples, t => t.Acl.EndsWith("/networkSecurityGroups/aks-agentpool-12345678-nsg", StringComparison.Ordinal));
        Assert.Contains(sample.Tuples, t => t.Rule.StartsWith("UserRule_k8s", StringComparison.Ordinal) && t.State == "E");
    }

    [Theory]
    [InlineData(FlowSampleFormat.Nsg1)]
    [InlineData(FlowSampleFormat.Nsg2)]
    [InlineData(FlowSampleFormat.VNet4)]
    public void Both_ends_log_the_same(FlowSampleFormat format)
    {
        var sample = Sample(format, FlowSampleScenario.Conversation);
        var local = sample.Tuples.Where(t => t.Direction == "O").Select(t => (t.Fields[1], t.Mac))
            .Distinct().ToDictionary(p => p.Item1, p => p.Mac);
        var shared = sample.Tuples.Where(t => local.ContainsKey(t.Fields[1]) && local.ContainsKey(t.Fields[2])).ToList();
        var sent = shared.Where(t => t.Direction == "O").ToList();
        var received = shared.Where(t => t.Direction == "I").ToList();
        Assert.NotEmpty(sent);
        Assert.Equal(Texts(sent), Texts(received));
        Assert.All(sent, t => Assert.Equal(local[t.Fields[1]], t.Mac));
        Assert.All(received, t => Assert.Equal(local[t.Fields[2]], t.Mac));

        static IEnumerable<string> Texts(IEnumerable<ReadTuple> tuples) =>
            tuples.Select(t => string.Join(",", t.Fields.Where((_, i) => i != 6))).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(FlowSampleFormat.Nsg1)]
    [InlineData(FlowSampleFormat.Nsg2)]
    [InlineData(FlowSampleFormat.VNet4)]
    public void Entries_follow_their_tuples_by_seconds_to_a_minute(FlowSampleFormat format)
    {
        var sample = Sample(format, FlowSampleScenario.Mixed);
        foreach (var tuple in sample.Tuples)
        {
            var lag = (tuple.EntryTime - DateTime.UnixEpoch).TotalMilliseconds - tuple.Milliseconds;
            Assert.InRange(lag, 1_700, 64_000);
            Assert.Contains(FormattableString.Invariant($"/h={tuple.EntryTime:HH}/"), tuple.Blob, StringComparison.Ordinal);
        }

        // As in real logs, an hour's first entry has tuples of the hour before.
        Assert.Contains(sample.Tuples, t => t.EntryTime.Hour != DateTime.UnixEpoch.AddMilliseconds(t.Milliseconds).Hour);

        // Within a rule of an entry, tuples are in order of time.
        foreach (var list in sample.Tuples.GroupBy(t => (t.Mac, t.EntryTime, t.Rule)))
        {
            Assert.Equal(list.OrderBy(t => t.Milliseconds), list);
        }
    }

    [Fact]
    public void Quiet_machines_have_minutes_without_an_entry()
    {
        var sample = new SampleData(new FlowSampleOptions { Scenario = FlowSampleScenario.Quiet, TuplesPerMinute = 5, Hours = 2, Nic = 2 });
        Assert.InRange(sample.Entries, 1, (2 * 120) - 40);
    }

    [Fact]
    public void A_mixed_sample_has_something_of_everything()
    {
        var sample = new SampleData(new FlowSampleOptions { Hours = 2 });
        var ports = sample.Tuples.Select(t => t.Fields[4]).ToHashSet();
        Assert.Superset(new HashSet<string> { "443", "80", "53", "123", "22", "3389", "6443", "10250" }, ports);
        var rules = sample.Tuples.Select(t => t.Rule).ToHashSet();
        Assert.Contains("DefaultRule_DenyAllInBound", rules);
        Assert.Contains("UserRule_DenyRdpFromInternet", rules);
        Assert.Contains("UserRule_DenySmtpOutBound", rules);
        Assert.Contains("DefaultRule_AllowAzureLoadBalancerInBound", rules);
        Assert.Contains(sample.Tuples, t => t.Fields[2].StartsWith("2001:db8:", StringComparison.Ordinal));
        Assert.Contains(sample.Tuples, t => t.State == "C" && t.Counters.All(c => c == 0));
    }

    [Fact]
    public void Some_counters_need_more_than_32_bits()
    {
        var sample = new SampleData(new FlowSampleOptions { Hours = 3, TuplesPerMinute = 1000, Scenario = FlowSampleScenario.Aks });
        Assert.Contains(sample.Tuples, t => t.Counters[3] > uint.MaxValue);
    }

    private static SampleData Sample(FlowSampleFormat format, FlowSampleScenario scenario) =>
        new(new FlowSampleOptions { Format = format, Scenario = scenario, Hours = 3, Nic = 3, Seed = 42 });
}
