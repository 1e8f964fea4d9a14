using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests.Kusto;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("T | where nope == 1", "SEM0100", "'where' operator: Failed to resolve column or scalar expression named 'nope'")]
    [InlineData("T | project A", "SEM0100", "'project' operator: Failed to resolve column or scalar expression named 'A'")]
    [InlineData("T | project-away nope", "SEM0100", "'project-away' operator: Failed to resolve column or scalar expression named 'nope'")]
    [InlineData("Nope | take 5", "SEM0100", "'take' operator: Failed to resolve table or column expression named 'Nope'")]
    [InlineData("t", "SEM0100", "Failed to resolve table or column expression named 't'")]
    [InlineData("T | extend x = nope(a)", "SEM0260", "Unknown function: 'nope'.")]
    [InlineData("T | where a == 'x'", "SEM0064", "Cannot compare values of types long and string. Try adding explicit casts")]
    [InlineData("T | where s > 1", "SEM0064", "Cannot compare values of types string and long. Try adding explicit casts")]
    [InlineData("let x = 1; let x = 2; T", "SEM0079", "Let with the same name 'x' was already used in current context.")]
    [InlineData("T | make-series count() on a", KqlException.NotSimulated, "The simulator does not know the operator 'make-series'.")]
    [InlineData("T | where s hasprefix 'x'", KqlException.NotSimulated, "The simulator does not know the operator 'hasprefix'.")]
    [InlineData("print bin(datetime(2026-11-23), 7d)", KqlException.NotSimulated, "The simulator does not know where bins of 7.00:00:00 begin; use bin_at().")]
    [InlineData("print 1 / 0", KqlException.NotSimulated, "The simulator does not know what a whole number divided by zero is.")]
    public void What_is_wrong_is_said_in_the_services_words(string query, string code, string message)
    {
        var error = Assert.Throws<KqlException>(() => Kql.Run(query, Database()));
        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("T | where a ==", "Query could not be parsed at '' on line [1,14]")]
    [InlineData("T\n| wher a == 1", "Query could not be parsed at 'wher' on line [2,2]")]
    [InlineData("T | where (a == 1", "Query could not be parsed at '' on line [1,17]")]
    [InlineData("T | where s == \"x\ny\"", "Query could not be parsed at '\"x' on line [1,15]")]
    [InlineData("T | where s == \"x\" \"y\"", "Query could not be parsed at '\"y\"' on line [1,19]")]
    [InlineData("T; T", "Query could not be parsed at 'T' on line [1,3]")]
    [InlineData("T | where s == 'a\\q'", "Query could not be parsed at ''a\\q' on line [1,15]")]
    [InlineData("T | where a == 1 #", "Query could not be parsed at '#' on line [1,17]")]
    [InlineData("", "Query could not be parsed at '' on line [1,0]")]
    [InlineData("let x = (1 + ; T", "Query could not be parsed at ';' on line [1,13]")]
    [InlineData("print long(", "Query could not be parsed at '' on line [1,11]")]
    [InlineData("print dynamic([1, ", "Query could not be parsed at '' on line [1,18]")]
    public void Syntax(string query, string message)
    {
        var error = Assert.Throws<KqlException>(() => Kql.Run(query, Database()));
        Assert.Equal(("SYN0002", message), (error.Code, error.Message));
        Assert.True(error.IsSyntax);
    }

    [Theory]
    [InlineData("T | where a")]
    [InlineData("T | where not(a)")]
    [InlineData("T | summarize x = sum(s)")]
    [InlineData("T | extend x = tolower(a)")]
    [InlineData("T | extend x = iff(true, a, s)")]
    [InlineData("T | extend x = s + a")]
    [InlineData("T | project x = a, x = s")]
    [InlineData("T | extend x = sum(a)")]
    [InlineData("T | mv-expand s")]
    [InlineData("T | join kind=inner (T) on $left.a == $right.s")]
    [InlineData("T | where s matches regex '(?=x)'")]
    [InlineData("T | extend x = toscalar(a, s)")]
    [InlineData("T | extend x = substring(s)")]
    public void Wrong_types_and_places_are_refused(string query) => Assert.Throws<KqlException>(() => Kql.Run(query, Database()));

    [Fact]
    public void A_query_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => KqlEngine.Run("range x from 1 to 1000000000 step 1 | summarize count()", new KqlDatabase(), cancelled.Token));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_hundred_thousand_rows_take_seconds_at_most()
    {
        KqlColumn[] columns = [new("s", KqlType.String), new("a", KqlType.Long), new("t", KqlType.DateTime)];
        var rows = Enumerable.Range(0, 100_000).Select(static object?[] (i) => ["10.0." + (i % 251) + ".1", (long)i, DateTime.UnixEpoch.AddSeconds(i)]);
        var database = new KqlDatabase().Add("T", new KqlTable(columns, [.. rows]));
        var watch = Stopwatch.StartNew();
        var result = Kql.Run("""
            let inside = T | where ipv4_is_in_any_range(s, "10.0.0.0/8") and a % 2 == 0;
            inside
            | extend hour = bin(t, 1h), name = strcat(s, "-", a % 10)
            | join kind=inner (inside | summarize Total = sum(a) by s) on s
            | summarize Flows = count(), Sum = sum(a), Names = count_distinct(name), arg_max(t, a) by s, hour
            | top 20 by Sum
            """, database);
        Assert.Equal(20, result.Rows.Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static KqlDatabase Database() =>
        new KqlDatabase().Add("T", new KqlTable([new("a", KqlType.Long), new("s", KqlType.String)], [[1L, "x"]]));
}
