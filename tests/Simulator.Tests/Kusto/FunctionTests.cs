using System.Linq;
using Xunit;

namespace NsgFlow.SimulatorTests.Kusto;

/// <summary>Examples of learn.microsoft.com/kusto/query, one page a function or operator.</summary>
public sealed class FunctionTests
{
    [Theory]
    [InlineData("14 % 12, -14 % 12, 14 % -12, -14 % -12", "2|10|2|10")]
    [InlineData("1.0 / 2, 1 / 2.0, 1 / 2, real(1) / 2", "0.5|0.5|0|0.5")]
    [InlineData("10m / 1s, 1s * 5, 2 + 3 * 4, -(2 - 5), (2 + 3) * 4", "600.0|00:00:05|14|3|20")]
    [InlineData("bin(4.5, 1), bin(16d, 7d), bin(datetime(1970-05-11 13:45:07), 1d), bin(-3, 10), bin(7, 0)", "4.0|14.00:00:00|1970-05-11T00:00:00.0000000Z|-10|null")]
    [InlineData("bin_at(6.5, 2.5, 7), bin_at(1h, 1d, 12h), bin_at(datetime(2017-05-15 10:20:00.0), 1d, datetime(1970-01-01 12:00:00.0)), bin_at(datetime(2017-05-17 10:20:00.0), 7d, datetime(2017-06-04 00:00:00.0))", "4.5|-12:00:00|2017-05-14T12:00:00.0000000Z|2017-05-14T00:00:00.0000000Z")]
    [InlineData("toint('123') == 123, tolong('123'), toint(2.3), tolong('x'), toreal('1.5'), tobool('true')", "true|123|2|null|1.5|true")]
    [InlineData("coalesce(tolong('not a number'), tolong('42'), 33), coalesce('', 'b')", "42|b")]
    [InlineData("case(5 <= 3, 'Small', 5 <= 10, 'Medium', 'Large'), case(11 <= 3, 'Small', 11 <= 10, 'Medium', 'Large'), iff(bool(null), 1, 2.5), iif(true, 1, 2)", "Medium|Large|2.5|1")]
    [InlineData("min_of(10, 1, -3, 17), max_of(10, 1, -3, 17), max_of(1, long(null)), abs(-2), abs(-2.5), round(2.345, 2)", "-3|17|1|2|2.5|2.35")]
    public void Numbers(string expressions, string values) => Assert.Equal(values, Kql.Rows("print " + expressions));

    [Theory]
    [InlineData("datetime(2015-12-31 23:59:59.9), datetime(2015-12-31), todatetime('2015-12-31T23:59:59.9Z'), todatetime('x')", "2015-12-31T23:59:59.9000000Z|2015-12-31T00:00:00.0000000Z|2015-12-31T23:59:59.9000000Z|null")]
    [InlineData("hourofday(datetime(2015-12-14 18:54)), dayofweek(datetime(1947-11-30 10:00:05)), dayofweek(datetime(1970-05-11)), toint(dayofweek(datetime(1970-5-12)) / 1d)", "18|00:00:00|1.00:00:00|2")]
    [InlineData("startofday(datetime(2017-01-01 10:10:17)), datetime(2017-01-02) - datetime(2017-01-01), datetime(2017-01-01) + 90m", "2017-01-01T00:00:00.0000000Z|1.00:00:00|2017-01-01T01:30:00.0000000Z")]
    [InlineData("2d, 1.5h, 30m, 10s, 0.1s, 100ms, 10microsecond, 1tick, time(15 seconds), time(2), time(0.12:34:56.7), totimespan('0.00:01:00')", "2.00:00:00|01:30:00|00:30:00|00:00:10|00:00:00.1000000|00:00:00.1000000|00:00:00.0000100|00:00:00.0000001|00:00:15|2.00:00:00|12:34:56.7000000|00:01:00")]
    [InlineData("datetime(2007-07-28) between (datetime(2007-07-27) .. datetime(2007-07-30)), datetime(2007-07-30) between (datetime(2007-07-27) .. 3d), 55 between (50 .. 55), 56 !between (50 .. 55)", "true|true|true|true")]
    public void Times(string expressions, string values) => Assert.Equal(values, Kql.Rows("print " + expressions));

