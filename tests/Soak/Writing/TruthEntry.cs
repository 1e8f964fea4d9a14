using System;
using System.Globalization;

namespace NsgFlow.Soak.Writing;

/// <summary>An entry: a minute's tuples.</summary>
/// <param name="Blob">Where it stands.</param>
/// <param name="Time">Its minute.</param>
/// <param name="First">Number of its first tuple.</param>
/// <param name="Count">How many tuples it has.</param>
/// <param name="Before">How many the blob has before it.</param>
internal sealed record TruthEntry(TruthBlob Blob, DateTime Time, int First, int Count, int Before)
{
    /// <summary>Offset behind it.</summary>
    public long End { get; set; }

    /// <summary>A time by which it was to be read.</summary>
    public DateTime Written { get; set; }

    /// <summary>How a tuple is told by whoever read it.</summary>
    public string Line(int number) => OutputLine.Record(number, Blob.Nic.Mac, TimeOf(number), SourceOf(number), SourcePortOf(number));

    public DateTime TimeOf(int number) => Time.AddSeconds((number - First) % 60);

    public static string SourceOf(int number) => string.Create(CultureInfo.InvariantCulture, $"10.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");

    public static int SourcePortOf(int number) => 1024 + (number % 60_000);
}
