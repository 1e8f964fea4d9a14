using Xunit;

namespace NsgFlow.SimulatorTests.Kusto;

/// <summary>Examples of learn.microsoft.com/kusto/query for where, extend, project, sort, top, mv-expand, let and sources.</summary>
public sealed class OperatorTests
{
    private const string Numbers = "datatable(x:real)[5, 0, real(null), real(nan), -5, real(+inf), real(-inf)] | ";

    [Theory]
    [InlineData("sort by x asc nulls first", "null NaN -Infinity -5.0 0.0 5.0 Infinity")]
    [InlineData("sort by x asc nulls last", "-Infinity -5.0 0.0 5.0 Infinity NaN null")]
    [InlineData("sort by x desc nulls first", "null NaN Infinity 5.0 0.0 -5.0 -Infinity")]
    [InlineData("sort by x desc nulls last", "Infinity 5.0 0.0 -5.0 -Infinity NaN null")]
    [InlineData("order by x asc", "null NaN -Infinity -5.0 0.0 5.0 Infinity")]
    [InlineData("order by x", "Infinity 5.0 0.0 -5.0 -Infinity NaN null")]
    [InlineData("top 2 by x", "Infinity 5.0")]
    public void Order(string operation, string values) => Assert.Equal(values, Kql.Rows(Numbers + operation).Replace('\n', ' '));

    [Fact]
    public void Order_by_several_keeps_what_is_equal_as_it_was() => Assert.Equal("a|2|1\na|1|0\na|1|3\nb|0|2", Kql.Rows(
        "datatable(s:string, n:long, i:long)['a', 1, 0, 'a', 2, 1, 'b', 0, 2, 'a', 1, 3] | sort by s asc, n desc"));

    [Theory]
    [InlineData("datatable (a: int, b: dynamic)[1, dynamic([10, 20]), 2, dynamic(['a', 'b'])] | mv-expand b", "1|10\n1|20\n2|a\n2|b")]
    [InlineData("""datatable (a: int, b: dynamic)[1, dynamic({"prop1": "a1", "prop2": "b1"})] | mv-expand b""", "1|{\"prop1\":\"a1\"}\n1|{\"prop2\":\"b1\"}")]
    [InlineData("""datatable (a: int, b: dynamic, c: dynamic)[1, dynamic({"prop1": "a", "prop2": "b"}), dynamic([5, 4, 3])] | mv-expand b, c""", "1|{\"prop1\":\"a\"}|5\n1|{\"prop2\":\"b\"}|4\n1|null|3")]
    [InlineData("datatable (b: dynamic, c: dynamic)[dynamic([1, 2]), dynamic([5, 6])] | mv-expand b | mv-expand c", "1|5\n1|6\n2|5\n2|6")]
    [InlineData("range x from 1 to 4 step 1 | summarize x = make_list(x) | mv-expand with_itemindex=Index x", "1|0\n2|1\n3|2\n4|3")]
    [InlineData("datatable(b:dynamic)[dynamic([]), dynamic(null)] | extend n = 1 | mv-expand b", "null|1")]
    [InlineData("print s = 'a b' | mv-expand p = split(s, ' ') to typeof(string)", "a b|a\na b|b")]
    [InlineData("print a = dynamic(['x', 'y']), b = dynamic(['z']) | mv-expand a to typeof(string), b to typeof(string)", "x|z\ny|")]
    [InlineData("print a = dynamic([1, 'y', true]) | mv-expand a to typeof(long)", "1\nnull\nnull")]
    [InlineData("range x from 1 to 200 step 1 | summarize x = make_list(x) | mvexpand x | count", "128")]
    public void Mv_expand(string query, string rows) => Assert.Equal(rows, Kql.Rows(query));

    [Fact]
    public void Mv_expand_types_only_the_column_that_has_the_type() => Assert.Equal(
        "a:string b:dynamic c:int", Kql.Columns("""datatable (a: string, b: dynamic, c: dynamic)["Constant", dynamic([1, 2]), dynamic([6, 7])] | mv-expand b, c to typeof(int)"""));

    [Theory]
    [InlineData("project b, c = a + 1", "b:string c:long")]
    [InlineData("project-away a", "b:string bc:string")]
    [InlineData("project-away b*", "a:long")]
    [InlineData("project-keep b*", "b:string bc:string")]
    [InlineData("project-rename z = a, y = bc", "z:long b:string y:string")]
    [InlineData("extend d = 1, b = 2.0", "a:long b:real bc:string d:long")]
    [InlineData("project x = column_ifexists('a', b), y = column_ifexists('q', b), column_ifexists('bc', '')", "x:long y:string bc:string")]
    public void Columns(string operation, string columns) => Assert.Equal(columns, Kql.Columns("datatable(a:long, b:string, bc:string)[] | " + operation));

    [Fact]
    public void Let_names_values_and_tables() => Assert.Equal("2\n3", Kql.Rows("""
        let Least = 1; // a comment
        let T = materialize(range x from 1 to 3 step 1 | where x > Least);
        let All = T;
        let Known = All | project x;
        range x from 1 to 10 step 1
        | where x in (Known) and x <= toscalar(T | summarize max(x))
        | where x in ((T | project x));
        """));

    [Fact]
    public void Sources()
    {
        Assert.Equal("1|x|3", Kql.Rows("print 1, b = 'x', 1 + 2"));
        Assert.Equal("print_0:long b:string print_2:long", Kql.Columns("print 1, b = 'x', 1 + 2"));
        Assert.Equal("1\n3", Kql.Rows("range x from 1 to 4 step 2"));
        Assert.Equal("1|1.0|2015-12-31T00:00:00.0000000Z", Kql.Rows("datatable(a:long, ['b c']:real, t:datetime)[1, 1, datetime(2015-12-31)] | project a, ['b c'], t"));
    }

    [Fact]
    public void A_let_table_is_made_once_and_serves_twice() => Assert.Equal("2", Kql.Rows("let T = print x = 1; T | union T | count"));
}
