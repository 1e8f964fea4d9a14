using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Measuring;
using NsgFlow.Network;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>Measurements of the real files against the naive oracle.</summary>
public class SampleMeasureTests
{
    private static readonly string[] _groupings =
    [
        "SourceAddress", "DestinationAddress/24", "SourceAddress/8 DestinationAddress/64", "Conversation", "Rule RuleKind Nsg AclId", "MacAddress Direction",
        "TargetResourceId Hour", "HourOfDay DayOfWeek Day", "Service Decision", "State Encryption FormatVersion", "Blob Direction", "FlowType ThreatType",
        "SourceAddress/0 SourcePort", "DestinationAddress/48 Hour Protocol", "SourceServiceTag DestinationServiceTag Location", "Hour SourceAddress/16",
    ];

    public static TheoryData<string> Files()
    {
        var data = new TheoryData<string>();
        foreach (object[] tally in SampleTallyTests.Tallies())
            data.Add((string)tally[0]);
        return data;
    }

    [SamplesTheory]
    [MemberData(nameof(Files))]
    public void Every_grouping_gives_what_the_oracle_gives(string file)
    {
        var measured = Of(file);
        var map = Map();
        foreach (var raw in new[] { false, true })
        {
            foreach (var by in _groupings.Concat(TrafficField.All.Select(f => f.Name)))
                measured.AssertOracle(With(Measured.Query(by, raw: raw), map), $"{file} by {by}, raw {raw}");
        }
    }

    [SamplesTheory]
    [MemberData(nameof(Files))]
    public void Without_a_field_the_sum_of_all_is_given(string file)
    {
        Of(file).AssertOracle(Measured.Query(), file);
        Of(file).AssertOracle(Measured.Query(raw: true), file + ", raw");
    }

    [SamplesTheory]
    [MemberData(nameof(Files))]
    public void Every_order_gives_what_the_oracle_gives(string file)
    {
        var measured = Of(file);
        foreach (var order in Enum.GetValues<TrafficOrder>())
        {
            foreach (var by in new[] { "SourceAddress", "DestinationPort Protocol", "Rule" })
            {
                measured.AssertOracle(
                    new TrafficQuery
                    {
                        By = TrafficKey.Parse(by.Split(' ')),
                        OrderBy = order,
                        Top = 3,
                        MinFlows = order == TrafficOrder.Bytes ? 2 : 0,
                        MinBytes = order == TrafficOrder.Flows ? 100 : 0,
                        Distinct = order == TrafficOrder.Flows ? TrafficDistinct.Sources | TrafficDistinct.Destinations | TrafficDistinct.Ports : TrafficDistinct.None,
                    },
                    $"{file} by {by}, ordered by {order}");
            }
        }
    }

    [SamplesTheory]
    [MemberData(nameof(Files))]
    public void Time_buckets_give_what_the_oracle_gives(string file)
    {
        var measured = Of(file);
        foreach (var minutes in new[] { 1, 5, 60, 7 * 60 })
        {
            foreach (var by in new[] { "", "Decision", "DestinationPort", "Hour Direction" })
            {
                measured.AssertOracle(
                    new TrafficQuery
                    {
                        By = TrafficKey.Parse(by.Split([' '], StringSplitOptions.RemoveEmptyEntries)),
                        Bucket = TimeSpan.FromMinutes(minutes),
                        OrderBy = minutes == 5 ? TrafficOrder.Bytes : TrafficOrder.Flows,
                        Distinct = minutes == 60 ? TrafficDistinct.Sources | TrafficDistinct.Ports : TrafficDistinct.None,
                        Top = minutes == 1 ? 2 : null,
                    },
                    $"{file} by {by}, buckets of {minutes} minutes");
            }
        }
    }

    [SamplesFact]
    public void All_files_together_give_what_the_oracle_gives()
    {
        var measured = new Measured();
        foreach (var file in Files())
            measured.Add(file, SharedSamples.Read(file), isNamed: false);
        foreach (var by in _groupings)
            measured.AssertOracle(With(Measured.Query(by, TrafficOrder.Bytes), Map()), "all files by " + by);
    }

