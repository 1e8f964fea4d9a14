namespace NsgFlow.Measuring;

/// <summary>How far the order in which tuples come can be relied on, to tell which of a flow's tuples is its first.</summary>
internal enum FlowOrder
{
    /// <summary>Each network interface's hour is one blob, in the order it was written.</summary>
    Blob,

    /// <summary>Entries are whole, but may come from any file in any order.</summary>
    Entry,

    /// <summary>Nothing: records somebody may have sorted.</summary>
    Tuple,
}
