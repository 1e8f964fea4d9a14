using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Measuring;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>The summary against the truth of generated traffic, and against the groupings its lists stand for.</summary>
public class SummaryMeasureTests
{
    [Theory]
    [MemberData(nameof(GeneratedMeasureTests.Cases), MemberType = typeof(GeneratedMeasureTests))]
    public void The_summary_is_the_truth(FlowSampleFormat format, FlowSampleScenario scenario, int nics)
    {
        var measured = GeneratedMeasureTests.Generated(GeneratedMeasureTests.Options(format, scenario, nics, seed: 40 + nics, tuples: 60), out var truth, isNamed: true);
        var raw = Summary(measured, raw: true);
        Assert.Equal((truth.Flows, truth.DeniedTuples, truth.Tuples), (raw.Flows, raw.Denied, raw.Tuples));
        Assert.Equal((truth.BytesSent, truth.BytesReceived), (raw.BytesSent ?? 0, raw.BytesReceived ?? 0));
        Assert.Equal((truth.FirstTime, truth.LastTime), (raw.FirstSeen, raw.LastSeen));
        Assert.Equal((truth.Entries, truth.Blobs), (raw.Entries!.Value, raw.Blobs!.Value));
        Assert.Equal(truth.MacAddresses.Order(), raw.MacAddress.Order());

        var once = Summary(measured, raw: false);
        Assert.Equal((truth.Flows - truth.DuplicatedFlows, truth.DuplicatedTuples), (once.Flows, once.MergedTuples));
        Assert.Equal(truth.BytesSent - truth.DuplicatedBytesSent, once.BytesSent ?? 0);
        Assert.Equal(once.Flows, once.Inbound + once.Outbound);
        Assert.Equal(once.Flows, once.Allowed + once.Denied);
        foreach (var list in new[] { once.FlowType, once.Hour, once.TopConversation, once.TopTalker, once.TopPort })
        {
            Assert.Equal(once.Flows, list.Sum(r => r.Flows));
            Assert.Equal(once.Bytes ?? 0, list.Sum(r => r.Bytes) ?? 0);
        }

        Assert.Equal(once.Denied, once.TopDeniedSource.Sum(r => r.Denied));
        var size = once.Bytes is null ? TrafficOrder.Flows : TrafficOrder.Bytes;
        AssertList(measured, once.TopConversation, "Conversation", size);
        AssertList(measured, once.TopTalker, "SourceAddress", size);
        AssertList(measured, once.TopPort, "DestinationPort Protocol", TrafficOrder.Flows);
        AssertList(measured, once.TopRule, "Nsg Rule RuleKind", TrafficOrder.Flows);
    }

    [Theory]
    [InlineData("10.0.0.5", true, 1, 1)]
    [InlineData("52.1.1.1", true, 2, 2)]
    [InlineData("52.1.1.1", false, 2, 2)]
    [InlineData("10.0.0.5", true, 2, 0)]
    public void The_summary_merges_as_groupings_do(string destination, bool isNamed, int flows, int nics)
    {
        // nics 0: one interface by name, at which nothing can be captured twice.
        var measured = new Measured();
        var both = new[] { ("000D3AF87856", "O"), ("000D3AF87857", "I") };
        for (var i = 0; i < 2; i++)
        {
            var (mac, direction) = nics == 0 ? (both[0].Item1, both[i].Item2) : both[i];
            var log = CountingTests.Entry(1 + i, ("r", [$"1542110400,10.0.0.4,{destination},1000,443,T,{direction},A,B,,,,"])).Replace("000D3AF87856", mac);
            measured.Add(
                (nics == 0 ? "copy" + i + "/" : "")
                    + "resourceId=/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG/y=2018/m=11/d=13/h=12/m=00/macAddress=" + mac + "/PT1H.json",
                Encoding.UTF8.GetBytes(log),
                isNamed);
        }

        var grouped = measured.Measures(Measured.Query("Protocol")).Single();
        var summary = Summary(measured, raw: false);
        Assert.Equal((flows, 2 - flows), ((int)grouped.Flows, (int)grouped.MergedTuples!.Value));
        Assert.Equal((flows, 2 - flows), ((int)summary.Flows, (int)summary.MergedTuples!.Value));
    }

    [Fact]
    public void Rows_of_a_summary_tell_what_was_merged_into_them()
    {
        var measured = GeneratedMeasureTests.Generated(GeneratedMeasureTests.Options(FlowSampleFormat.Nsg2, FlowSampleScenario.Conversation, nics: 2, seed: 1, tuples: 20), out var truth, isNamed: true);
        var summary = Summary(measured, raw: false);
        Assert.Equal(truth.DuplicatedTuples, summary.MergedTuples);
        foreach (var list in new[] { summary.TopConversation, summary.TopTalker, summary.TopPort, summary.FlowType, summary.Hour })
            Assert.Equal(truth.DuplicatedTuples, list.Sum(r => r.MergedTuples));
    }

    [Fact]
    public void A_summary_of_nothing_is_empty()
    {
        using var measurement = new TrafficMeasurement(Measured.Query(), isSummary: true);
        var summary = measurement.Summary(CancellationToken.None);
        Assert.Equal((0L, 0L, 0L), (summary.Flows, summary.Tuples, summary.MergedTuples));
        Assert.Null(summary.Bytes);
        Assert.Null(summary.BusiestHour);
        Assert.Null(summary.FirstSeen);
        Assert.Null(summary.RecordedPercent);
        Assert.Empty(summary.TopConversation);
    }

    internal static TrafficSummary Summary(Measured measured, bool raw)
    {
        using var measurement = new TrafficMeasurement(Measured.Query(raw: raw), isSummary: true);
        foreach (var news in measurement.Read(measured.Blobs, CancellationToken.None))
            Assert.Null(news.Failure);
        return measurement.Summary(CancellationToken.None);
    }

    /// <summary>The list is the grouping's first ten and the rest. Trends have other pieces.</summary>
    private static void AssertList(Measured measured, IReadOnlyList<TrafficMeasure> list, string by, TrafficOrder order)
    {
        var rows = measured.Measures(new TrafficQuery { By = TrafficKey.Parse(by.Split(' ')), OrderBy = order, Top = 10 });
        RowText.AssertSame(rows.ConvertAll(Text), list.Select(Text).ToList(), by);

        // Merged tuples are a test of their own.
        static string Text(TrafficMeasure row)
        {
            var line = RowText.Of(row).Replace(" merged " + row.MergedTuples!.Value.ToString(CultureInfo.InvariantCulture) + " ", " ");
            return line.Substring(0, line.LastIndexOf('|'));
        }
    }

    [Fact]
    public void A_list_of_denied_sources_without_a_denied_flow_is_empty()
    {
        using var measurement = new TrafficMeasurement(new TrafficQuery(), isSummary: true);
        foreach (var record in new Measured().Add("a", Texts.Nsg(2, Texts.Good(1), Texts.Good(2))).Records())
            measurement.Add(record);
        var summary = measurement.Summary(System.Threading.CancellationToken.None);
        Assert.Equal(2, summary.Flows);
        Assert.Empty(summary.TopDeniedSource);
        Assert.Single(summary.TopTalker);
    }
}
