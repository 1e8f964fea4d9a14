using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Resources;

/// <summary>Chooses the names that somebody may have meant.</summary>
internal static class NearNames
{
    private const int Most = 3;

    // A shorter beginning, such as "vm-", tells nothing.
    private const int LeastStart = 4;

    /// <summary>Up to three names near the one given, the nearest first.</summary>
    public static IReadOnlyList<string> Of(string wanted, IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: Distance(wanted, name)))
            .Where(static near => near.Distance is not null)
            .OrderBy(static near => near.Distance)
            .ThenBy(static near => near.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(static near => near.Name)];

    // Names of which one holds the other come before those that differ by a slip, and these before those that only begin alike.
    private static int? Distance(string wanted, string name)
    {
        if (wanted.Length == 0 || name.Length == 0)
            return null;
        if (name.IndexOf(wanted, StringComparison.OrdinalIgnoreCase) >= 0 || (name.Length > 2 && wanted.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0))
            return Math.Abs(name.Length - wanted.Length) == 0 ? 0 : 1;
        var most = Math.Max(2, wanted.Length / 3);
        var edits = Edits(wanted, name, most);
        if (edits <= most)
            return 1 + edits;
        var same = wanted.Zip(name, Same).TakeWhile(static isSame => isSame).Count();
        return same >= LeastStart && same * 2 >= wanted.Length ? 1 + most + wanted.Length - same : null;
    }

    /// <summary>How many characters must be changed, added, removed or swapped with the next; more than the limit is not counted out.</summary>
    private static int Edits(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) > limit)
            return limit + 1;
        var counts = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    counts[row, column] = row + column;
                    continue;
                }

                var fewest = Math.Min(counts[row - 1, column], counts[row, column - 1]) + 1;
                fewest = Math.Min(fewest, counts[row - 1, column - 1] + (Same(left[row - 1], right[column - 1]) ? 0 : 1));
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                    fewest = Math.Min(fewest, counts[row - 2, column - 2] + 1);
                counts[row, column] = fewest;
            }
        }

        return counts[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
