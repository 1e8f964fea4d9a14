using System;
using System.Globalization;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Logs;

public class LogsTimespanTests
{
    private static readonly DateTime s_now = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("7d", "2026-11-16T12:00:00", null)]
    [InlineData("1h30m", "2026-11-23T10:30:00", null)]
    [InlineData("1:00:00", "2026-11-23T11:00:00", null)]
    [InlineData("PT24H", "2026-11-22T12:00:00", null)]
    [InlineData("p1dT30m", "2026-11-22T11:30:00", null)]
    [InlineData("P2W", "2026-11-09T12:00:00", null)]
    [InlineData("2026-11-01/2026-11-08T12", "2026-11-01T00:00:00", "2026-11-08T12:00:00")]
    [InlineData(" 2026-11-01T09:00:00Z / 2026-11-01T10:00:00+01:00 ", null, null)]
    [InlineData("2026-11-01/P7D", "2026-11-01T00:00:00", "2026-11-08T00:00:00")]
    [InlineData("PT6H/2026-11-01T06", "2026-11-01T00:00:00", "2026-11-01T06:00:00")]
    [InlineData("7d/1d", "2026-11-16T12:00:00", "2026-11-22T12:00:00")]
    [InlineData("2026-11-01/now", "2026-11-01T00:00:00", "2026-11-23T12:00:00")]
    [InlineData("", null, null)]
    [InlineData("7", null, null)]
    [InlineData("yesterday", null, null)]
    [InlineData("PT", null, null)]
    [InlineData("PT0S", null, null)]
    [InlineData("-P1D", null, null)]
    [InlineData("P99999999999999D", null, null)]
    [InlineData("P3000Y", null, null)]
    [InlineData("9999-01-01/P2Y", null, null)]
    [InlineData("2026-11-08/2026-11-01", null, null)]
    [InlineData("2026-11-08/", null, null)]
    [InlineData("/", null, null)]
    [InlineData("a/b/c", null, null)]
    public void TimesAreReadAsTheServiceTakesThem(string text, string? start, string? end)
    {
        var isRead = LogsTimespan.TryParse(text, s_now, out var first, out var last, out var error);
        Assert.Equal(start is not null, isRead);
        Assert.Equal(isRead, error is null);
        if (!isRead)
            return;
        Assert.Equal(start, first.ToString("s", CultureInfo.InvariantCulture));
        Assert.Equal(end, last?.ToString("s", CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeKind.Utc, first.Kind);
    }
}
