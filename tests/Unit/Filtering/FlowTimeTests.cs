using System;
using System.Globalization;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public class FlowTimeTests
{
    private static readonly DateTime _now = new(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc);

    public static TheoryData<string, string> Times => new()
    {
        { "2026-11", "2026-11-01T00:00:00.0000000Z" },
        { "2026-11-23", "2026-11-23T00:00:00.0000000Z" },
        { "2026-11-23T09", "2026-11-23T09:00:00.0000000Z" },
        { "2026-11-23 09", "2026-11-23T09:00:00.0000000Z" },
        { "2026-11-23T09Z", "2026-11-23T09:00:00.0000000Z" },
        { "2026-11-23T09:30", "2026-11-23T09:30:00.0000000Z" },
        { "2026-11-23t09:30z", "2026-11-23T09:30:00.0000000Z" },
        { "2026-11-23T09:30:15.1234567Z", "2026-11-23T09:30:15.1234567Z" },
        { "2026-11-23T09:30:15.5", "2026-11-23T09:30:15.5000000Z" },
        { "2026-11-23T09:30+01:00", "2026-11-23T08:30:00.0000000Z" },
        { "2026-11-23T00:30+01", "2026-11-22T23:30:00.0000000Z" },
        { "2026-11-23T09:30:00-0530", "2026-11-23T15:00:00.0000000Z" },
        { "2024-02-29", "2024-02-29T00:00:00.0000000Z" },
        { "now", "2026-11-23T09:30:00.0000000Z" },
        { "NOW", "2026-11-23T09:30:00.0000000Z" },
        { "90m", "2026-11-23T08:00:00.0000000Z" },
        { " 6h ", "2026-11-23T03:30:00.0000000Z" },
        { "6H", "2026-11-23T03:30:00.0000000Z" },
        { "7d", "2026-11-16T09:30:00.0000000Z" },
        { "45s", "2026-11-23T09:29:15.0000000Z" },
        { "2w", "2026-11-09T09:30:00.0000000Z" },
        { "1h30m", "2026-11-23T08:00:00.0000000Z" },
        { "1.5h", "2026-11-23T08:00:00.0000000Z" },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void TextIsReadInEveryCulture(string text, string expected)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in new[] { "", "tr-TR", "ar-SA", "de-DE", "th-TH" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.True(FlowTime.TryParse(text, _now, out var utc, out var error), culture + ": " + error);
                Assert.Null(error);
                Assert.Equal(DateTimeKind.Utc, utc.Kind);
                Assert.Equal(expected, utc.ToString("O", CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2026-02-29", "there is no such day")]
    [InlineData("2026-13-01", "there is no such day")]
    [InlineData("0000-01-01", "there is no such day")]
    [InlineData("2026-11-23T24", "hours go to 23")]
    [InlineData("2026-11-23T09:60", "hours go to 23, minutes and seconds to 59")]
    [InlineData("2026-11-23T9", "write it as 2026-11-23, 2026-11-23T09")]
    [InlineData("2026-11-23T09:30:15.12345678", "write it as")]
    [InlineData("2026-11-23T09+15", "write it as")]
    [InlineData("2026-11-23T", "write it as")]
    [InlineData("2026-11-23T09:30 CET", "write it as")]
    [InlineData("2026-11-23Z", "write it as")]
    [InlineData("0001-01-01T00+01:00", "lies outside the years 1 to 9999")]
    [InlineData("9999-12-31T23:59-01:00", "lies outside the years 1 to 9999")]
    [InlineData("11/23/2026 09:00:00", "is no time: give 2026-11-23")]
    [InlineData("yesterday", "is no time: give 2026-11-23")]
    [InlineData("", "'' is no time")]
    [InlineData("-6h", "-6h is no time: how long ago is written without a sign: 6h.")]
    [InlineData("90", "90 has no unit")]
    [InlineData("0m", "0m is no time at all")]
    [InlineData("5m5m", "each unit comes once")]
    [InlineData("5m1h", "each unit comes once, the larger before the smaller")]
    [InlineData("3y", "give a number and a unit")]
    [InlineData("1..5h", "give a number and a unit")]
    [InlineData("99999999999999999999999999999d", "too long a time")]
    [InlineData("999999999w", "too long a time")]
    [InlineData("9999999d", "ago lies before the year 1")]
    [InlineData("\u0662\u0660h", "is no time")]
    public void WrongTextIsNamed(string text, string expected)
    {
        Assert.False(FlowTime.TryParse(text, _now, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void ObjectsAreConvertedByKind()
    {
        var local = new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Local);
        Assert.Equal(local.ToUniversalTime(), Read(local));
        Assert.Equal(_now, Read(_now));
        var unspecified = Read(new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Unspecified));
        Assert.Equal(new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), unspecified);
        Assert.Equal(DateTimeKind.Utc, unspecified.Kind);
        Assert.Equal(_now.AddHours(-2), Read(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(2))));
        Assert.Equal(_now.AddMinutes(-5), Read(TimeSpan.FromMinutes(5)));
        Assert.False(FlowTime.TryParse(TimeSpan.FromMinutes(-5), _now, out _, out var error));
        Assert.Equal("-00:05:00 is negative: a length of time is more than zero.", error);
        Assert.False(FlowTime.TryParse(42, _now, out _, out error));
        Assert.StartsWith("A value of type Int32 is no time", error, StringComparison.Ordinal);
        Assert.False(FlowTime.TryParse(null, _now, out _, out error));
        Assert.StartsWith("Nothing is no time", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90m", 90 * 60)]
    [InlineData("1h30m", 90 * 60)]
    [InlineData("1w2d3h4m5s", (((((7 + 2) * 24) + 3) * 60) + 4) * 60 + 5)]
    [InlineData("1:30:00", 90 * 60)]
    [InlineData("1.00:00:00", 86400)]
    public void LengthsAreRead(string text, int seconds)
    {
        Assert.True(FlowTime.TryParseLast(text, out var duration, out var error), error);
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("-90m", "it is written without a sign")]
    [InlineData("0h0m", "is no time at all")]
    [InlineData("0:00:00", "is no time at all")]
    [InlineData("25:61", "is not a length of time")]
    [InlineData("m", "give a number and a unit")]
    [InlineData("", "An empty text is no length of time")]
    [InlineData("2026-11-23", "is not a length of time")]
    public void WrongLengthsAreNamed(string text, string expected)
    {
        Assert.False(FlowTime.TryParseLast(text, out _, out var error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void LengthObjectsMustBePositive()
    {
        Assert.True(FlowTime.TryParseLast(TimeSpan.FromTicks(1), out _, out _));
        Assert.False(FlowTime.TryParseLast(TimeSpan.Zero, out _, out _));
        Assert.False(FlowTime.TryParseLast(TimeSpan.MinValue, out _, out _));
        Assert.False(FlowTime.TryParseLast(_now, out _, out _));
    }

    private static DateTime Read(object value)
    {
        Assert.True(FlowTime.TryParse(value, _now, out var utc, out var error), error);
        return utc;
    }
}
