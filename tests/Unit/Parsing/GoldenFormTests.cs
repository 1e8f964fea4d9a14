using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>The same content in the many forms that files have.</summary>
public class GoldenFormTests
{
    private static readonly string _one = Texts.NsgEntry(2, "UserRule_one", Texts.Good(1), Texts.Good(2));
    private static readonly string _two = Texts.NsgEntry(2, "UserRule_two", Texts.Good(3));
    private static readonly string _three = Texts.VnetEntry("g", "UserRule_three", Texts.GoodVnet(4));

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    [Fact]
    public void Pretty_printed_text_reads_like_minified()
    {
        var minified = Texts.Records(_one, _two, _three);
        var pretty = JsonSerializer.Serialize(JsonDocument.Parse(minified).RootElement, _indented);
        Assert.NotEqual(minified.Length, pretty.Length);
        AssertPorts([1, 2, 3, 4], entries: 3, pretty);
        AssertPorts([1, 2, 3, 4], entries: 3, pretty.Replace("\n", "\r\n"));
        AssertPorts([1, 2, 3, 4], entries: 3, pretty.Replace("  ", "\t"));
    }

    [Fact]
    public void A_byte_order_mark_shifts_offsets_and_nothing_else()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Reading.Utf8(Texts.Records(_one))).ToArray();
        var read = Reading.Read(bytes);
        Assert.Empty(read.Issues);
        Assert.Equal([1, 2], Texts.Ports(read));
        Assert.All(read.Rows, r => Assert.Equal(15, r.Context.EntryOffset));
    }

    [Fact]
    public void A_bare_entry_needs_no_records() => AssertPorts([1, 2], entries: 1, _one);

    [Fact]
    public void Entries_line_by_line() => AssertPorts([1, 2, 3, 4], entries: 3, _one + "\n" + _two + "\r\n\r\n" + _three + "\n");

    [Fact]
    public void Documents_one_after_another() => AssertPorts([1, 2, 3, 4, 1, 2], entries: 4, Texts.Records(_one) + Texts.Records(_two, _three) + "\n" + Texts.Records(_one));

    [Fact]
    public void Documents_with_a_byte_order_mark_each() => AssertPorts([1, 2, 3], entries: 2, "\uFEFF" + Texts.Records(_one) + "\r\n\uFEFF" + Texts.Records(_two));

    [Fact]
    public void Records_inside_records() => AssertPorts([1, 2, 3, 4], entries: 3, Texts.Records(_one, Texts.Records(_two), _three));

    [Fact]
    public void Records_inside_records_at_once() => AssertPorts([1, 2, 3], entries: 2, Texts.Records(Texts.Records(_one, _two)));

    [Theory]
    [InlineData("{\"records\":[#],\"category\":\"FlowLogFlowEvent\",\"time\":\"2022-09-14T09:00:52Z\"}")]
    [InlineData("{\"category\":\"FlowLogFlowEvent\",\"time\":\"2022-09-14T09:00:52Z\",\"records\":[#]}")]
    [InlineData("{\"records\":[{\"time\":\"2022-09-14T09:00:52Z\",\"records\":[#],\"category\":\"FlowLogFlowEvent\"}]}")]
    public void Keys_of_an_entry_beside_records_count_no_tuple_twice(string wrapper) => AssertPorts([3], entries: 1, wrapper.Replace("#", _two));

    [Fact]
    public void Both_flow_logs_in_one_file()
    {
        var read = Reading.Read(Texts.Records(_three, _one));
        Assert.Equal([4, 2, 2], read.Rows.Select(r => r.Context.FormatVersion));
        Assert.Equal([4, 1, 2], Texts.Ports(read));
    }

    [Fact]
    public void Records_may_be_empty()
    {
        var read = Reading.Read("{\"records\":[]}");
        Assert.Empty(read.Rows);
        Assert.Equal(0, read.Counts.Entries);
        Assert.DoesNotContain(read.Issues, i => i.Kind != NsgFlow.Parsing.FlowIssueKind.NotFlowLog);
    }

    [Fact]
    public void An_entry_without_flows_is_an_entry_without_tuples()
    {
        var read = Reading.Read(Texts.Records(_one.Replace(Texts.List(Texts.Good(1), Texts.Good(2)), string.Empty), """{"category":"FlowLogFlowEvent","flowLogVersion":4,"flowRecords":{"flows":[]}}""", _two));
        Assert.Empty(read.Issues);
        Assert.Equal(3, read.Counts.Entries);
        Assert.Equal([3], Texts.Ports(read));
    }

    [Fact]
    public void Appended_blocks_begin_with_a_comma_and_end_with_closers()
    {
        AssertPorts([1, 2, 3], entries: 2, "," + _one + "," + _two);
        AssertPorts([1, 2, 3], entries: 2, "," + _one + "," + _two + "]}");
        AssertPorts([1, 2], entries: 1, _one + "]}");
        AssertPorts([3, 4], entries: 2, " \n, " + _two + "\n,\n" + _three + "\n]\n}\n");
    }

    [Fact]
    public void A_tail_in_the_middle_of_a_file_is_no_harm() => AssertPorts([1, 2, 3], entries: 2, "{\"records\":[" + _one + "]}," + _two + "]}");

    [Fact]
    public void Unknown_keys_of_any_shape_are_passed_over()
    {
        var text = Texts.Records(_one.Replace("\"systemId\"", """ "x":{"records":[{"flows":[]}],"flowTuples":["nonsense"],"y":[[],[[1,-2.5e+10,true,false,null]],{"rule":"no"}]},"systemId" """));
        AssertPorts([1, 2], entries: 1, text);
        Assert.Equal("one", Reading.Read(text).Rows[0].Context.Rule);
    }

    [Fact]
    public void Null_is_as_good_as_missing()
    {
        var text = Texts.Records(_one.Replace("\"000D3AF87856\"", "null").Replace("\"UserRule_one\"", "null").Replace("\"2018-11-13T12:00:35.3899262Z\"", "null"));
        var read = Reading.Read(text);
        Assert.Empty(read.Issues);
        var context = read.Rows[0].Context;
        Assert.Null(context.Mac);
        Assert.Null(context.Rule);
        Assert.Null(context.EntryTime);
    }

    [Fact]
    public void Escapes_mean_what_json_says()
    {
        var tuple = Texts.Good(7);
        var escaped = string.Concat(tuple.Select(c => $"\\u{(int)c:x4}"));
        var text = Texts.Records(_one.Replace(Texts.Good(1), escaped).Replace(Texts.Good(2), tuple.Replace(",", "\\u002C")))
            .Replace("/", "\\/")
            .Replace("UserRule_one", "User\\u0052ule_a\\\"b\\\\c\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00")
            .Replace("flowTuples", "flow\\u0054uples");
        var read = Reading.Read(text);
        Assert.Empty(read.Issues);
        Assert.Equal([7, 7], Texts.Ports(read));
        Assert.All(read.Rows, r => Assert.Equal(("a\"b\\c\b\f\n\r\té😀", FlowRuleKind.User), (r.Context.Rule, r.Context.RuleKind)));
        Assert.All(read.Rows, r => Assert.Equal(Texts.NsgId, r.Context.Target));
    }

    [Fact]
    public void Names_are_read_as_utf8()
    {
        var read = Reading.Read(Texts.Records(_one).Replace("UserRule_one", "UserRule_Prüfung-規則-😀"));
        Assert.Empty(read.Issues);
        Assert.All(read.Rows, r => Assert.Equal("Prüfung-規則-😀", r.Context.Rule));
    }

    [Fact]
    public void Raw_control_characters_in_strings_are_tolerated()
    {
        var read = Reading.Read(Texts.Records(_one).Replace("UserRule_one", "UserRule_a\tb\nc"));
        Assert.Empty(read.Issues);
        Assert.All(read.Rows, r => Assert.Equal("a\tb\nc", r.Context.Rule));
    }

    [Theory]
    [InlineData("2017-02-16T22:00:32.8950000Z", 8950000)]
    [InlineData("2017-02-16T22:00:32.895Z", 8950000)]
    [InlineData("2017-02-16T22:00:32Z", 0)]
    [InlineData("2017-02-16T22:00:32.0000001Z", 1)]
    public void The_entry_time_has_up_to_seven_fraction_digits(string time, long ticks)
    {
        var read = Reading.Read(Texts.Records(_one).Replace("2018-11-13T12:00:35.3899262Z", time));
        Assert.Equal(new System.DateTime(2017, 2, 16, 22, 0, 32, System.DateTimeKind.Utc).AddTicks(ticks), read.Rows[0].Context.EntryTime);
    }

    [Theory]
    [InlineData("20180719:L012620622")]
    [InlineData("T1")]
    [InlineData("")]
    [InlineData("2017-13-40T22:00:32Z")]
    public void An_unreadable_entry_time_is_null_and_costs_nothing_else(string time)
    {
        var read = Reading.Read(Texts.Records(_one).Replace("2018-11-13T12:00:35.3899262Z", time));
        Assert.Equal([1, 2], Texts.Ports(read));
        Assert.Null(read.Rows[0].Context.EntryTime);
    }

    [Fact]
    public void Chunks_through_the_buffer_read_the_same()
    {
        var bytes = Reading.Utf8(Texts.Records(_one, _two, _three));
        var whole = Reading.Read(bytes);
        Reading.AssertSame(whole, Reading.ReadByBuffer(bytes), "by buffer");
        Reading.AssertSame(whole, Reading.ReadByBuffer(bytes, 5), "by buffer, five bytes at a time");
    }

    private static void AssertPorts(int[] ports, int entries, string text)
    {
        var bytes = Reading.Utf8(text);
        var read = Reading.Read(bytes);
        Assert.Empty(read.Issues);
        Assert.Equal(ports, Texts.Ports(read));
        Assert.Equal(entries, read.Counts.Entries);
        ReferenceAssert.Equal(ReferenceParser.Parse(bytes)!, read, bytes, "golden");
    }
}
