using NsgFlow.Unit.Parsing;

namespace NsgFlow.Unit.Measuring;

/// <summary>A tuple for the oracle: what the reference parser says of it, and where it stood.</summary>
public sealed record OracleTuple(Row Row, string? Blob, int Position)
{
    public TupleFields Fields => Row.Tuple;

    public RowContext Context => Row.Context;
}

/// <summary>What the blobs' names tell before anything is read.</summary>
public enum OracleNames
{
    /// <summary>Nothing, or that there are several network interfaces and both kinds of logs.</summary>
    Untold,

    /// <summary>That there is one network interface and one kind of log, so nothing can be captured twice.</summary>
    OneInterface,
}

/// <summary>What tells which tuple of a flow came first.</summary>
public enum OracleOrder
{
    /// <summary>Logs: their entries.</summary>
    Entries,

    /// <summary>Records that may come in any order: the tuples' time.</summary>
    Time,
}
