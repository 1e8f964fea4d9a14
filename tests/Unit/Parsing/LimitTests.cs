using System;
using System.Linq;
using System.Text;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>Hostile input reaches limits, is reported, and costs nothing that follows.</summary>
public class LimitTests
{
    private static readonly string _good = Texts.NsgEntry(2, "UserRule_good", Texts.Good(1));

    [Theory]
    [InlineData('[', 10_000)]
    [InlineData('[', 1_000_000)]
    public void Deep_nesting_inside_an_entry_is_a_limit_and_the_next_entry_comes(char open, int depth)
    {
        var nested = new string(open, depth) + new string(']', depth);
        var read = Reading.Read(Texts.Records(_good.Replace("\"systemId\"", "\"deep\":" + nested + ",\"systemId\""), Texts.NsgEntry(2, "UserRule_next", Texts.Good(2))));
        Assert.Contains(2, Texts.Ports(read));
        Assert.Contains(read.Issues, i => i.Kind == FlowIssueKind.FlowLimitExceeded);
        Assert.True(read.Counts.Issues < 5);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"records\":[")]
    [InlineData("{\"properties\":{\"flows\":[")]
    public void Brackets_without_end_end(string piece)
    {
        var read = Reading.Read(string.Concat(Enumerable.Repeat(piece, 10_000)));
        Assert.Empty(read.Rows);
        Assert.NotEmpty(read.Issues);
        Assert.True(read.Counts.Issues <= 10_000, $"{read.Counts.Issues} issues");
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_no_issue()
    {
        var nested = new string('[', 50) + new string(']', 50);
        var read = Reading.Read(Texts.Records(_good.Replace("\"systemId\"", "\"deep\":" + nested + ",\"systemId\"")));
        Assert.Empty(read.Issues);
        Assert.Equal([1], Texts.Ports(read));
    }

    [Fact]
    public void The_depth_limit_can_be_set()
    {
        var read = Reading.Read(Texts.Records(_good.Replace("\"systemId\"", "\"deep\":[[[[[[[[[[[[]]]]]]]]]]]],\"systemId\"")), new FlowReadLimits { Depth = 12 });
        Assert.Contains(read.Issues, i => i.Kind == FlowIssueKind.FlowLimitExceeded);
    }

    [Theory]
    [InlineData("\"rule\":\"")]
    [InlineData("\"time\":\"")]
    [InlineData("\"flowTuples\":[\"")]
    public void A_string_too_long_is_a_limit_and_the_next_entry_comes(string before)
    {
        var at = _good.IndexOf(before, StringComparison.Ordinal) + before.Length;
        var text = Texts.Records(_good.Insert(at, new string('x', 4_000_000)), Texts.NsgEntry(2, "UserRule_next", Texts.Good(2)));
        var read = Reading.Read(Reading.Utf8(text), [64 * 1024]);
        Assert.Equal(2, Texts.Ports(read).Last());
        Assert.True(read.CountOf(FlowIssueKind.FlowLimitExceeded) + read.CountOf(FlowIssueKind.FlowTupleInvalid) == 1, string.Join("|", read.Issues.Select(Reading.Describe)));
    }

    [Fact]
    public void A_string_without_end_is_held_in_bounded_memory()
    {
        var reader = new FlowLogReader(new KeepingSink());
        reader.Write(Reading.Utf8("{\"records\":[{\"time\":\""));
        var chunk = Encoding.ASCII.GetBytes(new string('x', 1 << 16));
        for (var i = 0; i < 1024; i++)
        {
            reader.Write(chunk);
            Assert.InRange(reader.GetBuffer().Length, 1, 16 << 20);
        }

        reader.Complete();
        Assert.True(reader.Counts.Bytes > 1024 * chunk.Length);
    }

    [Fact]
    public void Long_values_nobody_reads_are_no_issue()
    {
        var read = Reading.Read(Texts.Records(_good.Replace("\"systemId\"", "\"long\":\"" + new string('x', 60_000) + "\",\"systemId\"")));
        Assert.Empty(read.Issues);
        Assert.Equal([1], Texts.Ports(read));
    }

    [Fact]
    public void Too_many_tuples_in_an_entry_are_a_limit_and_the_next_entry_comes()
    {
        var big = Texts.NsgEntry(2, "UserRule_big", Enumerable.Range(1000, 50).Select(Texts.Good).ToArray());
        var read = Reading.Read(Texts.Records(big, _good), new FlowReadLimits { EntryTuples = 20 });
        Assert.Equal(1, Texts.Ports(read).Last());
        Assert.Equal(1, read.CountOf(FlowIssueKind.FlowLimitExceeded));
        Assert.InRange(read.Rows.Count, 1, 21);
    }

    [Fact]
    public void As_many_tuples_as_the_limit_says_are_no_issue()
    {
        var big = Texts.NsgEntry(2, "UserRule_big", Enumerable.Range(1000, 20).Select(Texts.Good).ToArray());
        var read = Reading.Read(Texts.Records(big, _good), new FlowReadLimits { EntryTuples = 20 });
        Assert.Empty(read.Issues);
        Assert.Equal(21, read.Rows.Count);
    }

    [Theory]
    [InlineData(10_000, 100)]
    [InlineData(101, 100)]
    [InlineData(10, 3)]
    public void Issues_beyond_the_limit_are_counted_in_one_last_issue(int bad, int limit)
    {
        var tuples = Enumerable.Range(0, bad).Select(i => "bad " + i).Append(Texts.Good(1)).ToArray();
        var read = Reading.Read(Texts.Nsg(2, tuples), new FlowReadLimits { Issues = limit });
        Assert.Equal([1], Texts.Ports(read));
        Assert.Equal(bad, read.Counts.Issues);
        Assert.Equal(limit, read.CountOf(FlowIssueKind.FlowTupleInvalid));
        var last = read.Issues[read.Issues.Count - 1];
        Assert.Equal(FlowIssueKind.FlowIssuesSuppressed, last.Kind);
        Assert.Contains((bad - limit).ToString(System.Globalization.CultureInfo.InvariantCulture), last.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_issues_as_the_limit_says_are_reported_one_by_one()
    {
        var read = Reading.Read(Texts.Nsg(2, Enumerable.Repeat("bad", 100).ToArray()));
        Assert.Equal(100, read.CountOf(FlowIssueKind.FlowTupleInvalid));
        Assert.Equal(100, read.Issues.Count);
    }

    [Fact]
    public void A_long_bad_tuple_is_cut_in_its_issue()
    {
        var read = Reading.Read(Texts.Nsg(2, new string('y', 20_000)));
        Assert.True(Assert.Single(read.Issues).Text!.Length < 1000);
    }

    [Fact]
    public void Duplicate_keys_lose_no_tuple()
    {
        var entry = _good.Replace("\"flowTuples\":[", $"\"flowTuples\":[\"{Texts.Good(7)}\"],\"flowTuples\":[").Replace("\"time\":", "\"time\":\"2001-01-01T00:00:00Z\",\"time\":");
        var read = Reading.Read(Texts.Records(entry));
        Assert.Empty(read.Issues);
        Assert.Equal([7, 1], Texts.Ports(read));
        Assert.Equal(2018, read.Rows[0].Context.EntryTime!.Value.Year);
    }

    [Fact]
    public void Four_times_the_input_gives_four_times_the_counts()
    {
        var random = new TestRandom(5);
        var log = new RandomFlowLog(random, mostTuplesOfGroup: 30);
        var bytes = Encoding.UTF8.GetBytes("\n").Concat(log.Next(entries: 50)).ToArray();
        var once = Reading.Read(bytes).Counts;
        var four = Reading.Read(bytes.Concat(bytes).Concat(bytes).Concat(bytes).ToArray()).Counts;
        Assert.True(once.Tuples > 100);
        Assert.Equal((4 * once.Bytes, 4 * once.Entries, 4 * once.Tuples, 4 * once.Issues), (four.Bytes, four.Entries, four.Tuples, four.Issues));
    }

    [Fact]
    public void Damage_everywhere_is_read_in_one_pass()
    {
        // Quadratic resynchronising would take hours here.
        var text = string.Concat(Enumerable.Repeat("{\"records\":[{\"properties\":{\"flows\":[{\"flows\":[{\"flowTuples\":[\"x\",}", 40_000));
        var read = Reading.Read(Reading.Utf8(text), [4096]);
        Assert.True(read.Counts.Issues > 1);
        Assert.Empty(read.Rows);
    }
}
