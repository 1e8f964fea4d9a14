using Xunit;

namespace NsgFlow.SimulatorTests.Kusto;

/// <summary>learn.microsoft.com/kusto/query: scalar-data-types/null-values, summarize-operator (default values).</summary>
public sealed class NullTests
{
    [Fact]
    public void Comparisons_follow_the_table_of_the_documentation() => Assert.Equal("5|true|true|false|true\nnull|null|true|null|null", Kql.Rows("""
        datatable(val:int)[5, int(null)]
        | extend IsBiggerThan3 = val > 3
        | extend IsBiggerThan3OrNull = val > 3 or isnull(val)
        | extend IsEqualToNull = val == int(null)
        | extend IsNotEqualToNull = val != int(null)
        """));

    [Fact]
    public void Where_takes_null_for_false_and_null_is_unlike_any_value() => Assert.Equal(
        "null|b", Kql.Rows("""datatable(ival:int, sval:string)[5, "a", int(null), "b"] | where ival != 5"""));

    [Fact]
    public void Arithmetic_with_null_is_null() => Assert.Equal("5|15|50\nnull|null|null", Kql.Rows("""
        datatable(val:int)[5, int(null)]
        | extend Add = val + 10
        | extend Multiply = val * 10
        """));

    [Theory]
    [InlineData("bool(null) and false", "false")]
    [InlineData("bool(null) or true", "true")]
    [InlineData("bool(null) and true", "null")]
    [InlineData("bool(null) or false", "null")]
    [InlineData("not(bool(null))", "null")]
    [InlineData("long(null) in (1, 2)", "false")]
    [InlineData("long(null) !in (1, 2)", "true")]
    [InlineData("isnull(string(null))", "false")]
    [InlineData("isempty(string(null))", "true")]
    [InlineData("isempty(long(null))", "true")]
    [InlineData("isnotempty('x') and not(isnotempty(''))", "true")]
    [InlineData("strcat('<', tostring(long(null)), '>')", "<>")]
    public void Logic_and_lists(string expression, string value) => Assert.Equal(value, Kql.Rows("print " + expression));

    [Fact]
    public void Aggregates_of_nothing_have_the_documented_defaults()
    {
        Assert.Equal("null|NaN|null|null|0|0", Kql.Rows("datatable(x:long)[] | summarize take_any(x), avg(x), max(x), min(x), sum(x), sumif(x, x > 0)"));
        Assert.Equal("0|0|0|0", Kql.Rows("datatable(x:long)[] | summarize count(), countif(x > 0), dcount(x), count_distinct(x)"));
        Assert.Equal("[]|[]", Kql.Rows("datatable(x:long)[] | summarize make_set(x), make_list(x)"));
        Assert.Equal("", Kql.Rows("datatable(x:long)[] | summarize sum(x) by x"));
    }

    [Fact]
    public void Aggregates_of_nulls_only_are_those_of_nothing() => Assert.Equal("0|NaN|null|0|[]", Kql.Rows(
        "datatable(x:long)[long(null), long(null)] | summarize sum(x), avg(x), max(x), count_distinct(x), make_set(x)"));

    [Fact]
    public void Aggregates_pass_over_null()
    {
        Assert.Equal("15.0|5.0", Kql.Rows("range x from 1 to 4 step 1 | extend y = iff(x == 1, real(null), real(5)) | summarize sum(y), avg(y)"));
        Assert.Equal("[5.0]|[5.0]", Kql.Rows("range x from 1 to 2 step 1 | extend y = iff(x == 1, real(null), real(5)) | summarize make_set(y), make_set(y)"));
    }

    [Fact]
    public void Null_is_a_group_of_its_own() => Assert.Equal(
        "1|2\nnull|1", Kql.Rows("datatable(x:long)[1, long(null), 1] | summarize n = count() by x | order by n"));
}
