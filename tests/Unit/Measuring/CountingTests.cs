using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NsgFlow.Measuring;
using NsgFlow.Network;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>The rules of counting one by one, on small logs written out.</summary>
public class CountingTests
{
    private const string Mac = "000D3AF87856";

    [Theory]
    [InlineData("B E", 1)]
    [InlineData("B C C E", 1)]
    [InlineData("B", 1)]
    [InlineData("C", 1)]
    [InlineData("E", 1)]
    [InlineData("C C E", 1)]
    [InlineData("C E B E", 2)]
    [InlineData("B B E", 2)]
    [InlineData("B E E", 2)]
    [InlineData("B | E", 1)]
    [InlineData("B | C | C E", 1)]
    [InlineData("C | C | E | B", 2)]
    [InlineData("B E | E", 2)]
    [InlineData("B | B E", 2)]
    [InlineData("B | E | E", 2)]
    [InlineData("E | E | E", 3)]
    public void Flows_are_counted_by_their_first_tuple(string chain, int flows) => AssertFlows(chain, flows);

    /// <summary>
    /// The limit that docs/decisions/0011 names: the first flow's End is lost, and of the third its Begin, so that the third is taken for the first.
    /// </summary>
    [Theory]
    [InlineData("B | B E C", 2)]
    [InlineData("C | B E | C", 2)]
    [InlineData("B | B E E", 2)]
    [InlineData("C | B E E", 2)]
    [InlineData("B | B E C E", 2)]
    public void A_log_that_lost_an_End_and_a_later_Begin_counts_one_flow_too_few(string chain, int flows)
    {
        var second = 0;
        var files = new Measured();
        foreach (var entry in chain.Split('|'))
        {
            var tuples = entry.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(s => Tuple(second++, s)).ToArray();
            files.Add("file" + files.Blobs.Count, Entry(files.Blobs.Count + 1, ("r", tuples)));
        }

        Assert.Equal(flows, Flows(files.Measures(Measured.Query("Protocol"))));

        // Records wait until all are there, so nothing escapes them.
        Assert.Equal(flows + 1, Flows(Measured.MeasuresOf(Measured.Query("Protocol"), files.Records())));
    }

    /// <summary>A network on its way from one kind of log to the other: for most of the hour there was the old one only.</summary>
    [Fact]
    public void A_log_that_begins_within_the_hour_hides_no_flow_that_only_the_other_has()
    {
        var old = Enumerable.Range(0, 3).Select(i => $"15421104{10 + i},10.0.0.4,10.0.0.5,{1000 + i},443,T,O,A,E,10,2000000,0,0").ToArray();
        var young = new[] { "1542113700000,10.0.0.4,10.0.0.5,2000,443,6,O,E,NX,1,200,0,0", "1542110412000,10.0.0.4,10.0.0.5,1002,443,6,O,E,NX,10,2000000,0,0" };
        var row = new Measured().Add("nsg", Texts.Nsg(2, old)).Add("vnet", Texts.Vnet(young)).Measures(Measured.Query("Protocol")).Single();
        Assert.Equal(4, row.Flows);
        Assert.Equal(6_000_200, row.Bytes);
        Assert.Equal(1, row.MergedTuples);
    }

    [Fact]
    public void Nothing_to_group_by_gives_the_sum_of_all()
    {
        var row = Assert.Single(new Measured().Add("a", Texts.Nsg(2, Texts.Good(1), Texts.Good(2), Texts.Good(3).Replace("10.0.0.5", "10.0.0.6"))).Measures(Measured.Query()));
        Assert.Equal(3, row.Flows);
        Assert.Equal(594, row.Bytes);
        Assert.Empty(row.KeyNames);
    }

    [Theory]
    [InlineData("B E", 1)]
    [InlineData("E B", 1)]
    [InlineData("E C B", 1)]
    [InlineData("B E B E", 2)]
    [InlineData("E E B B", 2)]
    public void Records_of_the_same_second_are_taken_in_the_order_that_fits(string states, int flows)
    {
        var records = new Measured().Add("a", Texts.Nsg(2, [.. states.Split(' ').Select(s => Tuple(0, s))])).Records();
        Assert.Equal(flows, Measured.MeasuresOf(Measured.Query("Protocol"), records).Single().Flows);
    }

