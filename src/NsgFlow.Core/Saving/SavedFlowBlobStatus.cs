namespace NsgFlow;

/// <summary>What saving a blob did to its copy.</summary>
public enum SavedFlowBlobStatus
{
    /// <summary>There was no copy.</summary>
    New,

    /// <summary>The blob had grown; what is new was added to the copy.</summary>
    Updated,

    /// <summary>The copy is what the blob is; nothing was read.</summary>
    Unchanged,

    /// <summary>The copy was put there anew, whole: the blob is another one than before, or the copy was damaged.</summary>
    Rewritten,
}
