using System;
using System.Linq;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>Cuts and broken JSON: what came before is there, what follows comes, and the damage is reported.</summary>
public class DamageTests
{
    private static readonly string _first = Texts.NsgEntry(2, "UserRule_one", Texts.Good(1), Texts.Good(2));
    private static readonly string _second = Texts.NsgEntry(2, "UserRule_two", Texts.Good(3), Texts.Good(4));
    private static readonly string _third = Texts.NsgEntry(2, "UserRule_three", Texts.Good(5));
    private static readonly string _fourth = Texts.VnetEntry("g", "UserRule_four", Texts.GoodVnet(6));

    [Fact]
    public void Every_cut_of_a_small_file_gives_what_came_before_and_one_error()
    {
        foreach (var text in new[] { Texts.Records(_first, _fourth), " \n" + Texts.Records(_second) + "\n" + _fourth + "\n", "," + _third + "]}" })
        {
            var whole = Reading.Utf8(text);
            for (var cut = 0; cut <= whole.Length; cut++)
                CutInput.Check(whole, cut, $"cut at {cut}");
        }
    }

    [Fact]
    public void A_cut_tuple_is_no_tuple_even_when_it_could_be_one()
    {
        var text = Texts.Records(_first);
        var cut = text.IndexOf(Texts.Good(2), StringComparison.Ordinal) + Texts.Good(2).Length;
        var read = Reading.Read(text.Substring(0, cut));
        Assert.Equal([1], Texts.Ports(read));
        Assert.Equal(FlowIssueKind.FlowBlobTruncated, Assert.Single(read.Issues).Kind);
        Assert.Equal([1, 2], Texts.Ports(Reading.Read(text.Substring(0, cut + 1))));
    }

    [Fact]
    public void A_file_without_its_last_block_is_cut()
    {
        var read = Reading.Read("{\"records\":[" + _first + "," + _second);
        Assert.Equal([1, 2, 3, 4], Texts.Ports(read));
        Assert.Equal(FlowIssueKind.FlowBlobTruncated, Assert.Single(read.Issues).Kind);
    }

    /// <summary>What is put in place of a piece of the first entry; entries after it must come.</summary>
    [Theory]
    [InlineData("\"category\":", "\"category\"")]
    [InlineData("\"category\":", "category:")]
    [InlineData(",\"category\"", "\"category\"")]
    [InlineData("\"Version\":2", "\"Version\":")]
    [InlineData("\"Version\":2", "\"Version\":nonsense")]
    [InlineData("\"properties\":{", "\"properties\":")]
    [InlineData("\"properties\":{", "\"properties\":[")]
    [InlineData("]}]}]}}", "]}]}]}]")]
    [InlineData("]}]}]}}", "}]}]}}")]
    [InlineData("]}]}]}}", "]]}}")]
    [InlineData("\"flows\":[{\"mac\"", "\"flows\":[,{\"mac\"")]
    [InlineData("\"systemId\"", "<html>\"systemId\"")]
    public void Broken_json_costs_no_later_entry(string piece, string broken)
    {
        var at = _first.IndexOf(piece, StringComparison.Ordinal);
        var damaged = _first.Substring(0, at) + broken + _first.Substring(at + piece.Length);
        var read = Reading.Read(Texts.Records(damaged, _second, _third, _fourth));
        Assert.Equal([3, 4, 5, 6], Texts.Ports(read).SkipWhile(p => p < 3));
        Assert.NotEmpty(read.Issues);
        Assert.All(read.Issues, i => Assert.Equal(FlowIssueKind.FlowEntryDamaged, i.Kind));
    }

    [Fact]
    public void Tuples_before_the_damage_come()
    {
        var damaged = _first.Replace(",\"" + Texts.Good(2), ",!\"" + Texts.Good(2));
        var read = Reading.Read(Texts.Records(damaged, _second));
        Assert.Equal([1, 3, 4], Texts.Ports(read).Where(p => p != 2));
        Assert.Equal(FlowIssueKind.FlowEntryDamaged, Assert.Single(read.Issues).Kind);
    }

    [Fact]
    public void An_entry_cut_in_the_middle_of_a_file_costs_no_later_entry()
    {
        // What a reader sees that raced with the writer: the old closer and a new block where the rest of an entry should be.
        var at = _first.IndexOf("\"flows\"", StringComparison.Ordinal);
        var read = Reading.Read("{\"records\":[" + _first.Substring(0, at) + "]}," + _second + "," + _third + "]}");
        Assert.Equal([3, 4, 5], Texts.Ports(read));
        Assert.NotEmpty(read.Issues);
    }

    [Fact]
    public void Damage_in_each_of_many_entries_is_reported_for_each_and_the_good_ones_come()
    {
        var bad = _first.Replace("\"Version\":2", "\"Version\":?");
        var entries = Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? bad : _third).ToArray();
        var read = Reading.Read(Texts.Records(entries));
        Assert.Equal(10, Texts.Ports(read).Count(p => p == 5));
        Assert.Equal(10, read.CountOf(FlowIssueKind.FlowEntryDamaged));
    }

    [Fact]
    public void Damage_is_reported_where_it_is()
    {
        var text = Texts.Records(_first.Replace("\"Version\":2", "\"Version\":?"), _second);
        var issue = Assert.Single(Reading.Read(text).Issues);
        Assert.InRange(issue.Offset, text.IndexOf('?'), text.IndexOf('?') + 1);
    }

    [Fact]
    public void Invalid_utf8_in_a_tuple_is_that_tuples_damage()
    {
        var bytes = Reading.Utf8(Texts.Nsg(2, Texts.Good(1), "#", Texts.Good(2)));
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        var read = Reading.Read(bytes);
        Assert.Equal([1, 2], Texts.Ports(read));
        Assert.Equal(FlowIssueKind.FlowTupleInvalid, Assert.Single(read.Issues).Kind);
    }

    [Fact]
    public void Invalid_utf8_in_a_name_costs_no_tuple()
    {
        var bytes = Reading.Utf8(Texts.Records(_first.Replace("UserRule_one", "UserRule_#"), _second));
        bytes[Array.IndexOf(bytes, (byte)'#')] = 0xFF;
        Assert.Equal([1, 2, 3, 4], Texts.Ports(Reading.Read(bytes)));
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("\\u0000")]
    public void Odd_escapes_in_a_name_cost_no_tuple(string escape)
    {
        var read = Reading.Read(Texts.Records(_first.Replace("UserRule_one", "UserRule_" + escape), _second));
        Assert.Equal([1, 2, 3, 4], Texts.Ports(read));
        Assert.All(read.Rows.Take(2), r => Assert.Equal(FlowRuleKind.User, r.Context.RuleKind));
    }
}
