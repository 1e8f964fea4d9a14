namespace NsgFlow.Parsing;

/// <summary>What a reader has seen so far.</summary>
public struct FlowReadCounts
{
    /// <summary>Bytes of input.</summary>
    public long Bytes;

    /// <summary>Entries (JSON elements of <c>records</c>), those without tuples included.</summary>
    public long Entries;

    /// <summary>Tuples read, those the filter dropped included, invalid ones not.</summary>
    public long Tuples;

    /// <summary>Tuples that passed the filter.</summary>
    public long Kept;

    /// <summary>Tuples, entries and other places that could not be read.</summary>
    public long Issues;

    /// <summary>Adds another input's counts.</summary>
    public void Add(in FlowReadCounts other)
    {
        Bytes += other.Bytes;
        Entries += other.Entries;
        Tuples += other.Tuples;
        Kept += other.Kept;
        Issues += other.Issues;
    }
}
