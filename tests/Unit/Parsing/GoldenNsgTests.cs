using System;
using System.Linq;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>NSG flow logs, versions 1 and 2, with values read off the text by hand.</summary>
public class GoldenNsgTests
{
    [Fact]
    public void Version_1_has_eight_fields_and_records_neither_state_nor_counters()
    {
        var read = Reading.Read(Texts.Nsg(1, "1487282421,42.119.146.95,10.1.0.4,51529,5358,T,I,D"));
        Assert.Empty(read.Issues);
        var row = Assert.Single(read.Rows);
        var expected = new TupleFields
        {
            Milliseconds = 1487282421000,
            SourceHigh = 0,
            SourceLow = 0x0000FFFF_2A77925F,
            DestinationHigh = 0,
            DestinationLow = 0x0000FFFF_0A010004,
            SourcePort = 51529,
            DestinationPort = 5358,
            Protocol = "6",
            Direction = FlowDirection.Inbound,
            Decision = FlowDecision.Deny,
            State = FlowState.None,
            Encryption = null,
            PacketsSent = null,
            BytesSent = null,
            PacketsReceived = null,
            BytesReceived = null,
        };
        Assert.Equal(expected, row.Tuple);
        Assert.Equal(1, row.Context.FormatVersion);
    }

    [Fact]
    public void Version_2_has_states_and_counters_and_keeps_blank_apart_from_zero()
    {
        var read = Reading.Read(Texts.Nsg(
            2,
            "1542110377,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,",
            "1542110378,10.5.16.4,13.67.143.118,59831,443,T,O,A,C,1021,588096,8005,4610880",
            "1542110379,10.5.16.4,13.67.143.118,59831,443,T,O,A,E,52,29952,47,27072",
            "1542110402,94.102.49.190,10.5.16.4,28746,123,U,I,D,B,,,,",
            "1542110403,10.5.16.4,168.63.129.16,123,123,U,O,A,C,0,0,0,0",
            "1542110404,10.5.16.4,168.63.129.16,123,123,U,O,A,E,3,,,7"));
        Assert.Empty(read.Issues);
        var t = read.Rows.Select(r => r.Tuple).ToArray();
        Assert.Equal([FlowState.Begin, FlowState.Continue, FlowState.End, FlowState.Begin, FlowState.Continue, FlowState.End], t.Select(x => x.State));
        Assert.Equal([null, 1021, 52, null, 0, 3], t.Select(x => x.PacketsSent));
        Assert.Equal([null, 588096, 29952, null, 0, null], t.Select(x => x.BytesSent));
        Assert.Equal([null, 8005, 47, null, 0, null], t.Select(x => x.PacketsReceived));
        Assert.Equal([null, 4610880, 27072, null, 0, 7], t.Select(x => x.BytesReceived));
        Assert.Equal(["6", "6", "6", "17", "17", "17"], t.Select(x => x.Protocol));
        Assert.Equal([0, 0, 0, 1, 0, 0], t.Select(x => (int)x.Decision));
        Assert.Equal([1, 1, 1, 0, 1, 1], t.Select(x => (int)x.Direction));
        Assert.Equal(1542110377000, t[0].Milliseconds);
        Assert.Equal(1542110404000, t[5].Milliseconds);
        Assert.All(t, x => Assert.Null(x.Encryption));
        Assert.Equal(5_256_000, t.Take(3).Sum(x => (x.BytesSent ?? 0) + (x.BytesReceived ?? 0)));
    }

