using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Blobs;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Blobs;

public class FlowBlobPrefixesTests
{
    private static readonly DateTime _start = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void AnHourIsOnePrefix() => Assert.Equal(["n/y=2026/m=11/d=23/h=09/"], FlowBlobPrefixes.Cover("n", _start, _start.AddHours(1)));

    [Fact]
    public void PartsOfHoursAreWholePrefixes() => Assert.Equal(
        ["n/y=2026/m=11/d=23/h=09/", "n/y=2026/m=11/d=23/h=10/"],
        FlowBlobPrefixes.Cover("n/", _start.AddMinutes(59), _start.AddMinutes(61)));

    [Fact]
    public void WholeDaysMonthsAndYearsAreOnePrefix()
    {
        Assert.Equal(["y=2026/m=11/d=23/"], FlowBlobPrefixes.Cover("", _start.Date, _start.Date.AddDays(1)));
        Assert.Equal(["y=2026/m=12/", "y=2027/"], FlowBlobPrefixes.Cover("", new DateTime(2026, 12, 1), new DateTime(2028, 1, 1)));
        Assert.Equal(16, FlowBlobPrefixes.Cover("", _start, _start.AddHours(39)).Count());
        Assert.Equal(["y=2026/m=11/d=22/", "y=2026/m=11/d=23/"], FlowBlobPrefixes.Cover("", _start.Date.AddDays(-1), _start.Date.AddDays(1)));
        Assert.Empty(FlowBlobPrefixes.Cover("", _start, _start));
        Assert.Empty(FlowBlobPrefixes.Cover("", _start, _start.AddHours(-1)));
    }

    [Fact]
    public void RandomWindowsAreCoveredExactly()
    {
        var random = new Random(17);
        for (var round = 0; round < Scale.Of(400); round++)
        {
            var start = new DateTime(2023, 12, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(200 * 86400));
            start = random.Next(3) == 0 ? start.Date : start;
            var end = start.AddMinutes(random.Next(1, random.Next(3) switch { 0 => 300, 1 => 5000, _ => 600_000 }));
            end = random.Next(3) == 0 ? end.Date : end;
            var prefixes = FlowBlobPrefixes.Cover("p/", start, end).ToList();

            var expected = new List<string>();
            for (var hour = new DateTime(start.Year, start.Month, start.Day, start.Hour, 0, 0); hour < end; hour = hour.AddHours(1))
            {
                if (start < end)
                {
                    expected.Add(hour.ToString("'p/y='yyyy'/m='MM'/d='dd'/h='HH'/'", CultureInfo.InvariantCulture));
                }
            }

            // All hours of three years: each is under exactly one prefix when it is wanted, under none when not.
            var covered = new List<string>();
            for (var hour = new DateTime(2023, 11, 1); hour < new DateTime(2026, 1, 1); hour = hour.AddHours(1))
            {
                var name = hour.ToString("'p/y='yyyy'/m='MM'/d='dd'/h='HH'/'", CultureInfo.InvariantCulture);
                if (prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    covered.Add(name);
                }
            }

            Assert.Equal(expected, covered);
            Assert.Equal(prefixes, prefixes.OrderBy(prefix => prefix, StringComparer.Ordinal));
            Assert.DoesNotContain(prefixes, one => prefixes.Any(other => other != one && one.StartsWith(other, StringComparison.Ordinal)));

            // Minimal: no day, month or year is wholly covered by narrower prefixes.
            Assert.All(prefixes.GroupBy(prefix => prefix[..prefix.TrimEnd('/').LastIndexOf('/')]), group => Assert.True(IsPartial(group.Key, group.Count()), group.Key));
        }
    }

    [Fact]
    public void QueryAddsTheMinutesBeforeTheHour()
    {
        var now = _start.AddDays(10);
        Assert.Equal(
            ["n/y=2026/m=11/d=23/h=09/", "n/y=2026/m=11/d=23/h=10/"],
            FlowBlobPrefixes.Cover("n", new FlowBlobQuery { Start = _start, End = _start.AddHours(1) }, now));
        Assert.Equal(["n/"], FlowBlobPrefixes.Cover("n", new FlowBlobQuery { End = _start }, now));
        Assert.Equal(["n/y=2026/m=11/d=23/h=09/"], FlowBlobPrefixes.Cover("n", new FlowBlobQuery { Start = _start }, _start.AddMinutes(30)));
        Assert.Empty(FlowBlobPrefixes.Cover("n", new FlowBlobQuery { Start = _start.AddDays(1) }, _start));
    }

    [Fact]
    public void EndOfTimeIsNoObstacle() => Assert.Equal(
        ["y=9999/m=12/d=31/h=22/", "y=9999/m=12/d=31/h=23/"],
        FlowBlobPrefixes.Cover("", DateTime.MaxValue.AddHours(-1.5), DateTime.MaxValue));

    private static bool IsPartial(string parent, int children)
    {
        var parts = parent.Split('/').Skip(1).Select(part => int.Parse(part[2..], CultureInfo.InvariantCulture)).ToArray();
        return parts.Length switch
        {
            0 => true,
            1 => children < 12,
            2 => children < DateTime.DaysInMonth(parts[0], parts[1]),
            _ => children < 24,
        };
    }
}
