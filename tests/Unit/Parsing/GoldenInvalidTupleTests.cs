using System;
using System.Linq;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>A bad tuple is reported where it stands, and its neighbours come.</summary>
public class GoldenInvalidTupleTests
{
    public static TheoryData<string> BadNsg() =>
    [
        "",
        " ",
        "nonsense",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132,",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132,7",
        ",10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "-1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400.5,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1.5e9,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        " 1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "253402300800000,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400000000,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.256,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.0004,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4.5,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,0x0a.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,167772164,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400, 10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5 ,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,host,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,[::1],1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,fe80::1%eth0,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,1::2::3,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,1:2:3:4:5:6:7,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,1:2:3:4:5:6:7:8:9,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,1:2:3:4::5:6:7:8,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,::12345,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,:1::,1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,65536,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,000443,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,-1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,+1,443,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,https,T,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T P,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,PROTOCOL-OF-FORTY-ONE-CHARACTERS-LONG-ONES,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,é,O,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,X,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,Out,A,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,B,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,,E,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,D,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,,1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,-1,66,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,6.6,2,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66, ,132",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,1000000000000000000",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,0x1",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,١٢",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,NX,0,0,0,0",
    ];

    public static TheoryData<string> BadVnet() =>
    [
        "",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,NX,0,0,0",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,NX,0,0,0,0,0",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,A,NX,0,0,0,0",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,,NX,0,0,0,0",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,,0,0,0,0",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,N X,0,0,0,0",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,ENCRYPTION_OF_FORTY_ONE_CHARACTERS_AT_LEAST,0,0,0,0",
        "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,NX,0,0,-4,0",
        "1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,E,1,66,2,132",
    ];

    [Theory]
    [MemberData(nameof(BadNsg))]
    public void A_bad_nsg_tuple_is_left_out(string bad) => AssertLeftOut(Texts.Nsg(2, Texts.Good(1), bad, Texts.Good(2)), Texts.Good(1), bad);

    [Theory]
    [MemberData(nameof(BadVnet))]
    public void A_bad_vnet_tuple_is_left_out(string bad) => AssertLeftOut(Texts.Vnet(Texts.GoodVnet(1), bad, Texts.GoodVnet(2)), Texts.GoodVnet(1), bad);

    [Theory]
    [InlineData("1542110400,10.0.0.4,10.0.0.5,99999,443,T,O,A,E,1,66,2,132")]
    [InlineData("1542110400,10.0.0.4,10.0.0.5,1")]
    public void The_issue_names_blob_and_text(string bad)
    {
        var issue = Assert.Single(Reading.Read(Texts.Nsg(2, bad)).Issues);
        Assert.Equal(Reading.BlobName, issue.Blob);
        Assert.NotNull(issue.Text);
        Assert.Contains(bad.Substring(0, 10), issue.Text, StringComparison.Ordinal);
        Assert.Contains(Reading.BlobName, issue.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_tuple_is_reported_in_order()
    {
        var text = Texts.Records(Texts.NsgEntry(2, "UserRule_a", "x", Texts.Good(1), "y"), Texts.VnetEntry("g", "UserRule_b", Texts.GoodVnet(2), "z"));
        var read = Reading.Read(text);
        Assert.Equal([1, 2], Texts.Ports(read));
        Assert.Equal(["x", "y", "z"], read.OffsetsOf(FlowIssueKind.FlowTupleInvalid).Select(o => text.Substring((int)o, 1)));
        Assert.Equal(3, read.Issues.Count);
    }

    [Fact]
    public void The_offset_of_an_escaped_tuple_is_that_of_its_first_byte()
    {
        const string Bad = "\\u0031542110400,bad";
        var text = Texts.Nsg(2, Texts.Good(1), Bad, Texts.Good(2));
        Assert.Equal([(long)text.IndexOf(Bad, StringComparison.Ordinal)], Reading.Read(text).OffsetsOf(FlowIssueKind.FlowTupleInvalid));
    }

    [Fact]
    public void Codes_of_forty_characters_are_still_codes()
    {
        var code = new string('P', 40);
        Assert.Equal(code, Assert.Single(Reading.Read(Texts.Nsg(2, $"1542110400,10.0.0.4,10.0.0.5,1,443,{code},O,A,B,,,,")).Rows).Tuple.Protocol);
    }

    [Fact]
    public void Counters_have_up_to_eighteen_digits()
    {
        var row = Assert.Single(Reading.Read(Texts.Nsg(2, "1542110400,10.0.0.4,10.0.0.5,65535,0,T,O,A,E,999999999999999999,000000000000000007,0,")).Rows);
        Assert.Equal((999_999_999_999_999_999L, 7L, 0L, null), (row.Tuple.PacketsSent, row.Tuple.BytesSent, row.Tuple.PacketsReceived, row.Tuple.BytesReceived));
        Assert.Equal((65535, 0), (row.Tuple.SourcePort, row.Tuple.DestinationPort));
    }

    private static void AssertLeftOut(string text, string before, string bad)
    {
        var bytes = Reading.Utf8(text);
        var read = Reading.Read(bytes);
        Assert.Equal([1, 2], Texts.Ports(read));
        var issue = Assert.Single(read.Issues);
        Assert.Equal(FlowIssueKind.FlowTupleInvalid, issue.Kind);
        var expected = text.IndexOf(before, StringComparison.Ordinal) + before.Length + "\",\"".Length;
        Assert.Equal(bad, text.Substring(expected, bad.Length));
        Assert.Equal(expected, issue.Offset);
        ReferenceAssert.Equal(ReferenceParser.Parse(bytes)!, read, bytes, bad);
    }
}