    [Theory]
    [InlineData("indexof('abcdefg','cde'), indexof('abcdefg','cde',1,4), indexof('abcdefg','cde',1,2), indexof('abcdefg','cde',3,4), indexof('abcdefg','cde',-5), indexof(1234567,5,1,4), indexof('abcdefg','cde',2,-1)", "2|2|-1|-1|2|4|2")]
    [InlineData("substring('123456', 1), substring('123456', 2, 2), substring('ABCD', 0, 2), substring('123456', -2, 2), substring('a', 5)", "23456|34|AB|56|")]
    [InlineData("split('aa_bb', '_'), split('aaa_bbb_ccc', '_', 1), split('', '_'), split('a__b', '_'), split('aabbcc', 'bb')", """["aa","bb"]|["bbb"]|[""]|["a","","b"]|["aa","cc"]""")]
    [InlineData("replace_string('A magic trick can turn a cat into a dog', 'cat', 'hamster')", "A magic trick can turn a hamster into a dog")]
    [InlineData("""replace_regex('Number is 1', @'is (\d+)', @'was: \1'), replace_regex('a-b', '-', '$0')""", "Number was: 1|a$0b")]
    [InlineData("""extract("User: ([^,]+)", 1, "User: James, Email: J"), extract(@"Email: (\S+),", 1, "User: David"), extract(@"-(\d{2})-", 1, "15-12-2024", typeof(int)), extract('x', 0, 'y', typeof(long))""", "James||12|null")]
    [InlineData("strcat('a', 1, true, datetime(2020-01-01)), tolower('AbC'), toupper('AbC'), strlen('hello'), tostring(123)", "a1true2020-01-01T00:00:00.0000000Z|abc|ABC|5|123")]
    [InlineData("""'a\'b\"c\\d\n\t\u0041', @'C:\x', "it's" """, "a'b\"c\\d\n\tA|C:\\x|it's")]
    public void Texts(string expressions, string values) => Assert.Equal(values, Kql.Rows("print " + expressions));

    [Theory]
    [InlineData("'Fabrikam' == 'fabrikam'", false)]
    [InlineData("'Fabrikam' =~ 'fabrikam'", true)]
    [InlineData("'a' !~ 'A'", false)]
    [InlineData("'NEW YORK' has 'New'", true)]
    [InlineData("'NEWARK' has 'New'", false)]
    [InlineData("'KustoExplorerQueryRun' has 'Explorer'", false)]
    [InlineData("'KustoExplorerQueryRun' contains 'explorer'", true)]
    [InlineData("'Kusto: ad67d136-c1db-4f9f-88ef-d94f3b6b0b5a;KustoExplorerQueryRun' has '4f9f'", true)]
    [InlineData("'10.1.2.3' has '10.1.2'", true)]
    [InlineData("'10.1.23.3' has '10.1.2'", false)]
    [InlineData("'North' has_cs 'north'", false)]
    [InlineData("'North' !has 'south'", true)]
    [InlineData("'ATLANTIC SOUTH' has_any (dynamic(['south', 'north']))", true)]
    [InlineData("'ATLANTIC' has_any ('south', 'north')", false)]
    [InlineData("'a b c' has_all ('A', 'c')", true)]
    [InlineData("'FLORIDA' in~ ('Florida', 'x')", true)]
    [InlineData("'FLORIDA' in ('Florida', 'x')", false)]
    [InlineData("'FLORIDA' !in ('Florida', 'x')", true)]
    [InlineData("'b' in (dynamic(['a', 'b']))", true)]
    [InlineData("3 in (1, 2, 3)", true)]
    [InlineData("'KANSAS' matches regex 'K.*S'", true)]
    [InlineData("'xKANSASx' matches regex '^K.*S$'", false)]
    [InlineData("'abc' startswith 'AB' and 'abc' endswith 'BC' and 'abc' !startswith_cs 'AB' and 'abc' !contains 'z'", true)]
    public void Tests_of_texts(string expression, bool holds) => Assert.Equal(holds, Kql.Run("print " + expression).Rows[0][0]);

    [Fact]
    public void Has_any_looks_at_the_first_10_000_different_terms()
    {
        var terms = "dynamic(['x0'," + string.Join(",", Enumerable.Range(0, 10_001).Select(static at => $"'x{at}'")) + "])";
        Assert.Equal("true|false", Kql.Rows($"print 'x9999' has_any ({terms}), 'x10000' has_any ({terms})"));
    }