    [Fact]
    public void Inbound_and_outbound_of_public_addresses_are_two_flows_also_when_the_names_do_not_tell_the_kind()
    {
        var log = Entry(1, ("r", ["1542110400,10.0.0.4,52.1.1.1,1000,443,T,O,A,B,,,,", "1542110400,10.0.0.4,52.1.1.1,1000,443,T,I,A,B,,,,"]));
        var row = new Measured().Add("a", log).Measures(Measured.Query("Protocol")).Single();
        Assert.Equal(2, row.Flows);
        Assert.Equal(0, row.MergedTuples);
    }

    [Fact]
    public void An_outbound_VNet_log_does_not_take_the_place_of_an_inbound_NSG_log_of_public_addresses()
    {
        var measured = new Measured()
            .Add("a", Entry(1, ("r", ["1542110400,10.0.0.4,52.1.1.1,1000,443,T,I,A,B,,,,"])))
            .Add("b", Texts.Vnet("1542110400000,10.0.0.4,52.1.1.1,1000,443,6,O,B,NX,0,0,0,0"));
        var row = measured.Measures(Measured.Query("Protocol")).Single();
        Assert.Equal(2, row.Flows);
        Assert.Equal(0, row.MergedTuples);
    }

    [Theory]
    [InlineData("10.0.0.4", "10.0.0.5", 1)]
    [InlineData("10.255.255.255", "172.16.0.0", 1)]
    [InlineData("172.31.255.255", "192.168.0.1", 1)]
    [InlineData("100.64.0.1", "100.127.255.255", 1)]
    [InlineData("fc00::1", "fdff::2", 1)]
    [InlineData("10.0.0.4", "fd00::2", 1)]
    [InlineData("10.0.0.4", "172.32.0.1", 2)]
    [InlineData("172.15.255.255", "10.0.0.4", 2)]
    [InlineData("100.63.255.255", "10.0.0.4", 2)]
    [InlineData("100.128.0.0", "10.0.0.4", 2)]
    [InlineData("192.167.0.1", "192.169.0.1", 2)]
    [InlineData("fe00::1", "fc00::1", 2)]
    [InlineData("2001:db8::1", "fc00::1", 2)]
    public void Both_ends_are_matched_between_private_addresses_only(string source, string destination, int flows)
    {
        var measured = CapturedAtBothEnds(source, destination);
        var row = measured.Measures(Measured.Query("Protocol")).Single();
        Assert.Equal(flows, row.Flows);
        Assert.Equal(2 - flows, row.MergedTuples);
        Assert.Equal(2, measured.Measures(Measured.Query("Protocol", raw: true)).Single().Flows);
        Assert.Equal([1L, 1L], measured.Measures(Measured.Query("MacAddress")).Select(r => r.Flows));
    }

    /// <summary>Azure does not translate between virtual networks, whatever addresses they use.</summary>
    [Theory]
    [InlineData("20.1.0.4", "20.1.0.5", 1)]
    [InlineData("20.1.0.4", "10.0.0.4", 1)]
    [InlineData("10.0.0.4", "2001:db8:7::1", 1)]
    [InlineData("20.1.0.4", "20.2.0.4", 2)]
    [InlineData("20.1.255.255", "20.0.255.255", 2)]
    [InlineData("20.50.0.1", "10.0.0.4", 2)]
    [InlineData("20.60.0.1", "10.0.0.4", 2)]
    [InlineData("10.0.0.4", "10.0.0.5", 1)]
    public void Public_addresses_that_a_virtual_network_uses_are_matched_too(string source, string destination, int flows)
    {
        var inventory = NetworkInventory.Parse("""
            { "virtualNetworks": [ { "name": "v", "addressPrefixes": [ "20.1.0.0/16", "10.0.0.0/24", "2001:db8:7::/48" ] } ],
              "sites": [ { "name": "s", "addressPrefixes": [ "20.60.0.0/16" ] } ], "publicAddresses": [ { "addresses": [ "20.50.0.1" ] } ] }
            """);
        var query = new TrafficQuery { By = TrafficKey.Parse(["Protocol"]), Network = new NetworkMapBuilder().Add(inventory).Build() };
        Assert.Equal(flows, CapturedAtBothEnds(source, destination).Measures(query).Single().Flows);
    }

