using System;
using NsgFlow.Filtering;

namespace NsgFlow.Parsing;

/// <summary>
/// Reads a flow log from bytes in chunks of any size and hands tuples to a sink. Knows nothing of files or networks.
/// Use: <see cref="GetBuffer"/>, fill, <see cref="Advance"/>, again until the input ends, then <see cref="Complete"/>; or <see cref="Write"/>.
/// </summary>
public sealed class FlowLogReader
{
    /// <summary>Makes a reader for one input.</summary>
    /// <param name="sink">Takes the tuples and the issues.</param>
    /// <param name="filter">Which tuples are wanted; null for all.</param>
    /// <param name="blob">Name of the input, for issues and entries.</param>
    /// <param name="limits">Limits against hostile input; null for the defaults.</param>
    public FlowLogReader(IFlowSink sink, FlowFilter? filter = null, string blob = "", FlowReadLimits? limits = null)
    {
    }

    /// <summary>What has been seen so far.</summary>
    public FlowReadCounts Counts => default;

    /// <summary>Room for the next bytes of input, never empty.</summary>
    public Span<byte> GetBuffer() => throw new NotSupportedException("not yet");

    /// <summary>Says that <paramref name="count"/> bytes were put into the buffer, and reads them.</summary>
    public void Advance(int count) => throw new NotSupportedException("not yet");

    /// <summary>Reads a chunk of input.</summary>
    public void Write(ReadOnlySpan<byte> chunk) => throw new NotSupportedException("not yet");

    /// <summary>Says that the input has ended; reports a cut entry, or that it was no flow log.</summary>
    public void Complete() => throw new NotSupportedException("not yet");
}