    [Theory]
    [InlineData("""dynamic({"a":123, "b":"hello", "c":[1,2,3], "d":{}})""", """{"a":123,"b":"hello","c":[1,2,3],"d":{}}""")]
    [InlineData("parse_json('{\"a\":123, \"b\":\"x\"}').a, parse_json('[100,101,102]')[1], parse_json('[100,101,102]')[-1], parse_json('[1]')[9], parse_json('{\"a b c\":1}')['a b c']", "123|101|102|null|1")]
    [InlineData("toint(parse_json('[100,101]')[1]) + 1, tostring(parse_json('[\"x\", 1]')[0]), tostring(dynamic([1, 'a'])), tolong(parse_json('{\"n\":\"7\"}').n)", "102|x|[1,\"a\"]|7")]
    [InlineData("array_length(dynamic([1, 2, 3, 'four'])), array_length(dynamic({})), set_has_element(dynamic(['this', 'is', 'an', 'example']), 'example'), set_has_element(dynamic([1]), 2)", "4|null|true|false")]
    [InlineData("pack_array(1, 'x', dynamic([2])), bag_pack('a', 1, 'b', 'x'), gettype(dynamic([])), gettype(1)", """[1,"x",[2]]|{"a":1,"b":"x"}|array|long""")]
    [InlineData("dynamic([1, 2.5, 'a', true, null, -3])", """[1,2.5,"a",true,null,-3]""")]
    [InlineData("dynamic('a') == 'a', dynamic([1])[0] == 1", "true|true")]
    public void Dynamics(string expressions, string values) => Assert.Equal(values, Kql.Rows("print " + expressions));

    [Theory]
    [InlineData("ipv4_is_in_any_range('192.168.1.6', '192.168.1.1/24', '10.0.0.1/8', '127.1.0.1/16')", "true")]
    [InlineData("""ipv4_is_in_any_range("127.0.0.1", dynamic(["127.0.0.1", "192.168.1.1"]))""", "true")]
    [InlineData("ipv4_is_in_any_range('192.168.2.6', '192.168.1.1/24')", "false")]
    [InlineData("ipv4_is_in_any_range('', '192.168.1.1/24')", "null")]
    [InlineData("ipv4_is_in_any_range('2001:db8::1', '192.168.1.1/24')", "null")]
    [InlineData("ipv6_is_in_any_range('a5e:f127:8a9d:146d:e102:b5d3:c755:abcd', dynamic(['a5e:f127:8a9d:146d:e102:b5d3:c755:f6cd/112', '0:0:0:0:0:ffff:c0a8:ac/60']))", "true")]
    [InlineData("ipv6_is_in_any_range('a5e:f127:8a9d:146d:e102:b5d3:c756:abd1', dynamic(['a5e:f127:8a9d:146d:e102:b5d3:c755:f6cd/112', '0:0:0:0:0:ffff:c0a8:ac/60']))", "false")]
    [InlineData("ipv6_is_in_any_range('192.168.1.7', '192.168.1.0/24')", "true")]
    [InlineData("ipv4_is_private('192.168.1.1'), ipv4_is_private('172.31.2.2'), ipv4_is_private('172.32.0.1'), ipv4_is_private('x')", "true|true|false|null")]
    public void Addresses(string expressions, string values) => Assert.Equal(values, Kql.Rows("print " + expressions));

    [Theory]
    [InlineData("192.168.255.255", 120, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("192.168.255.255/24", 124, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("255.255.255.255", 128, "0000:0000:0000:0000:0000:ffff:ffff:ffff")]
    [InlineData("fe80::85d:e82c:9446:7994", 128, "fe80:0000:0000:0000:085d:e82c:9446:7994")]
    [InlineData("fe80::85d:e82c:9446:7994/120", 124, "fe80:0000:0000:0000:085d:e82c:9446:7900")]
    [InlineData("::192.168.255.255", 128, "0000:0000:0000:0000:0000:ffff:c0a8:ffff")]
    [InlineData("::192.168.255.255/24", 128, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("none", 128, "")]
    public void Masks(string address, int length, string canonical) => Assert.Equal(canonical, Kql.Rows($"print parse_ipv6_mask('{address}', {length})"));

    [Theory]
    [InlineData("""hash("World")""", "1846988464401551951")]
    [InlineData("""hash("World", 100)""", "51")]
    [InlineData("""hash(datetime("2015-01-01"))""", "1380966698541616202")]
    public void Hashes(string expression, string value) => Assert.Equal(value, Kql.Rows("print " + expression));

    [Fact]
    public void Now_is_one_moment_of_the_whole_query()
    {
        var database = new NsgFlow.Simulator.KqlDatabase { Now = new System.DateTime(2026, 11, 23, 9, 0, 0, System.DateTimeKind.Utc) };
        Assert.Equal("2026-11-23T09:00:00.0000000Z|2026-11-22T09:00:00.0000000Z|true", Kql.Rows("print now(), ago(1d), now() == now()", database));
    }
}
