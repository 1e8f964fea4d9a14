namespace NsgFlow.Following;

/// <summary>What became of the first request for a blob's bytes.</summary>
internal enum SourceStart
{
    /// <summary>What was read before still stands there.</summary>
    Ready,

    /// <summary>The state that was to be read has gone.</summary>
    Gone,

    /// <summary>The blob is another one: it is to be read from its beginning.</summary>
    Rewritten,
}
