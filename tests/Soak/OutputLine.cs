using System;
using System.Globalization;

namespace NsgFlow.Soak;

/// <summary>The lines that readers write.</summary>
internal static class OutputLine
{
    /// <summary>What is longer has a record in it.</summary>
    public const int LongestListing = 30;

    private const string ListingWord = "listing ";
    private const string TroubleWord = "trouble ";

    /// <summary>A record.</summary>
    public static string Record(long number, string? mac, DateTime time, string source, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {mac} {time:yyyy-MM-ddTHH:mm:ss} {source}:{port}\n");

    /// <summary>A poll that lists blobs from a time on.</summary>
    public static string Listing(DateTime? start) => string.Create(CultureInfo.InvariantCulture, $"{ListingWord}{start?.Ticks ?? 0}\n");

    /// <summary>Something that does not happen when all is well.</summary>
    public static string Trouble(string text) => TroubleWord + text.ReplaceLineEndings(" ") + "\n";

    /// <summary>Number of the tuple that a line tells of; null when the line is no record's.</summary>
    public static int? NumberOf(string line) =>
        int.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(' '))), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>From when on the poll that follows lists; null when the line does not say.</summary>
    public static DateTime? StartOf(string line) => line.StartsWith(ListingWord, StringComparison.Ordinal)
        ? new DateTime(long.Parse(line.AsSpan(ListingWord.Length), CultureInfo.InvariantCulture), DateTimeKind.Utc)
        : null;
}
