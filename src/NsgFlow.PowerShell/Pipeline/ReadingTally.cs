using System.Globalization;
using NsgFlow.Display;
using NsgFlow.Parsing;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>What a cmdlet has seen, so that it can say why nothing came out.</summary>
internal sealed class ReadingTally
{
    private FlowReadCounts _counts;

    /// <summary>Blobs that were listed, or given.</summary>
    public int BlobsFound { get; set; }

    /// <summary>Blobs read to their end, those that failed included.</summary>
    public int BlobsRead { get; private set; }

    /// <summary>Non-terminating errors written.</summary>
    public int Errors { get; set; }

    /// <summary>Objects written.</summary>
    public long Written { get; set; }

    /// <summary>Bytes of the blobs read to their end.</summary>
    public long Bytes => _counts.Bytes;

    /// <summary>Tuples of the blobs read to their end, those that the filter dropped included.</summary>
    public long Tuples => _counts.Tuples;

    /// <summary>True when the input is text from the pipeline instead of blobs.</summary>
    public bool IsText { get; init; }

    /// <summary>Adds a blob's counts.</summary>
    public void Add(in FlowReadCounts counts)
    {
        BlobsRead++;
        _counts.Add(counts);
    }

    /// <summary>Why nothing came out; null when something did.</summary>
    /// <param name="nothing">What did not: <c>No flow record</c>, <c>No traffic</c>.</param>
    /// <param name="wanted">Whose flows were looked for; empty for all.</param>
    /// <param name="searched">Where was looked and for when, as an addition to a sentence: <c> in account x, from … to …</c>.</param>
    public string? WhyEmpty(string nothing, string wanted, string searched)
    {
        if (Written > 0)
            return null;
        if (IsText)
            return WhyEmptyText(nothing, searched);
        if (_counts.Tuples > 0)
            return $"{nothing}: the filter let none of the {FlowFormat.Count(_counts.Tuples)} tuples of {Plural(BlobsRead, "blob")} pass{searched}{(wanted.Length == 0 ? string.Empty : $" (wanted: {wanted})")}.";
        if (Errors > 0)
            return $"{nothing}: {Plural(Errors, "error")} kept the flow logs from being read{searched}.";
        if (BlobsFound > 0 && BlobsRead == 0)
            return $"{nothing}: by their names, none of {Plural(BlobsFound, "blob")} can hold what was asked for{searched}.";
        return BlobsFound == 0
            ? $"{nothing}: there is no flow-log blob{(wanted.Length == 0 ? string.Empty : " of " + wanted)}{searched}."
            : $"{nothing}: {Plural(BlobsRead, "blob")} held no tuple ({FlowFormat.Count(_counts.Entries)} entries, {FlowFormat.Size(Bytes)}){searched}.";
    }

    private string WhyEmptyText(string nothing, string searched) => _counts.Tuples > 0
        ? $"{nothing}: the filter let none of the {FlowFormat.Count(_counts.Tuples)} tuples of the input pass{searched}."
        : Errors > 0 ? $"{nothing}: the input could not be read ({Plural(Errors, "error")})."
        : _counts.Bytes == 0 ? nothing + ": there was no input."
        : $"{nothing}: the input held no tuple ({FlowFormat.Count(_counts.Entries)} entries, {FlowFormat.Size(Bytes)}).";

    private static string Plural(long count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? string.Empty : "s");
}
