using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Logs;

public class LogsDynamicTests
{
    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1, \"a\", null, true, 1.5, [2], {\"b\": {\"c\": \"d\\u00e4\"}}]", "[1L,a,-,True,1.5,[2L],{b={c=dä}}]")]
    [InlineData(" {\"a\":1,\"a\":2,\"A\":3} ", "{a=1L,a=2L,A=3L}")]
    [InlineData("[12345678901234567890]", "[1.2345678901234567E+19]")]
    [InlineData("[\"\\ud800\"]", "[\uFFFD]")]
    [InlineData("plain", "plain")]
    [InlineData("007", "007")]
    [InlineData("1e5", "1e5")]
    [InlineData("true", "true")]
    [InlineData("", "")]
    [InlineData("[", "[")]
    [InlineData("[1] [2]", "[1] [2]")]
    [InlineData("{not json}", "{not json}")]
    public void ListsAndObjectsAreTakenApartAndNothingElse(string text, string expected) => Assert.Equal(expected, Shown(LogsDynamic.Read(text, static members => members)));

    [Fact]
    public void NothingIsNothing() => Assert.Null(LogsDynamic.Read(null, static members => members));

    [Fact]
    public void DeepNestingIsLeftAsText()
    {
        var text = new string('[', 100_000) + new string(']', 100_000);
        Assert.Same(text, LogsDynamic.Read(text, static members => members));
    }

    private static string Shown(object? value) => value switch
    {
        null => "-",
        object?[] list => "[" + string.Join(",", list.Select(Shown)) + "]",
        IReadOnlyList<KeyValuePair<string, object?>> members => "{" + string.Join(",", members.Select(static member => member.Key + "=" + Shown(member.Value))) + "}",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
