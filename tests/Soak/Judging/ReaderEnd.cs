namespace NsgFlow.Soak.Judging;

/// <summary>How a reader ended, which says what its checkpoint must have.</summary>
internal enum ReaderEnd
{
    /// <summary>By SIGKILL: the checkpoint may be behind what was handed on, never before it.</summary>
    Killed,

    /// <summary>By an error or Ctrl+C in the middle: at most one batch was handed on that the checkpoint does not have.</summary>
    Broken,

    /// <summary>In order: the checkpoint has just what was handed on.</summary>
    Stopped,
}
