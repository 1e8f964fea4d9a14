using System;
using System.Collections.Generic;
using System.Globalization;

namespace NsgFlow.Blobs;

/// <summary>Prefixes of blob names that cover a time and nothing else, so that a store need list no other blob.</summary>
public static class FlowBlobPrefixes
{
    /// <summary>
    /// The fewest prefixes that together name exactly the hours which a time touches: whole years, months and days by one prefix each
    /// (<c>y=2026/m=11/d=23/h=09/</c> for an hour), in order of time.
    /// </summary>
    /// <param name="resource">What stands before <c>y=</c>: <c>resourceId=/SUBSCRIPTIONS/…/{NSG}/</c>; a missing slash at its end is added unless it is empty.</param>
    /// <param name="start">From when, UTC, inclusive.</param>
    /// <param name="end">Until when, UTC, exclusive; at or before <paramref name="start"/> gives no prefix.</param>
    public static IEnumerable<string> Cover(string resource, DateTime start, DateTime end)
    {
        if (resource is null)
        {
            throw new ArgumentNullException(nameof(resource));
        }

        return Hours(WithSlash(resource), start, end);
    }

    /// <summary>
    /// The prefixes of blobs that can hold flows of a query's time (<see cref="FlowBlobName.Lead"/> counted in). Without a start no hour
    /// can be told, and the resource's own prefix is all; without an end it is <paramref name="now"/>.
    /// </summary>
    /// <param name="resource">What stands before <c>y=</c>.</param>
    /// <param name="query">Whose times are taken.</param>
    /// <param name="now">The present, UTC: no blob is of a later hour, but for clocks that differ by minutes.</param>
    public static IEnumerable<string> Cover(string resource, FlowBlobQuery query, DateTime now)
    {
        if (resource is null)
        {
            throw new ArgumentNullException(nameof(resource));
        }

        if (query is null)
        {
            throw new ArgumentNullException(nameof(query));
        }

        var latest = now.AddMinutes(10);
        var end = query.End is { } asked && asked < latest ? asked : latest;
        return query.Start is not { } start ? [WithSlash(resource)]
            : start >= end ? []
            : Hours(WithSlash(resource), start, end + FlowBlobName.Lead);
    }

    private static string WithSlash(string resource) => resource.Length == 0 || resource[resource.Length - 1] == '/' ? resource : resource + "/";

    private static IEnumerable<string> Hours(string resource, DateTime start, DateTime end)
    {
        if (end <= start)
        {
            yield break;
        }

        var at = start.Ticks - (start.Ticks % TimeSpan.TicksPerHour);
        while (at < end.Ticks)
        {
            var time = new DateTime(at);
            var (next, format) = Widest(time, end);
            yield return resource + time.ToString(format, CultureInfo.InvariantCulture);
            at = next;
        }
    }

    /// <summary>The widest period that begins at a time and ends no later than the last hour asked for.</summary>
    private static (long Next, string Format) Widest(DateTime time, DateTime end)
    {
        var hour = TimeSpan.TicksPerHour;

        // Up, since an hour asked for in part is listed whole.
        var last = ((end.Ticks + hour - 1) / hour) * hour;
        var day = time.Ticks + TimeSpan.TicksPerDay;
        var month = time.Ticks + (DateTime.DaysInMonth(time.Year, time.Month) * TimeSpan.TicksPerDay);
        var year = time.Ticks + ((DateTime.IsLeapYear(time.Year) ? 366 : 365) * TimeSpan.TicksPerDay);
        return time.Hour != 0 || day > last ? (time.Ticks + hour, "'y='yyyy'/m='MM'/d='dd'/h='HH'/'")
            : time.Day != 1 || month > last ? (day, "'y='yyyy'/m='MM'/d='dd'/'")
            : time.Month != 1 || year > last ? (month, "'y='yyyy'/m='MM'/'")
            : (year, "'y='yyyy'/'");
    }
}