    [Fact]
    public void The_entry_says_who_wrote_it_when_and_for_which_group()
    {
        const string Prefix = "{\"records\":[";
        var context = Assert.Single(Reading.Read(Texts.Nsg(2, Texts.Good(1))).Rows).Context;
        Assert.Equal(Prefix.Length, context.EntryOffset);
        Assert.Equal(FlowLogKind.Nsg, context.Kind);
        Assert.Equal(2, context.FormatVersion);
        Assert.Equal(new DateTime(2018, 11, 13, 12, 0, 35, DateTimeKind.Utc).AddTicks(3899262), context.EntryTime);
        Assert.Equal(DateTimeKind.Utc, context.EntryTime!.Value.Kind);
        Assert.Equal("000D3AF87856", context.Mac);
        Assert.Equal("000D3AF87856", context.EntryMac);
        Assert.Equal(("AllowInternetOutBound", FlowRuleKind.Default), (context.Rule, context.RuleKind));
        Assert.Equal(Texts.NsgId, context.Target);
        Assert.Null(context.FlowLog);
        Assert.Null(context.AclId);
    }

    [Fact]
    public void Letters_may_be_small()
    {
        var read = Reading.Read(Texts.Nsg(2, "1542110400,10.0.0.4,10.0.0.5,1,443,t,o,a,e,1,66,2,132", "1542110400,10.0.0.4,10.0.0.5,2,53,u,i,d,b,,,,"));
        Assert.Empty(read.Issues);
        Assert.Equal(("6", FlowDirection.Outbound, FlowDecision.Allow, FlowState.End), Letters(read.Rows[0].Tuple));
        Assert.Equal(("17", FlowDirection.Inbound, FlowDecision.Deny, FlowState.Begin), Letters(read.Rows[1].Tuple));
    }

    [Theory]
    [InlineData("T", "6")]
    [InlineData("U", "17")]
    [InlineData("6", "6")]
    [InlineData("1", "1")]
    [InlineData("58", "58")]
    [InlineData("0", "0")]
    [InlineData("255", "255")]
    [InlineData("ICMP", "ICMP")]
    [InlineData("X", "X")]
    public void A_protocol_is_a_letter_a_number_or_passed_through(string written, string read)
    {
        var result = Reading.Read(Texts.Nsg(2, $"1542110400,10.0.0.4,10.0.0.5,1,443,{written},O,A,B,,,,"));
        Assert.Empty(result.Issues);
        Assert.Equal(read, Assert.Single(result.Rows).Tuple.Protocol);
    }

    [Theory]
    [InlineData("2001:db8::1", 0x20010DB8_00000000UL, 1UL)]
    [InlineData("::", 0UL, 0UL)]
    [InlineData("::1", 0UL, 1UL)]
    [InlineData("FE80::A:b", 0xFE800000_00000000UL, 0x00000000_000A000BUL)]
    [InlineData("1:2:3:4:5:6:7:8", 0x00010002_00030004UL, 0x00050006_00070008UL)]
    [InlineData("64:ff9b::192.0.2.33", 0x0064FF9B_00000000UL, 0x00000000_C0000221UL)]
    [InlineData("::ffff:10.0.0.4", 0UL, 0x0000FFFF_0A000004UL)]
    public void IPv6_addresses_are_read(string text, ulong high, ulong low)
    {
        var read = Reading.Read(Texts.Nsg(2, $"1542110400,{text},{text},1,443,T,O,A,B,,,,"));
        Assert.Empty(read.Issues);
        var tuple = Assert.Single(read.Rows).Tuple;
        Assert.Equal((high, low, high, low), (tuple.SourceHigh, tuple.SourceLow, tuple.DestinationHigh, tuple.DestinationLow));
    }

    [Theory]
    [InlineData("1542110400", 1542110400000)]
    [InlineData("1542110400123", 1542110400123)]
    [InlineData("99999999999", 99999999999000)]
    [InlineData("100000000000", 100000000000)]
    [InlineData("253402300799999", 253402300799999)]
    [InlineData("0", 0)]
    [InlineData("000001542110400", 1542110400000)]
    public void Seconds_and_milliseconds_are_told_by_magnitude(string written, long milliseconds)
    {
        var read = Reading.Read(Texts.Nsg(2, $"{written},10.0.0.4,10.0.0.5,1,443,T,O,A,B,,,,"));
        Assert.Empty(read.Issues);
        Assert.Equal(milliseconds, Assert.Single(read.Rows).Tuple.Milliseconds);
    }