    private static Measured CapturedAtBothEnds(string source, string destination)
    {
        var path = "/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG/y=2018/m=11/d=13/h=12/m=00/macAddress=";
        var measured = new Measured();
        foreach (var (mac, direction) in new[] { ("000D3AF87856", "O"), ("000D3AF87857", "I") })
        {
            var log = Entry(1, ("r", [$"1542110400,{source},{destination},1000,443,T,{direction},A,B,,,,"])).Replace(Mac, mac);
            measured.Add("resourceId=" + path + mac + "/PT1H.json", Encoding.UTF8.GetBytes(log), isNamed: true);
        }

        return measured;
    }

    [Fact]
    public void A_counter_that_no_tuple_recorded_is_null_and_not_0()
    {
        var log = Texts.Nsg(2, "1542110400,10.0.0.4,52.0.0.5,1,443,T,O,A,B,,,,", "1542110400,10.0.0.4,52.0.0.6,1,443,T,O,A,C,0,0,0,0", "1542110400,10.0.0.4,52.0.0.7,1,443,T,O,A,C,,,,");
        var rows = new Measured().Add("a", log).Measures(Measured.Query("DestinationAddress"));
        Assert.Equal([null, 0L, null], rows.OrderBy(r => (string)r.KeyValues[0]!, StringComparer.Ordinal).Select(r => r.Bytes));
        Assert.Equal([0L, 1L, 0L], rows.OrderBy(r => (string)r.KeyValues[0]!, StringComparer.Ordinal).Select(r => r.RecordedTuples));
    }

    [Fact]
    public void A_source_that_only_a_second_capture_shows_in_a_bucket_is_counted_there_although_its_flow_is_not()
    {
        var measured = new Measured().Add("a", Entry(1, ("r", ["1542110399,10.0.0.4,10.0.0.5,1,443,T,O,A,B,,,,", "1542110400,10.0.0.4,10.0.0.5,1,443,T,I,A,B,,,,"])).Replace("1542110399", "1542110459").Replace("1542110400", "1542110460"));
        var query = new TrafficQuery { Bucket = TimeSpan.FromMinutes(1), Distinct = TrafficDistinct.Sources | TrafficDistinct.Ports };
        var rows = measured.Measures(query);
        Assert.Equal([1L, 0L], rows.Select(r => r.Flows));
        Assert.Equal([0L, 1L], rows.Select(r => r.MergedTuples));
        Assert.Equal([1L, 1L], rows.Select(r => r.Sources!.Value));
        Assert.Equal([1L, 1L], rows.Select(r => r.Ports!.Value));
    }

    [SamplesTheory]
    [MemberData(nameof(SampleMeasureTests.Files), MemberType = typeof(SampleMeasureTests))]
    public void Records_of_a_file_give_what_the_file_gives(string file)
    {
        // Its author wrote every entry twice: in the order of time a flow then begins twice before it ends, in that of the text it ends before.
        if (file == "vnet_v4_real_blob_vnet_target_sumologic_2024.json")
            return;

        var measured = new Measured().Add(file, SharedSamples.Read(file), isNamed: false);
        foreach (var by in new[] { "Conversation", "Rule Hour", "Direction" })
            RowText.AssertSame(measured.Rows(Measured.Query(by)), Measured.RowsOf(Measured.Query(by), measured.Records()), by);
    }

