namespace NsgFlow.Sessions;

/// <summary>
/// A session that has not finished, as a place in the array of <see cref="OpenSessions"/>: millions of objects that point at each other
/// would be the garbage collector's work.
/// </summary>
internal struct OpenSession
{
    /// <summary>The first tuple, with the sums of all in place of its counters.</summary>
    public FlowTuple Sum;

    /// <summary>The first tuple's group.</summary>
    public FlowGroup? Group;

    /// <summary>Latest time of any tuple.</summary>
    public long Last;

    /// <summary>What the log's clock said when the last tuple came.</summary>
    public long Touched;

    /// <summary>Counts up with each session that begins.</summary>
    public long Number;

    /// <summary>The log it is of.</summary>
    public SessionLog? Log;

    public int Observations;

    public uint Hash;

    /// <summary>The next one with the same bucket; of a free place the next free one.</summary>
    public int NextInBucket;

    /// <summary>The session of the same log that was touched just before; -1 for the one idle longest.</summary>
    public int Older;

    /// <summary>The session of the same log that was touched just after; -1 for the one touched last.</summary>
    public int Newer;
}
