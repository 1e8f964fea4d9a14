using System;
using System.Text;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>An input that is no flow log gives one issue that says what it is instead.</summary>
public class NotFlowLogTests
{
    private const string Sdn = """
        {"records":[{"time":"20180719:L012620622","category":"NetworkSecurityGroupFlowEvent","resourceId":"","operationName":"","properties":{"Version":"1.0","flows":[{"rule":"acl1","flows":[{"portId":"9","portName":"7290436D-0422-498A-8EB8-C6CF5115DACE","flowTuples":["1531963580,192.122.0.22,192.122.255.255,138,138,U,I,A"]}]}]}}]}
        """;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\r\n\t  \n")]
    [InlineData("\uFEFF")]
    public void Nothing_at_all_is_called_empty(string text) => AssertOneIssue(text, "empty");

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Sign in</title></head><body>{\"a\":1}</body></html>")]
    [InlineData("\n<html lang=\"en\"><body>403</body></html>")]
    [InlineData("<HTML></HTML>")]
    public void An_error_page_is_called_html(string text) => AssertOneIssue(text, "HTML");

    [Fact]
    public void A_windows_server_log_is_called_sdn() => AssertOneIssue(Sdn, "SDN");

    [Fact]
    public void A_version_in_words_alone_tells_sdn() => AssertOneIssue(Sdn.Replace("portId", "x").Replace("portName", "y"), "SDN");

    [Fact]
    public void A_port_id_alone_tells_sdn() => AssertOneIssue(Sdn.Replace("\"1.0\"", "1").Replace("portName", "y"), "SDN");

    [Fact]
    public void A_port_name_alone_tells_sdn() => AssertOneIssue(Sdn.Replace("\"1.0\"", "1").Replace("portId", "x"), "SDN");

    [Theory]
    [InlineData("""{"Version":"1.0","cache":[{"key":"a"}]}""")]
    [InlineData("""{"version":"1.0","flows":[{"name":"x"}]}""")]
    [InlineData("""{"properties":{"Version":"1.0","items":[]}}""")]
    [InlineData("""{"records":[{"Version":"1.0","portId":"9"}]}""")]
    public void A_version_elsewhere_does_not_tell_sdn(string text)
    {
        AssertOneIssue(text, "JSON");
        Assert.DoesNotContain("SDN", Reading.Read(text).Issues[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"records":[{"category":"NetworkSecurityGroupFlowEvent"}]}""")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("plain")]
    public void Utf16_without_a_mark_is_called_so(string text)
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var bytes = encoding.GetBytes(text.PadRight(4));
            var read = Reading.Read(bytes);
            var issue = Assert.Single(read.Issues);
            Assert.Equal(FlowIssueKind.NotFlowLog, issue.Kind);
            Assert.Equal("this is UTF-16 text without a byte order mark; save it as UTF-8", issue.Reason);
            Reading.AssertSame(read, Reading.Read(bytes, [1]), "byte by byte");
        }
    }

    [Theory]
    [InlineData("0.0.0.4,443,T,O\"]}]}]}},", "text that is no JSON")]
    [InlineData("[{\"a\":1},", "this is JSON, but no flow log")]
    public void What_stands_before_a_flow_log_is_told(string before, string reason)
    {
        const string Entry = """{"time":"2018-11-13T12:00:00Z","properties":{"Version":2,"flows":[{"rule":"r","flows":[{"mac":"000D3AF8801A","flowTuples":["1542110377,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,"]}]}]}}""";
        var read = Reading.Read(before + Entry + "]");
        Assert.Single(read.Rows);
        Assert.Equal("places that are no flow log entries: 1; the first: " + reason, Assert.Single(read.Issues).Reason);
        Reading.AssertSame(read, Reading.Read(Reading.Utf8(before + Entry + "]"), [1]), "byte by byte");
    }

    [Fact]
    public void A_port_id_behind_the_tuples_tells_sdn() => AssertOneIssue(
        """{"records":[{"properties":{"flows":[{"flows":[{"flowTuples":["1531963580,192.122.0.22,192.122.255.255,138,138,U,I,A"],"portId":"9"}],"rule":"acl1"}],"Version":"1.0"}}]}""",
        "SDN");

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"value\":[{\"id\":1,\"name\":\"x\"}]}")]
    [InlineData("{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}}")]
    [InlineData("{\"$schema\":\"x\",\"resources\":[{\"properties\":{\"a\":[1,2]}}]}")]
    public void Json_of_another_kind_is_called_json(string text) => AssertOneIssue(text, "JSON");

    [Theory]
    [InlineData("1542110377,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,")]
    [InlineData("Just some text about rain.\nAnd another line.\n")]
    [InlineData("naïve 規則")]
    [InlineData("\u0000\u0001\u0002binary")]
    public void Text_is_no_flow_log(string text) => AssertOneIssue(text, string.Empty);

    [Fact]
    public void Bytes_of_a_compressed_file_are_no_flow_log()
    {
        var read = Reading.Read([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0x56, 0x2A, 0x4A, 0x4D, 0xCE]);
        Assert.Equal(FlowIssueKind.NotFlowLog, Assert.Single(read.Issues).Kind);
    }

    private static void AssertOneIssue(string text, string word)
    {
        var read = Reading.Read(text);
        Assert.Empty(read.Rows);
        var issue = Assert.Single(read.Issues);
        Assert.Equal(FlowIssueKind.NotFlowLog, issue.Kind);
        Assert.Contains(word, issue.Reason, StringComparison.OrdinalIgnoreCase);
        var chunked = Reading.Read(Reading.Utf8(text), [1]);
        Reading.AssertSame(read, chunked, "byte by byte");
    }
}