    [Fact]
    public void Names_that_differ_in_case_are_one_row_with_small_letters()
    {
        foreach (var names in new[] { new[] { "WEB", "web", "Web" }, ["Web", "WEB", "web"], ["web", "Web", "WEB"] })
        {
            var measured = new Measured();
            foreach (var name in names)
                measured.Add(name + measured.Blobs.Count, Entry(1, (name, [Tuple(measured.Blobs.Count, "B")])).Replace("WEB-NSG", name + "-NSG"));
            var row = Assert.Single(measured.Measures(Measured.Query("Rule Nsg")));
            Assert.Equal(["web", "web-NSG"], row.KeyValues);
            Assert.Equal(3, row.Flows);
        }
    }

    [Fact]
    public void A_name_of_one_field_keeps_its_spelling_when_another_field_spells_it_otherwise()
    {
        var row = Assert.Single(new Measured().Add("a", Entry(1, ("HTTPS", [Tuple(0, "B")]))).Measures(Measured.Query("Rule Service")));
        Assert.Equal(["HTTPS", "https"], row.KeyValues);
    }

    [Fact]
    public void Files_whose_names_differ_in_case_are_two()
    {
        var measured = new Measured().Add("dir/a.json", Entry(1, ("r", [Tuple(0, "B")]))).Add("dir/A.json", Entry(1, ("r", [Tuple(1, "B"), Tuple(2, "B")])));
        Assert.Equal(["dir/A.json", "dir/a.json"], measured.Measures(Measured.Query("Blob")).Select(r => (string)r.KeyValues[0]!));
    }

    [Fact]
    public void Unknown_codes_are_shown_as_written_and_ordered_by_letters_not_by_when_they_were_first_seen()
    {
        string[] tuples = ["1542110400,10.0.0.4,10.0.0.5,1,443,ZZ-MEASURE,O,A,B,,,,", "1542110400,10.0.0.4,10.0.0.5,1,443,AA-MEASURE,O,A,B,,,,", "1542110400,10.0.0.4,10.0.0.5,1,443,200,O,A,B,,,,"];
        var rows = new Measured().Add("a", Texts.Nsg(2, tuples)).Measures(Measured.Query("Protocol"));
        Assert.Equal([(FlowProtocol)200, "AA-MEASURE", "ZZ-MEASURE"], rows.Select(r => r.KeyValues[0]));
    }

    [Fact]
    public void Unknown_encryption_codes_are_shown_as_written()
    {
        string[] tuples = ["1663146003599,10.0.0.6,52.239.184.180,1,443,6,O,B,NX_MEASURE,0,0,0,0", "1663146003599,10.0.0.6,52.239.184.180,2,443,6,O,B,X,0,0,0,0"];
        new Measured().Add("a", Texts.Vnet(tuples)).AssertOracle(Measured.Query("Encryption Protocol"), "encryption");
    }

    [Fact]
    public void What_a_log_does_not_say_is_null()
    {
        var log = """{"records":[{"properties":{"Version":2,"flows":[{"flows":[{"flowTuples":["1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,2,3,4","1542110401,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,2,3,4"]}]}]}}]}""";
        var measured = new Measured().Add("a", log);
        var by = "Rule RuleKind Nsg AclId MacAddress TargetResourceId ResourceGroup SubscriptionId VirtualNetwork Subnet NetworkInterface Location Encryption";
        var row = Assert.Single(measured.Measures(Measured.Query(by)));
        Assert.All(row.KeyValues, Assert.Null);
        Assert.Equal(2, row.Flows);
        measured.AssertOracle(Measured.Query(by), "nothing said");
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(20)]
    public void Hostile_counters_stay_at_the_largest_number(int tuples)
    {
        // 18 digits are the most the reader takes: ten of them are beyond 64 bits.
        const string Most = "999999999999999999";
        var all = Enumerable.Range(0, tuples).Select(i => $"1542110400,10.0.0.{i},10.0.0.5,1,443,T,O,A,E,{Most},{Most},{Most},{Most}").ToArray();
        var measured = new Measured().Add("a", Texts.Nsg(2, all));
        foreach (var order in new[] { TrafficOrder.Bytes, TrafficOrder.BytesSent, TrafficOrder.BytesReceived, TrafficOrder.Packets, TrafficOrder.Flows })
        {
            foreach (var by in new[] { "Protocol", "SourceAddress" })
            {
                measured.AssertOracle(Measured.Query(by, order), $"{by} by {order}");
                var topped = new TrafficQuery { By = TrafficKey.Parse([by]), OrderBy = order, Top = 1, Bucket = TimeSpan.FromHours(1) };
                measured.AssertOracle(topped, $"{by} by {order}, in buckets");
                Assert.All(measured.Measures(topped), r => Assert.True(r.Bytes >= 0 && r.Packets >= 0 && r.Trend.All(t => t >= 0) && r.Percent is >= 0 and <= 100.0001));
            }
        }
    }

