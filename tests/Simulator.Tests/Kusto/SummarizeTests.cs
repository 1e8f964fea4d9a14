using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests.Kusto;

/// <summary>Examples of learn.microsoft.com/kusto/query for aggregate functions, distinct, count and the names of columns.</summary>
public sealed class SummarizeTests
{
    private const string Shapes = """
        let shapes = datatable (name: string, sideCount: int)
        [
            "triangle", 3, "square", 4, "rectangle", 4, "pentagon", 5, "hexagon", 6, "heptagon", 7, "octagon", 8, "nonagon", 9, "decagon", 10
        ];
        shapes |
        """;

    [Fact]
    public void Make_list_keeps_the_order()
    {
        Assert.Equal("""["triangle","square","rectangle","pentagon","hexagon","heptagon","octagon","nonagon","decagon"]""", Kql.Rows(Shapes + "summarize mylist = make_list(name)"));
        Assert.Equal(
            """
            false|["triangle","pentagon","heptagon","nonagon"]
            true|["square","rectangle","hexagon","octagon","decagon"]
            """,
            Kql.Rows(Shapes + "summarize mylist = make_list(name) by isEvenSideCount = sideCount % 2 == 0"));
        Assert.Equal(
            """[{"name":"triangle","sideCount":3},{"name":"pentagon","sideCount":5}]""",
            Kql.Rows(Shapes + """where sideCount in (3, 5) | extend d = bag_pack("name", name, "sideCount", sideCount) | summarize mylist = make_list(d)"""));
    }

    [Fact]
    public void Make_set_takes_arrays_apart() => Assert.Equal("""[1,5,7]|["A1","A2","A3","C1","C2"]""", Kql.Rows("""
        datatable (Val: int, Arr1: dynamic)
        [
            1, dynamic(['A1', 'A2', 'A3']),
            5, dynamic(['A2', 'C1']),
            7, dynamic(['C2', 'A3']),
            5, dynamic(['C2', 'A1'])
        ]
        | summarize Val_set=make_set(Val), Arr1_set=make_set(Arr1)
        """));

    [Fact]
    public void Make_bag_merges() => Assert.Equal("""{"prop01":"val_a","prop02":"val_b","prop03":"val_c"}""", Kql.Rows("""
        let T = datatable(prop:string, value:string)
        [
            "prop01", "val_a",
            "prop02", "val_b",
            "prop03", "val_c",
        ];
        T
        | extend p = bag_pack(prop, value)
        | summarize dict=make_bag(p)
        """));

    [Fact]
    public void Arg_max_prefers_what_is_not_null()
    {
        const string fruit = """
            datatable(Fruit: string, Color: string, Version: int) [
                "Apple", "Red", 1,
                "Apple", "Green", int(null),
                "Banana", "Yellow", int(null),
                "Banana", "Green", int(null),
                "Pear", "Brown", 1,
                "Pear", "Green", 2,
            ]
            """;
        Assert.Equal("Apple|1|Red\nBanana|null|Yellow\nPear|2|Green", Kql.Rows(fruit + "| summarize arg_max(Version, *) by Fruit"));
        Assert.Equal("Fruit:string Version:int Color:string", Kql.Columns(fruit + "| summarize arg_max(Version, *) by Fruit"));
        Assert.Equal("1|Brown", Kql.Rows(fruit + "| where Fruit == 'Pear' | summarize arg_min(Version, Color)"));
        Assert.Equal("Apple|Red|1", Kql.Rows(fruit + "| summarize take_any(*) by Fruit | take 1"));
    }

    [Fact]
    public void Ranges_of_one_size_make_groups() => Assert.Equal("Drought|30.00:00:00|2\nHeat|29.00:00:00|1", Kql.Rows("""
        datatable(EventType:string, Duration:timespan)['Drought', 30d, 'Drought', 30d, 'Heat', 29d, 'Storm', 1h]
        | extend Duration = Duration + 1h
        | where Duration > 1d
        | summarize EventCount=count() by EventType, Length=bin(Duration, 1d)
        | sort by Length
        """.Replace("Duration:timespan)['Drought', 30d, 'Drought', 30d, 'Heat', 29d, 'Storm', 1h]", "Duration:timespan)['Drought', time(30.00:00:00), 'Drought', time(30.00:00:00), 'Heat', time(29.00:00:00), 'Storm', time(00:00:10)]", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("summarize count(), countif(a > 0), sum(a), avg(a), min(a), max(a), dcount(a), make_set(a), make_list(a), take_any(a)", "count_:long countif_:long sum_a:long avg_a:real min_a:long max_a:long dcount_a:long set_a:dynamic list_a:dynamic a:long")]
    [InlineData("summarize sum(a + 1), count() by bin(t, 1h), s", "t:datetime s:string sum_:long count_:long")]
    [InlineData("summarize make_set(a), make_set(a)", "set_a:dynamic set_a1:dynamic")]
    [InlineData("summarize Percent = 100.0 * sum(a) / count()", "Percent:real")]
    [InlineData("summarize by tostring(a)", "a:string")]
    [InlineData("project tolower(s), a, strcat(s, s)", "Column1:string a:long Column2:string")]
    [InlineData("extend strlen(s)", "a:long i:int t:datetime s:string strlen_s:long")]
    [InlineData("extend a = s", "a:string i:int t:datetime s:string")]
    [InlineData("project d = dynamic({'k':1}) | project d.k", "d_k:dynamic")]
    [InlineData("summarize sum(i)", "sum_i:long")]
    [InlineData("count", "Count:long")]
    [InlineData("distinct s, i", "s:string i:int")]
    public void Names_and_types_of_results(string operation, string columns) =>
        Assert.Equal(columns, Kql.Columns("datatable(a:long, i:int, t:datetime, s:string)[1, 2, datetime(2026-11-23), 's'] | " + operation));

    [Fact]
    public void Distinct_and_count()
    {
        const string table = "datatable(a:long, b:string)[1, 'x', 1, 'x', 1, 'X', 2, 'x'] | ";
        Assert.Equal("1|x\n1|X\n2|x", Kql.Rows(table + "distinct *"));
        Assert.Equal("1\n2", Kql.Rows(table + "distinct a"));
        Assert.Equal("4", Kql.Rows(table + "count"));
        Assert.Equal("3", Kql.Rows(table + "summarize count_distinct(strcat(b, a))"));
    }

    [Fact]
    public void Expressions_are_made_of_aggregates() => Assert.Equal("7|2.5", Kql.Rows("datatable(a:long)[1, 4] | summarize x = sum(a) + count(), y = toreal(sum(a)) / 2"));

    [Fact]
    public void A_column_outside_of_an_aggregate_is_refused() => Assert.Throws<KqlException>(() => Kql.Run("datatable(a:long)[1] | summarize sum(a) + a"));
}
