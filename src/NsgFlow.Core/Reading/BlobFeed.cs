using System;
using System.IO;
using System.Threading;
using NsgFlow.Parsing;

namespace NsgFlow.Reading;

/// <summary>Carries a blob's bytes from its store to a reader.</summary>
internal static class BlobFeed
{
    /// <summary>Feeds the whole blob.</summary>
    /// <param name="blob">Must come from a store.</param>
    /// <param name="reader">A fresh reader; what was read before a failure is given out all the same.</param>
    /// <param name="afterChunk">Called after each chunk, to hand on what it gave.</param>
    /// <param name="cancellation">Ends the feed; a hanging read ends by its stream being closed.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="NsgFlowException">The store failed.</exception>
    public static void Feed(FlowBlob blob, FlowLogReader reader, Action afterChunk, CancellationToken cancellation)
    {
        var store = blob.Store ?? throw new InvalidOperationException($"'{blob.Name}' did not come from a store and cannot be read.");
        using var stream = store.Open(blob, cancellation);
        using var closing = cancellation.Register(stream.Dispose);
        try
        {
            Pump(stream, reader, afterChunk, cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Closing the stream under a read makes it fail in many ways; the cause is always this one.
            throw new OperationCanceledException(cancellation);
        }
        catch
        {
            reader.Break();
            throw;
        }
    }

    private static void Pump(Stream stream, FlowLogReader reader, Action afterChunk, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var room = reader.GetSegment();
            var count = stream.Read(room.Array!, room.Offset, room.Count);
            if (count == 0)
            {
                reader.Complete();
                afterChunk();
                return;
            }

            reader.Advance(count);
            afterChunk();
        }
    }
}