    [Fact]
    public void Hostile_counters_of_records_stay_at_the_largest_number()
    {
        var group = new FlowGroup { Entry = new FlowEntry() };
        var records = Enumerable.Range(0, 3).Select(i => new FlowRecord(
            new FlowTuple { BytesSent = long.MaxValue, BytesReceived = long.MaxValue, PacketsSent = long.MaxValue, PacketsReceived = long.MaxValue, State = FlowState.End }, group));
        var row = Assert.Single(Measured.MeasuresOf(Measured.Query("Protocol", TrafficOrder.Bytes), records));
        Assert.Equal([long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue], new[] { row.Bytes, row.BytesSent, row.BytesReceived, row.Packets }.Select(c => c!.Value));
        Assert.Equal([long.MaxValue], row.Trend);
        Assert.Equal(100, row.Percent);
    }

    [Fact]
    public void Times_at_the_extremes_are_measured()
    {
        string[] tuples = ["0,10.0.0.4,10.0.0.5,1,443,T,O,A,B,,,,", "253402300799999,10.0.0.4,10.0.0.5,2,443,T,O,A,B,,,,", "99999999999,10.0.0.4,10.0.0.5,3,443,T,O,A,B,,,,"];
        var measured = new Measured().Add("a", Texts.Nsg(2, tuples));
        foreach (var by in new[] { "Protocol", "Hour", "Day", "DayOfWeek HourOfDay" })
            measured.AssertOracle(Measured.Query(by), by);
        measured.AssertOracle(new TrafficQuery { Bucket = TimeSpan.FromDays(36500) }, "buckets of a century");
    }

    /// <summary>2109-05-15T07:35:11.104Z is 2^42 milliseconds after 1970; samples can be of any year to 2284.</summary>
    [Theory]
    [InlineData("2026-11-01T00:00:00Z")]
    [InlineData("2109-05-15T07:35:11Z")]
    [InlineData("2248-09-26T15:10:22Z")]
    public void Flows_over_two_entries_are_one_in_any_year(string text)
    {
        var start = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        var measured = new Measured();
        foreach (var (minute, states) in new[] { (0, "B C"), (1, "C E") })
        {
            var time = start.AddMinutes(minute);
            var seconds = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
            measured.Add("file" + minute, Log(time, ("r", states.Split(' ').Select((s, i) => Tuple(0, s).Replace("1542110400", (seconds - 10 + i).ToString(CultureInfo.InvariantCulture))).ToArray())));
        }

        Assert.Equal(1, measured.Measures(Measured.Query("Protocol")).Single().Flows);
    }

    [Fact]
    public void IPv6_goes_by_its_own_prefixes()
    {
        var address = "2001:db8:1:2:3:4:5:";
        string[] tuples = [.. Enumerable.Range(1, 9).Select(i => $"1542110400,{address}{i},fd00:0:0:{i}::1,1,443,T,O,A,B,,,,"), "1542110400,::ffff:10.1.2.3,10.1.2.4,1,443,T,O,A,B,,,,"];
        var measured = new Measured().Add("a", Texts.Nsg(2, tuples));
        foreach (var prefix in new[] { "", "/0", "/8", "/32", "/33", "/63", "/64", "/65", "/127", "/128" })
            measured.AssertOracle(Measured.Query("SourceAddress" + prefix + " DestinationAddress" + prefix), prefix);
        Assert.Contains(measured.Measures(Measured.Query("SourceAddress")), r => (string?)r.KeyValues[0] == "10.1.2.3");
        Assert.Contains(measured.Measures(Measured.Query("SourceAddress/16")), r => (string?)r.KeyValues[0] == "10.1.0.0/16");
        Assert.Contains(measured.Measures(Measured.Query("SourceAddress/16")), r => (string?)r.KeyValues[0] == "2001:db8:1:2::/64");
    }

