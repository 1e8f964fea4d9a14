using System.Linq;
using System.Threading.Tasks;
using NsgFlow.KustoTests.Infrastructure;
using Xunit;

namespace NsgFlow.KustoTests;

/// <summary>The simulator's engine, which evaluates queries in tests, gives the columns that Microsoft's analyser says.</summary>
public sealed class EngineTests(KustoParser parser) : IClassFixture<KustoParser>
{
    private static readonly string[] s_scalars =
    [
        "1 + 1", "toint(1) + toint(1)", "toint(1) + 1", "1 / 2", "1 / 2.0", "1 % 2", "10m / 1s", "1s * 5", "2 * 1h", "1h / 2", "-toint(1)", "-1.5",
        "datetime(2026-11-23) - datetime(2026-11-22)", "datetime(2026-11-23) + 1h", "1h + 1h", "bin(4.5, 1)", "bin(4, 1)", "bin(toint(4), 1)", "bin(4, 1.5)", "bin(16d, 7d)",
        "bin(datetime(2026-11-23), 1d)", "bin_at(6.5, 2.5, 7)", "bin_at(datetime(2026-11-23), 1d, datetime(2026-11-23))", "floor(4.5, 1)", "round(1.5, 1)", "abs(-1)", "abs(-1.5)",
        "toint('1')", "tolong('1')", "toreal('1')", "todouble(1)", "tobool('true')", "todatetime('x')", "totimespan('x')", "toguid('x')", "tostring(1)",
        "iff(true, 1, 2)", "iff(true, 1, 2.5)", "iff(true, toint(1), 2)", "iff(true, 'a', 'b')", "case(true, 1, false, 2, 3)", "case(true, toint(1), 2)", "coalesce(1, 2)", "coalesce(toint(1), 2)",
        "coalesce('a', 'b')", "min_of(1, 2)", "min_of(1, 2.5)", "max_of(toint(1), 2)", "isempty('x')", "isnotempty('x')", "isnull(1)", "isnotnull(1)", "not(true)", "isnan(1.5)", "isfinite(1.5)",
        "strcat('a', 1)", "tolower('A')", "toupper('a')", "strlen('a')", "substring('abc', 1)", "indexof('a', 'b')", "split('a b', ' ')", "replace_string('a', 'b', 'c')",
        "replace_regex('a', 'b', 'c')", "extract('a', 0, 'a')", "extract('1', 0, '1', typeof(long))", "hash('x')", "hash('x', 100)", "hash_xxhash64('x')",
        "array_length(dynamic([1]))", "set_has_element(dynamic([1]), 1)", "pack_array(1, 'x')", "bag_pack('a', 1)", "parse_json('1')", "dynamic([1])[0]", "dynamic({'a':1}).a", "gettype(1)",
        "ipv4_is_private('10.0.0.1')", "ipv4_is_in_any_range('10.0.0.1', '10.0.0.0/8')", "ipv6_is_in_any_range('::1', '::/8')", "ipv4_is_in_range('10.0.0.1', '10.0.0.0/8')",
        "parse_ipv6_mask('::1', 64)", "hourofday(datetime(2026-11-23))", "dayofweek(datetime(2026-11-23))", "startofday(datetime(2026-11-23))", "now()", "ago(1d)",
        "'a' == 'b'", "'a' has 'b'", "1 in (1, 2)", "1 between (0 .. 2)", "'a' matches regex 'b'", "'a' has_any ('b')", "true and false",
    ];

    private static readonly string[] s_tables =
    [
        "summarize count(), countif(a > 0), sum(a), sumif(a, a > 0), avg(a), min(a), max(a), dcount(a), make_set(a), make_list(a), take_any(a)",
        "summarize sum(i), sum(r), avg(i), min(i), max(s), min(t), sum(d), count_distinct(s), count_distinctif(s, a > 0), dcountif(s, a > 0)",
        "summarize sumif(i, a > 0), avgif(a, a > 0), minif(a, a > 0), maxif(i, a > 0), make_set_if(a, a > 0), make_list_if(a, a > 0), take_anyif(s, a > 0), make_bag(bag_pack('k', a))",
        "summarize hint.strategy=shuffle n = count() by s", "summarize hint.shufflekey=s hint.num_partitions=4 count() by s, a",
        "summarize sum(a + 1), count() by bin(t, 1h), s", "summarize make_set(a), make_set(a)", "summarize Percent = 100.0 * sum(a) / count()", "summarize Mean = sum(a) / count()", "summarize by tostring(a)",
        "summarize arg_max(t, *) by s", "summarize arg_max(t, a, i)", "summarize arg_min(a, *)", "summarize take_any(*) by s", "summarize take_any(a, i)", "summarize n = arg_max(a, s)", "summarize x = count() by y = tolower(s)",
        "summarize by bin(a, 10), startofday(t)", "summarize count() by tolower(s), strlen(s)", "project a + 1, s, strcat(s, s)", "project tolong(s), toint(a), bin(a, 2)", "extend a + 1", "extend a = s, z = 1", "extend tostring(a)", "extend j = parse_json(s) | project j.k, j['l'], j[0]",
        "project-away a, s", "project-rename z = a", "project-keep s*, a", "distinct a, s", "distinct *", "distinct tolower(s)", "count", "order by a | take 1", "top 3 by a asc nulls last",
        "extend l = split(s, ' ') | mv-expand l", "mv-expand l = split(s, ' ') to typeof(string)", "mv-expand with_itemindex=n l = pack_array(1, 2) to typeof(long), m = pack_array('a')",
        "join kind=inner (T) on a", "join kind=leftouter (T | project a, z = s) on a", "join kind=leftanti (T) on a, s", "join kind=rightsemi (T | project a, z = 1) on a", "join kind=fullouter (T) on $left.a == $right.a",
        "union (T | extend a = s)", "union (T | project a = i, q = 1)", "project column_ifexists('a', 1), column_ifexists('q', 1), z = column_ifexists('q', s)",
    ];

    [KustoFact]
    public async Task Types_of_functions_and_operators() => await SameAsync([.. s_scalars.Select(static scalar => "print x = " + scalar)]);

    [KustoFact]
    public async Task Names_and_types_of_columns() => await SameAsync([.. s_tables.Select(static table =>
        "let T = datatable(a: long, i: int, r: real, s: string, t: datetime, d: timespan)[1, 2, 3.5, 's', datetime(2026-11-23), 1h];\nT | " + table)]);

    private async Task SameAsync(string[] queries) => EngineJudge.Check(KqlWorkspace.Full, await parser.AnalyzeAsync(KqlWorkspace.Full, queries));
}
