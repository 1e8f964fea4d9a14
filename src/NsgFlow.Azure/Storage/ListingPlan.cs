using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>In which steps of time a listing goes, and when it is cheaper to list everything.</summary>
internal static class ListingPlan
{
    private const int MostHoursOfDay = 4;
    private const int MostDaysOfMonth = 8;

    // Above this many requests a flat listing is tried first. A full page of 5,000 names takes about as long as ten to twenty requests for a
    // few, so it may take a tenth as many pages; if it is not done by then, what it cost is small beside the requests that follow.
    private const int FlatFrom = 50;
    private const int RequestsPerPage = 10;

    /// <summary>
    /// What to put behind a target's prefix, step by step in order of time; one empty step for no limit. Exact hours are asked for while they
    /// are few; from five hours of a day on, the day is one request, and from nine days of a month on, the month: what is listed too much is left out
    /// by its name, and costs less than a request for each.
    /// </summary>
    public static IReadOnlyList<string> Steps(FlowBlobQuery query, DateTime now)
    {
        var exact = FlowBlobPrefixes.Cover(string.Empty, query, now).ToList();
        var steps = Widen(Widen(exact, "h=", MostHoursOfDay), "d=", MostDaysOfMonth);

        // A month that took the place of its days holds the odd hours at its ends, too.
        return steps.Where(step => !steps.Exists(other => other.Length < step.Length && step.StartsWith(other, StringComparison.Ordinal))).ToList();
    }

    /// <summary>How many pages a flat listing may take instead of so many requests; 0 when it is not worth trying.</summary>
    public static int FlatPages(long requests) => requests > FlatFrom ? (int)Math.Min(requests / RequestsPerPage, int.MaxValue) : 0;

    /// <summary>Puts the parent in the place of its children when there are more of these than given.</summary>
    private static List<string> Widen(List<string> steps, string key, int most)
    {
        // "y=2026/m=11/d=23/h=09/" is a child for "h=", and so is "y=2026/m=11/d=23/" for "d=".
        string? Parent(string step)
        {
            var at = step.LastIndexOf('/', Math.Max(0, step.Length - 2)) + 1;
            return string.CompareOrdinal(step, at, key, 0, key.Length) == 0 ? step.Substring(0, at) : null;
        }

        var wide = new HashSet<string>(
            steps.Select(Parent).OfType<string>().GroupBy(static parent => parent, StringComparer.Ordinal)
                .Where(group => group.Count() > most).Select(static group => group.Key),
            StringComparer.Ordinal);
        return steps.Select(step => Parent(step) is { } parent && wide.Contains(parent) ? parent : step).Distinct(StringComparer.Ordinal).ToList();
    }
}
