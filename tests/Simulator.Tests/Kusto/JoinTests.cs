using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests.Kusto;

/// <summary>The example of learn.microsoft.com/kusto/query for each kind of join, and union's.</summary>
public sealed class JoinTests
{
    private const string Tables = """
        let X = datatable(Key:string, Value1:long)['a',1, 'b',2, 'b',3, 'c',4];
        let Y = datatable(Key:string, Value2:long)['b',10, 'c',20, 'c',30, 'd',40];
        X | join kind=
        """;

    [Theory]
    [InlineData("inner Y on Key", "b|2|b|10\nb|3|b|10\nc|4|c|20\nc|4|c|30")]
    [InlineData("innerunique Y on Key", "b|2|b|10\nc|4|c|20\nc|4|c|30")]
    [InlineData("leftouter Y on Key", "a|1||null\nb|2|b|10\nb|3|b|10\nc|4|c|20\nc|4|c|30")]
    [InlineData("rightouter Y on Key", "b|2|b|10\nb|3|b|10\nc|4|c|20\nc|4|c|30\n|null|d|40")]
    [InlineData("fullouter Y on Key", "a|1||null\nb|2|b|10\nb|3|b|10\nc|4|c|20\nc|4|c|30\n|null|d|40")]
    [InlineData("leftanti Y on Key", "a|1")]
    [InlineData("leftsemi Y on Key", "b|2\nb|3\nc|4")]
    [InlineData("rightanti Y on Key", "d|40")]
    [InlineData("rightsemi Y on Key", "b|10\nc|20\nc|30")]
    [InlineData("leftanti (Y | where Value2 > 10) on $left.Key == $right.Key", "a|1\nb|2\nb|3")]
    public void Kinds(string join, string rows) => Assert.Equal(rows, Kql.Rows(Tables + join));

    [Fact]
    public void Columns_of_one_name_get_a_number_and_semi_has_one_side_only()
    {
        Assert.Equal("Key:string Value1:long Key1:string Value2:long", Kql.Columns(Tables + "inner Y on Key"));
        Assert.Equal("Key:string Value1:long", Kql.Columns(Tables + "leftsemi Y on Key"));
    }

    [Fact]
    public void Several_conditions() => Assert.Equal("1|a|1|a", Kql.Rows("""
        datatable(n:long, s:string)[1, 'a', 1, 'b'] | join kind=inner hint.strategy=shuffle (datatable(m:long, s:string)[1, 'a', 2, 'b']) on $left.n == $right.m, s
        """));

    [Theory]
    [InlineData("union withsource=TableName View_1, View_2", "TableName:string x_long:long x_int:int", "View_1|1|null\nView_2|null|2")]
    [InlineData("union withsource=TableName View_1, View_2, View_3", "TableName:string x_long1:long x_int:int x_long:long", "View_1|1|null|null\nView_2|null|2|null\nView_3|null|null|3")]
    public void Union_tells_columns_of_several_types_apart(string union, string columns, string rows)
    {
        const string views = "let View_1 = print x=1; let View_2 = print x=toint(2); let View_3 = print x_long=3;";
        Assert.Equal(columns, Kql.Columns(views + union));
        Assert.Equal(rows, Kql.Rows(views + union));
    }

    [Fact]
    public void Union_has_all_columns()
    {
        const string tables = "let A = datatable(a:long, s:string)[1, 'x']; let B = datatable(s:string, b:long)['y', 2];";
        Assert.Equal("1|x|null\nnull|y|2", Kql.Rows(tables + "A | union B"));
        Assert.Equal("null|1|x", Kql.Rows(tables + "union (B | where b > 9), (A | where a > 0) | project b, a, s"));
    }

    [Fact]
    public void A_fuzzy_union_passes_over_missing_tables_and_nothing_else()
    {
        Assert.Equal("2", Kql.Rows("let View_1 = print x=1; let View_2 = print x=1; union isfuzzy=true (View_1 | where x > 0), (View_2 | where x > 0), (View_3 | where x > 0) | count"));
        Assert.Equal("1", Kql.Rows("let A = Missing | where y > 0; let B = print x=1; union isfuzzy=true A, B | count"));
        Assert.Equal("SEM0100", Assert.Throws<KqlException>(() => Kql.Run("let A = print x=1; union isfuzzy=true (A | where nope > 0), A")).Code);
        Assert.Equal("SEM0100", Assert.Throws<KqlException>(() => Kql.Run("union isfuzzy=true (Missing | take 1), Other")).Code);
        Assert.Equal("SEM0100", Assert.Throws<KqlException>(() => Kql.Run("let A = print x=1; union A, Missing")).Code);
    }
}
