using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Logs;

public class LogsWindowsTests
{
    private static readonly DateTime s_start = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1000, 1000, 1)]
    [InlineData(1000, 999, 2)]
    [InlineData(5000, 100, 50)]
    [InlineData(300, 10, 30)]
    public void Windows_are_halved_until_they_fit_and_nothing_is_lost_or_doubled(int rows, int limit, int fewest)
    {
        // Uneven: most rows stand at the beginning.
        var random = new Random(5);
        var times = Enumerable.Range(0, rows).Select(i => s_start.AddTicks((long)(Math.Pow(random.NextDouble(), 2) * TimeSpan.FromHours(24).Ticks))).OrderBy(static time => time).ToList();
        var service = new Service(times, limit);
        var windows = new LogsWindows(service, ["w"], Service.Text) { Asking = service.Asked };
        var found = windows.Rows(s_start, s_start.AddHours(24), default).Select(static row => row.Time("T")!.Value).ToList();
        Assert.Equal(times, found);
        Assert.InRange(service.Whole.Count, fewest, int.MaxValue);

        // Whole windows follow each other without gap or overlap, and all but the outer ends are whole seconds.
        Assert.Equal(s_start, service.Whole[0].Start);
        Assert.Equal(s_start.AddHours(24), service.Whole[service.Whole.Count - 1].End);
        Assert.Equal(service.Whole.Skip(1).Select(static window => window.Start), service.Whole.Take(service.Whole.Count - 1).Select(static window => window.End));
        Assert.All(service.Whole, static window => Assert.Equal(0, window.Start.Ticks % TimeSpan.TicksPerSecond));
        Assert.Equal(service.Windows, service.Told);
    }

    [Fact]
    public void A_second_that_does_not_fit_is_an_error_after_the_rows_before_it()
    {
        var times = new[] { s_start, s_start.AddSeconds(7.1), s_start.AddSeconds(7.2), s_start.AddSeconds(7.9), s_start.AddSeconds(9) };
        var service = new Service(times, 2);
        var found = new List<DateTime>();
        var failure = Assert.Throws<NsgFlowException>(() => found.AddRange(new LogsWindows(service, ["w"], Service.Text).Rows(s_start, s_start.AddSeconds(10), default).Select(static row => row.Time("T")!.Value)));
        Assert.Equal("LogsWindowTooLarge", failure.ErrorId);
        Assert.Contains("From 2026-11-23T09:00:07.000Z to 2026-11-23T09:00:08.000Z", failure.Message, StringComparison.Ordinal);
        Assert.Contains("E_QUERY_RESULT_SET_TOO_LARGE", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LogsTimeout")]
    [InlineData("LogsLimitExceeded")]
    public void Windows_that_are_refused_for_their_size_are_halved_too(string id)
    {
        var times = Enumerable.Range(0, 240).Select(static i => s_start.AddMinutes(6 * i)).ToList();
        var service = new Service(times, 50) { Refusal = id };
        Assert.Equal(times, new LogsWindows(service, ["w"], Service.Text).Rows(s_start, s_start.AddHours(24), default).Select(static row => row.Time("T")!.Value));
        Assert.Equal(8, service.Whole.Count);
        Assert.Equal(15, service.Windows.Count);
    }

    [Theory]
    [InlineData("LogsTimeout", 60)]
    [InlineData("LogsLimitExceeded", 1)]
    [InlineData("LogsAccessDenied", 240 * 60)]
    public void What_cannot_be_divided_any_more_is_the_service_s_own_error(string id, int seconds)
    {
        var service = new Service([s_start, s_start.AddTicks(1)], 1) { Refusal = id };
        var length = TimeSpan.FromSeconds(seconds * (id == "LogsTimeout" ? 60 : 1));
        var failure = Assert.Throws<NsgFlowException>(() => new LogsWindows(service, ["w"], Service.Text).Rows(s_start, s_start.AddHours(4), default).Count());
        Assert.Equal(id, failure.ErrorId);
        var (start, end) = service.Windows[service.Windows.Count - 1];
        Assert.Equal((s_start, s_start + length), (start, end));
    }

    [Fact]
    public void Windows_of_whole_hours_are_cut_at_hours_only()
    {
        var start = s_start.AddMinutes(20);
        var times = Enumerable.Range(0, 100).Select(i => start.AddMinutes(3 * i)).ToList();
        var service = new Service(times, 30);
        Assert.Equal(times, new LogsWindows(service, ["w"], Service.Text) { Step = TimeSpan.FromHours(1) }.Rows(start, start.AddHours(5), default).Select(static row => row.Time("T")!.Value));
        Assert.All(service.Whole.Skip(1), static window => Assert.Equal(0, window.Start.Ticks % TimeSpan.TicksPerHour));
        Assert.True(service.Whole.Count > 1);
        var narrow = new Service(times, 10);
        Assert.Equal("LogsWindowTooLarge", Assert.Throws<NsgFlowException>(() =>
            new LogsWindows(narrow, ["w"], Service.Text) { Step = TimeSpan.FromHours(1) }.Rows(start, start.AddHours(5), default).Count()).ErrorId);
    }

    [Fact]
    public void Less_than_a_second_can_be_asked_for_but_not_divided()
    {
        var times = new[] { s_start.AddMilliseconds(400), s_start.AddMilliseconds(600) };
        Assert.Equal(2, new LogsWindows(new Service(times, 2), ["w"], Service.Text).Rows(s_start.AddMilliseconds(300), s_start.AddMilliseconds(700), default).Count());

        // Its whole second lies within, though the middle of it does not.
        times = [s_start.AddMilliseconds(900), s_start.AddMilliseconds(1100)];
        Assert.Equal(2, new LogsWindows(new Service(times, 1), ["w"], Service.Text).Rows(s_start.AddMilliseconds(100), s_start.AddMilliseconds(1200), default).Count());
        Assert.Equal(2, new LogsWindows(new Service(times, 1), ["w"], Service.Text).Rows(s_start.AddMilliseconds(800), s_start.AddMilliseconds(1900), default).Count());
        Assert.Throws<NsgFlowException>(() => new LogsWindows(new Service([s_start, s_start.AddMilliseconds(1)], 1), ["w"], Service.Text).Rows(s_start, s_start.AddSeconds(1), default).Count());
    }

    [Fact]
    public void An_empty_time_asks_nobody()
    {
        var service = new Service([], 1);
        Assert.Empty(new LogsWindows(service, ["w"], Service.Text).Rows(s_start, s_start, default));
        Assert.Empty(service.Windows);
    }

    [Fact]
    public void Windows_are_asked_for_while_rows_are_taken()
    {
        var times = Enumerable.Range(0, 100).Select(i => s_start.AddSeconds(i)).ToList();
        var service = new Service(times, 50);
        Assert.Equal(s_start, new LogsWindows(service, ["w"], Service.Text).Rows(s_start, s_start.AddSeconds(100), default).First().Time("T"));
        Assert.Equal(2, service.Windows.Count);
    }

    [Fact]
    public void Cancellation_ends_it_between_rows()
    {
        using var stop = new CancellationTokenSource();
        var service = new Service(Enumerable.Range(0, 100).Select(i => s_start.AddSeconds(i)).ToList(), 100);
        var taken = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in new LogsWindows(service, ["w"], Service.Text).Rows(s_start, s_start.AddSeconds(100), stop.Token))
            {
                if (++taken == 3)
                    stop.Cancel();
            }
        });
        Assert.Equal(3, taken);
    }

    [Fact]
    public void Errors_beside_rows_are_told_and_what_is_asked_is_passed_on()
    {
        var told = new List<NsgFlowException>();
        var service = new Service([s_start], 5) { More = ""","error":{"code":"PartialError","details":[{"code":"x","message":"broken"}]}""" };
        Assert.Single(new LogsWindows(service, ["a", "b"], Service.Text) { ServerTimeout = TimeSpan.FromSeconds(9), Partial = told.Add }.Rows(s_start, s_start.AddSeconds(1), default));
        Assert.Equal("LogsPartial", Assert.Single(told).ErrorId);
        Assert.Equal(["a", "b"], service.Last!.Workspaces);
        Assert.Equal(TimeSpan.FromSeconds(9), service.Last.ServerTimeout);
        Assert.Equal(32L << 20, service.Last.MostBytes);
        Assert.Null(service.Last.Start);
    }

    /// <summary>A service that holds times and gives so many rows of them at once.</summary>
    private sealed class Service(IReadOnlyList<DateTime> times, int limit) : ILogs
    {
        public List<(DateTime Start, DateTime End)> Windows { get; } = [];

        public List<(DateTime Start, DateTime End)> Whole { get; } = [];

        public List<(DateTime Start, DateTime End)> Told { get; } = [];

        public string More { get; init; } = string.Empty;

        /// <summary>The id of the error that it refuses with, instead of cutting an answer.</summary>
        public string? Refusal { get; init; }

        public LogsRequest? Last { get; private set; }

        public static string Text(DateTime start, DateTime end) => start.ToString("o", CultureInfo.InvariantCulture) + "/" + end.ToString("o", CultureInfo.InvariantCulture);

        public void Asked(DateTime start, DateTime end) => Told.Add((start, end));

        public LogsAnswer Query(LogsRequest request, CancellationToken cancellation)
        {
            Last = request;
            var ends = request.Query.Split('/').Select(static text => DateTime.ParseExact(text, "o", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)).ToArray();
            var all = times.Where(time => time >= ends[0] && time < ends[1]).ToList();
            Windows.Add((ends[0], ends[1]));
            var isCut = all.Count > limit;
            if (isCut && Refusal is not null)
                throw new NsgFlowException(Refusal, "too much", "less");
            if (!isCut)
                Whole.Add((ends[0], ends[1]));
            var rows = string.Join(",", all.Take(limit).Select(static time => $"[\"{time:o}\"]"));
            var error = isCut ? ""","error":{"code":"PartialError","details":[{"code":"-2133196797","message":"too much (E_QUERY_RESULT_SET_TOO_LARGE)"}]}""" : More;
            return LogsAnswer.Parse(Encoding.UTF8.GetBytes("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"T","type":"datetime"}],"rows":[""" + rows + "]}]" + error + "}"));
        }
    }
}
