using System;
using System.Globalization;
using System.Linq;
using System.Text;
using NsgFlow.Display;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Logs;

public class LogsAnswerTests
{
    public static TheoryData<string, string, object?> Values => new()
    {
        { "bool", "true", true },
        { "bool", "0", false },
        { "sbyte", "1", true },
        { "bool", "\"False\"", false },
        { "datetime", "\"2026-11-23T09:00:00Z\"", Utc(0) },
        { "datetime", "\"2026-11-23T09:00:00\"", Utc(0) },
        { "datetime", "\"2026-11-23T09:00:00.1Z\"", Utc(1000000) },
        { "datetime", "\"2026-11-23T09:00:00.1234567Z\"", Utc(1234567) },
        { "datetime", "\"2026-11-23T10:00:00.05+01:00\"", Utc(500000) },
        { "datetime", "\"\"", null },
        { "guid", "\"45d0c39a-046e-4a55-bbea-a026747f4496\"", new Guid("45d0c39a-046e-4a55-bbea-a026747f4496") },
        { "int", "-5", -5 },
        { "int", "\"2147483647\"", int.MaxValue },
        { "long", "9223372036854775807", long.MaxValue },
        { "long", "\"-9223372036854775808\"", long.MinValue },
        { "long", "1E3", 1000L },
        { "System.Int64", "7", 7L },
        { "real", "0.1", 0.1 },
        { "real", "3", 3.0 },
        { "real", "\"NaN\"", double.NaN },
        { "real", "\"Infinity\"", double.PositiveInfinity },
        { "real", "\"-Infinity\"", double.NegativeInfinity },
        { "real", "\"1.5e-3\"", 0.0015 },
        { "string", "\"a\\u00e4\\ud83d\\ude00\\\"\\n\"", "aä😀\"\n" },
        { "string", "\"\"", "" },
        { "string", "12", "12" },
        { "string", "\"half \\ud800 a character\"", "half \uFFFD a character" },
        { "timespan", "\"01:02:03\"", new TimeSpan(1, 2, 3) },
        { "timespan", "\"1.02:03:04.1234567\"", new TimeSpan(1, 2, 3, 4).Add(TimeSpan.FromTicks(1234567)) },
        { "timespan", "\"-10675199.02:48:05.4775808\"", TimeSpan.MinValue },
        { "time", "\"00:00:00\"", TimeSpan.Zero },
        { "decimal", "\"12345678901234567890.12345678\"", 12345678901234567890.12345678m },
        { "decimal", "1.5", 1.5m },
        { "decimal", "\"1234567890123456789012345678901234\"", "1234567890123456789012345678901234" },
        { "dynamic", "\"[\\\"a\\\",1]\"", "[\"a\",1]" },
        { "dynamic", "[ \"a\", {\"b\": null} ]", "[ \"a\", {\"b\": null} ]" },
        { "dynamic", "{\"a\":[1]}", "{\"a\":[1]}" },
        { "dynamic", "true", "true" },
        { "dynamic", "1.50", "1.50" },
        { "dynamic", "\"plain\"", "plain" },
        { "geometry", "\"x\"", "x" },
        { "long", "\"\"", null },
        { "guid", "null", null },
        { "dynamic", "null", null },
        { "string", "null", null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_has_its_column_s_type(string type, string json, object? expected)
    {
        var value = Assert.Single(Parse(Table($"{{\"name\":\"c\",\"type\":\"{type}\"}}", $"[{json}]")).Primary.Rows)[0];
        Assert.Equal(expected, value);
        if (value is DateTime time)
            Assert.Equal(DateTimeKind.Utc, time.Kind);
    }

    [Theory]
    [InlineData("long", "\"x\"")]
    [InlineData("long", "1.5")]
    [InlineData("long", "9223372036854775808")]
    [InlineData("long", "[1]")]
    [InlineData("int", "2147483648")]
    [InlineData("bool", "2")]
    [InlineData("bool", "\"yes\"")]
    [InlineData("datetime", "\"yesterday\"")]
    [InlineData("datetime", "5")]
    [InlineData("guid", "\"45d0\"")]
    [InlineData("real", "\"1,5\"")]
    [InlineData("real", "{}")]
    [InlineData("timespan", "\"5\"")]
    [InlineData("decimal", "\"ten\"")]
    public void A_value_of_another_type_is_an_error(string type, string json)
    {
        var table = Parse(Table($"{{\"name\":\"Count\",\"type\":\"{type}\"}}", $"[{json}]")).Primary;
        var failure = Assert.Throws<NsgFlowException>(() => table.Rows.Count());
        Assert.Equal("LogsRequestFailed", failure.ErrorId);
        Assert.Contains("column 'Count' is no ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_may_come_before_columns_and_errors_before_tables()
    {
        var answer = Parse(
            """
            { "error": null, "statistics": {"query":{"tables":[1]}}, "tables": [ { "rows": [ [1, "a"] , [2,null]
            ], "more": [{"rows":1}], "columns": [ {"type":"int","extra":{},"name":"N"}, {"name":"T","type":"string"} ], "name": "PrimaryResult" } ], "render": {} }
            """);
        Assert.Equal(["1 a", "2 -"], answer.Primary.Rows.Select(static row => $"{row["N"]} {row["T"] ?? "-"}"));
        Assert.Equal("N:Int T:String", string.Join(" ", answer.Primary.Columns));
        Assert.Null(answer.Partial);
        Assert.False(answer.IsCut);
    }

    [Fact]
    public void Of_several_tables_the_primary_is_told_by_its_name()
    {
        var answer = Parse("""{"tables":[{"name":"Other","columns":[],"rows":[]},{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":[[1],[2]]}]}""");
        Assert.Equal(["Other", "PrimaryResult"], answer.Tables.Select(static table => table.Name));
        Assert.Equal(2, answer.Primary.Rows.Count());
        Assert.Equal("first", Parse("""{"tables":[{"name":"first","columns":[]},{"name":"second","columns":[]}]}""").Primary.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("""{"tables":[]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[],"rows":[]}]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":[ ]}]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":null}]}""")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}]}],"error":{}}""")]
    public void An_answer_may_be_empty(string json)
    {
        var answer = Parse(json);
        Assert.Empty(answer.Primary.Rows);
        Assert.Null(answer.Partial);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.Single(LogsAnswer.Parse((byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Table("""{"name":"a","type":"int"}""", "[1]"))]).Primary.Rows);

    [Theory]
    [InlineData("<!DOCTYPE html>\r\n<html>", "no JSON")]
    [InlineData("[]", "no object")]
    [InlineData("5", "no object")]
    [InlineData("{}", "no tables")]
    [InlineData("""{"tables":{}}""", "no list")]
    [InlineData("""{"tables":[5]}""", "no object")]
    [InlineData("""{"tables":[{"columns":5}]}""", "no list")]
    [InlineData("""{"tables":[{"columns":[5]}]}""", "no object")]
    [InlineData("""{"tables":[{"columns":[],"rows":{}}]}""", "no list")]
    [InlineData("""{"tables":[{"rows":[[1]]}]}""", "no columns")]
    [InlineData("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":[[1],[""", "no JSON")]
    [InlineData("""{"tables":[]} x""", "no JSON")]
    public void Garbage_is_an_error_that_shows_its_beginning(string text, string why)
    {
        var failure = Assert.Throws<NsgFlowException>(() => Parse(text));
        Assert.Equal("LogsRequestFailed", failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.InRange(failure.Message.Length, 1, 300);
    }

    [Fact]
    public void What_is_shown_of_garbage_holds_no_token()
    {
        var failure = Assert.Throws<NsgFlowException>(() => Parse("<html>Bearer eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJodHRw.c2lnbmF0dXJl was refused"));
        Assert.Contains("Bearer *** was refused", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "has 1 values for 2 columns")]
    [InlineData("[1,2,[3]]", "has 3 values for 2 columns")]
    [InlineData("{\"Exceptions\":[\"x\"]}", "is no list")]
    [InlineData("null", "is no list")]
    public void A_row_of_another_form_is_an_error_after_those_before_it(string row, string why)
    {
        using var rows = Parse(Table("""{"name":"a","type":"int"},{"name":"b","type":"int"}""", "[1,2]," + row + ",[3,4]")).Primary.Rows.GetEnumerator();
        Assert.True(rows.MoveNext());
        var failure = Assert.Throws<NsgFlowException>(() => rows.MoveNext());
        Assert.Equal("LogsRequestFailed", failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_columns_with_the_same_name_the_first_counts_and_case_matters()
    {
        var row = Parse(Table("""{"name":"a","type":"int"},{"name":"a","type":"int"},{"name":"A","type":"int"},{"name":"","type":"int"},{"type":"int"}""", "[1,2,3,4,5]")).Primary.Rows.Single();
        Assert.Equal([1, 3, 4], new[] { "a", "A", "" }.Select(name => (int)row[name]!));
        Assert.Equal(2, row[1]);
        Assert.Null(row["b"]);
        Assert.Null(row.Text("b"));
    }

    [Fact]
    public void Values_are_turned_into_what_is_asked_for()
    {
        var row = Parse(Table(
            """{"name":"real","type":"real"},{"name":"text","type":"string"},{"name":"time","type":"datetime"},{"name":"nan","type":"real"},{"name":"bool","type":"bool"},{"name":"half","type":"real"}""",
            """[443.0,"12","2026-11-23T09:00:00.5Z","NaN",true,0.5]""")).Primary.Rows.Single();
        Assert.Equal(443L, row.Number("real"));
        Assert.Equal(12L, row.Number("text"));
        Assert.Null(row.Number("nan"));
        Assert.Null(row.Number("half"));
        Assert.Null(row.Number("time"));
        Assert.Equal(double.NaN, row.Real("nan"));
        Assert.Equal(12.0, row.Real("text"));
        Assert.Equal("443", row.Text("real"));
        Assert.Equal("2026-11-23T09:00:00.5Z", row.Text("time"));
        Assert.Equal("true", row.Text("bool"));
        Assert.Equal(Utc(5000000), row.Time("time"));
        Assert.Null(row.Time("text"));
        Assert.True(row.Flag("bool"));
        Assert.Null(row.Flag("text"));
        using (new Culture("de-DE"))
            Assert.Equal("0.5", row.Text("half"));
    }

    [Fact]
    public void Rows_are_made_anew_each_time()
    {
        var table = Parse(Table("""{"name":"a","type":"string"}""", """["x"],["y"]""")).Primary;
        Assert.Equal(table.Rows.Select(static row => row.Text("a")), table.Rows.Select(static row => row.Text("a")));
        Assert.NotSame(table.Rows.First(), table.Rows.First());
    }

    [Theory]
    [InlineData("The results of this query exceed the set limit of 500000 records, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003).", "-2133196797")]
    [InlineData("The results of this query exceed the set limit of 104857600 bytes, so not all records were returned.", "-2133196797")]
    [InlineData("Query execution lacks memory resources to complete (80DA0007)", "Low")]
    [InlineData("Runaway query (E_RUNAWAY_QUERY).", "x")]
    [InlineData("something else", "-2133196797")]
    public void A_limit_that_was_met_cuts_the_answer(string message, string code)
    {
        var answer = Parse(Partial($$$"""{"code":"EngineError","message":"Something went wrong processing your query on the server.","innererror":{"code":"{{{code}}}","message":"{{{message}}}","severity":2,"severityName":"Error"}}"""));
        Assert.True(answer.IsCut);
        Assert.Null(answer.Partial);
        Assert.Equal("LogsPartial", answer.Cut!.ErrorId);
        Assert.Equal(code, answer.Cut.ServiceCode);
        Assert.Contains(message.TrimEnd('.'), answer.Cut.Message, StringComparison.Ordinal);
        Assert.Single(answer.Primary.Rows);
    }

    [Fact]
    public void Another_failure_stands_beside_the_rows()
    {
        var answer = Parse(Partial("""{"code":"ShardUnavailable","message":"One cluster did not answer."},{"code":"x","message":"Nor did another.","innererror":{"innererror":{"code":"deep"}}}"""));
        Assert.False(answer.IsCut);
        Assert.Equal("LogsPartial", answer.Partial!.ErrorId);
        Assert.Equal("ShardUnavailable", answer.Partial.ServiceCode);
        Assert.Contains("One cluster did not answer; Nor did another", answer.Partial.Message, StringComparison.Ordinal);
        Assert.Single(answer.Primary.Rows);
    }

    [Fact]
    public void A_failure_and_a_limit_are_told_apart()
    {
        var answer = Parse(Partial("""{"code":"A","message":"broken"},{"code":"-2133196797","message":"too much"}"""));
        Assert.True(answer.IsCut);
        Assert.Contains("broken", answer.Partial!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("too much", answer.Partial.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_fuzzy_union_remarks_is_no_failure()
    {
        var answer = Parse(Partial(
            """{"code":"EngineError","message":"Something went wrong.","innererror":{"code":"-2133196790","message":"Failed to resolve table expression named 'NTANetAnalytics'","severity":3,"severityName":"Warning"}}"""));
        Assert.False(answer.IsCut);
        Assert.Null(answer.Partial);
        Assert.Equal(["Failed to resolve table expression named 'NTANetAnalytics'"], answer.Warnings);
    }

    [Fact]
    public void An_error_without_reasons_is_a_failure_all_the_same()
    {
        Assert.Contains("There were some errors", Parse("""{"tables":[],"error":{"code":"PartialError","message":"There were some errors."}}""").Partial!.Message, StringComparison.Ordinal);
        Assert.NotNull(Parse("""{"error":{"x":1}}""").Partial);
    }

    [Fact]
    public void Without_tables_the_error_says_why() =>
        Assert.Contains("out of order", Parse("""{"tables":null,"error":{"code":"x","message":"It is out of order."}}""").Partial!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"tables":[{"name":"T\u001b[2J\u202e","rows":[[1]]}]}""")]
    [InlineData("""{"tables":[{"name":"T\u001b[2J\u202e","columns":[{"name":"a","type":"int"}],"rows":[1]}]}""")]
    [InlineData("""{"tables":[{"name":"T\u001b[2J\u202e","columns":[{"name":"a","type":"int"}],"rows":[[]]}]}""")]
    [InlineData("""{"tables":[{"name":"T","columns":[{"name":"a\u001b[2J\u2028","type":"int"}],"rows":[["\u202e"]]}]}""")]
    public void Names_and_values_in_errors_are_fit_for_a_terminal(string json)
    {
        var failure = Assert.Throws<NsgFlowException>(() => Parse(json).Primary.Rows.Count());
        Assert.Equal(ShownText.Clean(failure.Message), failure.Message);
        Assert.Contains("?[2J?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_service_s_words_are_fit_for_a_terminal()
    {
        var failure = Parse("""{"error":{"code":"x\u202e","message":"A \u001b[2J\u2028\u202e name."}}""").Partial!;
        Assert.Equal("x?", failure.ServiceCode);
        Assert.Contains("A  [2J?? name", failure.Message, StringComparison.Ordinal);
    }

    private static string Table(string columns, string rows) =>
        $$"""{"tables":[{"name":"PrimaryResult","columns":[{{columns}}],"rows":[{{rows}}]}]}""";

    private static string Partial(string details) =>
        $$$"""{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":[[1]]}],"error":{"code":"PartialError","message":"There were some errors when processing your query.","details":[{{{details}}}]}}""";

    private static LogsAnswer Parse(string json) => LogsAnswer.Parse(Encoding.UTF8.GetBytes(json));

    private static DateTime Utc(long ticks) => new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc).AddTicks(ticks);

    private sealed class Culture : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public Culture(string name) => CultureInfo.CurrentCulture = new CultureInfo(name);

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