    /// <summary>A copy of a blob beside it, or the same moment under two rules: which of them has the flow must not hang on which came first.</summary>
    [Fact]
    public void Two_firsts_of_a_flow_at_the_same_moment_count_in_the_same_row_whatever_the_order()
    {
        var log = Entry(1, ("r", [Tuple(0, "C")]));
        var there = new Measured().Add("a", log).Add("b", log).Rows(Measured.Query("Blob"));
        var back = new Measured().Add("b", log).Add("a", log).Rows(Measured.Query("Blob"));
        RowText.AssertSame(there, back, "files the other way round");

        var records = new Measured().Add("a", Entry(1, ("r", [Tuple(0, "C")]), ("s", [Tuple(0, "C")]))).Records();
        RowText.AssertSame(
            Measured.RowsOf(Measured.Query("Rule"), records), Measured.RowsOf(Measured.Query("Rule"), records.AsEnumerable().Reverse()), "records the other way round");
    }

    internal static string Entry(int minute, params (string Rule, string[] Tuples)[] rules) =>
        Log(new DateTime(2018, 11, 13, 12, 0, 0, DateTimeKind.Utc).AddMinutes(minute), rules);

    internal static string Log(DateTime time, params (string Rule, string[] Tuples)[] rules) =>
        $$$"""{"records":[{"time":"{{{time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture)}}}Z","macAddress":"{{{Mac}}}","resourceId":"{{{Texts.NsgId}}}","properties":{"Version":2,"flows":[{{{string.Join(
            ",", rules.Select(r => $$"""{"rule":"{{r.Rule}}","flows":[{"mac":"{{Mac}}","flowTuples":[{{Texts.List(r.Tuples)}}]}]}"""))}}}]}}]}""";

    /// <summary>A tuple of one and the same flow, seconds after 12:00.</summary>
    internal static string Tuple(int second, string state) =>
        (1542110400 + second).ToString(CultureInfo.InvariantCulture) + ",10.0.0.4,52.0.0.5,1000,443,T,O,A," + state + (state == "B" ? ",,,," : ",1,66,2,132");

    /// <summary>The chain in one file and in a file for each entry, with names that tell and with names that do not, and as records.</summary>
    private static void AssertFlows(string chain, int flows)
    {
        var second = 0;
        var entries = chain.Split('|').Select((entry, i) => Entry(i + 1, ("r", [.. entry.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(s => Tuple(second++, s))]))).ToList();
        var files = new Measured();
        entries.ForEach(entry => files.Add("file" + files.Blobs.Count, entry));
        var together = "{\"records\":[" + string.Join(",", entries.Select(e => e.Substring(12, e.Length - 14))) + "]}";
        var one = new Measured().Add("file", together);
        var named = new Measured().Add(
            "resourceId=/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG/y=2018/m=11/d=13/h=12/m=00/macAddress=" + Mac + "/PT1H.json",
            Encoding.UTF8.GetBytes(together),
            isNamed: true);
        Assert.Equal(
            (flows, flows, flows, flows),
            (Flows(one.Measures(Measured.Query("Protocol"))), Flows(files.Measures(Measured.Query("Protocol"))), Flows(named.Measures(Measured.Query("Protocol"))),
                Flows(Measured.MeasuresOf(Measured.Query("Protocol"), one.Records()))));
    }

    private static int Flows(List<TrafficMeasure> rows) => (int)rows.Single().Flows;
}