    [Fact]
    public void Eight_fields_in_a_version_2_entry_are_read_as_eight_fields()
    {
        var read = Reading.Read(Texts.Nsg(2, "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A", Texts.Good(2)));
        Assert.Empty(read.Issues);
        Assert.Equal([FlowState.None, FlowState.End], read.Rows.Select(r => r.Tuple.State));
        Assert.All(read.Rows, r => Assert.Equal(2, r.Context.FormatVersion));
    }

    [Theory]
    [InlineData("1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A", 1)]
    [InlineData("1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,B,,,,", 2)]
    public void Without_a_version_the_first_tuple_tells(string tuple, int version)
    {
        var text = Texts.Nsg(2, tuple, Texts.Good(2)).Replace("\"Version\":2,", string.Empty);
        Assert.All(Reading.Read(text).Rows, r => Assert.Equal(version, r.Context.FormatVersion));
    }

    [Theory]
    [InlineData("\"Version\":\"2\"", 2)]
    [InlineData("\"version\":1", 1)]
    [InlineData("\"Version\":3", 3)]
    public void The_version_is_what_the_entry_says(string version, int expected)
    {
        var read = Reading.Read(Texts.Nsg(2, Texts.Good(1)).Replace("\"Version\":2", version));
        Assert.Empty(read.Issues);
        Assert.Equal(expected, Assert.Single(read.Rows).Context.FormatVersion);
    }

    [Theory]
    [InlineData("00-0d-3a-f8-78-56", "000D3AF87856")]
    [InlineData("00:0D:3A:F8:78:56", "000D3AF87856")]
    [InlineData("000d.3af8.7856", "000D3AF87856")]
    [InlineData("eth0", "eth0")]
    public void A_mac_becomes_twelve_upper_case_digits_or_stays(string written, string read)
    {
        var text = Texts.Nsg(2, Texts.Good(1)).Replace("000D3AF87856", written);
        var context = Assert.Single(Reading.Read(text).Rows).Context;
        Assert.Equal((read, read), (context.EntryMac, context.Mac));
    }

    [Fact]
    public void Several_macs_in_one_entry_each_have_their_tuples()
    {
        const string Text = """
            {"records":[{"time":"2018-11-13T12:00:35Z","macAddress":"000000000001","category":"NetworkSecurityGroupFlowEvent","properties":{"Version":2,"flows":[
              {"rule":"UserRule_a","flows":[{"mac":"000000000002","flowTuples":["1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,B,,,,"]},
                                            {"mac":"000000000003","flowTuples":["1542110400,10.0.0.4,10.0.0.5,2,443,T,O,A,B,,,,","1542110400,10.0.0.4,10.0.0.5,3,443,T,O,A,B,,,,"]}]},
              {"rule":"UserRule_b","flows":[{"flowTuples":["1542110400,10.0.0.4,10.0.0.5,4,443,T,O,A,B,,,,"]}]},
              {"rule":"UserRule_c","flows":[]}]}}]}
            """;
        var read = Reading.Read(Text);
        Assert.Empty(read.Issues);
        Assert.Equal([1, 2, 3, 4], Texts.Ports(read));
        Assert.Equal(["000000000002", "000000000003", "000000000003", "000000000001"], read.Rows.Select(r => r.Context.Mac));
        Assert.Equal(["a", "a", "a", "b"], read.Rows.Select(r => r.Context.Rule));
        Assert.All(read.Rows, r => Assert.Equal("000000000001", r.Context.EntryMac));
    }

    private static (string Protocol, FlowDirection Direction, FlowDecision Decision, FlowState State) Letters(TupleFields t) =>
        (t.Protocol, t.Direction, t.Decision, t.State);
}