    [SamplesTheory]
    [MemberData(nameof(SampleTallyTests.Tallies), MemberType = typeof(SampleTallyTests))]
    public void Raw_sums_are_the_published_tallies(string file, string sizes, string tally)
    {
        var rows = Of(file).Measures(Measured.Query("Protocol", raw: true));
        Assert.Equal(sizes.Split(' ')[3], rows.Sum(r => r.Tuples!.Value).ToString(CultureInfo.InvariantCulture));
        var sums = tally.Split('|').Last().Trim();
        Assert.Equal(sums, FormattableString.Invariant($"{Sum(r => r.PacketsSent)} {Sum(r => r.BytesSent)} {Sum(r => r.PacketsReceived)} {Sum(r => r.BytesReceived)}"));
        Assert.All(rows, r => Assert.Equal(0, r.MergedTuples));
        if (file.StartsWith("nsg_v1", StringComparison.Ordinal))
        {
            Assert.All(rows, r => Assert.Null(r.Bytes));
            Assert.Equal(897, rows.Sum(r => r.Flows));
            Assert.Equal(22, rows.Sum(r => r.Denied));
        }

        long Sum(Func<TrafficMeasure, long?> counter) => rows.Sum(counter) ?? 0;
    }

    [SamplesTheory]
    [MemberData(nameof(Files))]
    public void A_file_of_a_folder_is_read_as_one_in_memory(string file)
    {
        var measured = Of(file);
        var folder = new FolderStore([Path.Combine(SharedSamples.Folder!, file)]);
        using var measurement = new TrafficMeasurement(Measured.Query("SourceAddress Rule"));
        foreach (var news in measurement.Read([.. folder.List(FlowBlobQuery.Everything, CancellationToken.None)], CancellationToken.None))
            Assert.Null(news.Failure);
        RowText.AssertSame(measured.Rows(Measured.Query("SourceAddress Rule")), measurement.Rows(CancellationToken.None).Select(RowText.Of).ToList(), file);
    }

    private static Measured Of(string file) => new Measured().Add(file, SharedSamples.Read(file), isNamed: false);

    private static TrafficQuery With(TrafficQuery query, NetworkMap map) => new() { By = query.By, OrderBy = query.OrderBy, Raw = query.Raw, Network = map };

    /// <summary>Something is known of some of the samples' addresses.</summary>
    private static NetworkMap Map()
    {
        const string Inventory =
            """
            {"virtualNetworks":[{"name":"hub","location":"westeurope","addressPrefixes":["10.0.0.0/16"],"subnets":[{"name":"apps","addressPrefixes":["10.0.0.0/24"]}]},
            {"name":"spoke","location":"eastus","addressPrefixes":["10.0.0.0/8","172.16.0.0/12","192.168.0.0/16"]}],
            "networkInterfaces":[{"name":"nic4","addresses":["10.0.0.4"],"location":"WestEurope"}]}
            """;
        const string Tags =
            """
            {"changeNumber":1,"cloud":"Public","values":[
            {"name":"AzureCloud","id":"AzureCloud","properties":{"changeNumber":1,"region":"","platform":"Azure","systemService":"","addressPrefixes":["13.64.0.0/11","20.0.0.0/8","40.64.0.0/10","51.0.0.0/8","52.0.0.0/8"]}},
            {"name":"Storage.EastUS","id":"Storage.EastUS","properties":{"changeNumber":1,"region":"eastus","platform":"Azure","systemService":"AzureStorage","addressPrefixes":["52.224.0.0/11","20.38.0.0/16"]}}]}
            """;
        return new NetworkMapBuilder()
            .Add(NetworkInventory.Parse(Inventory))
            .Add(ServiceTagFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(Tags)), "tags"))
            .Add(ThreatList.Read(new MemoryStream(Encoding.UTF8.GetBytes("185.0.0.0/8\n80.0.0.0/8\n94.0.0.0/8\n45.0.0.0/8\n")), "list"))
            .Build();
    }
}
