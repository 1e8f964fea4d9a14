using System;
using System.Threading;
using NsgFlow.Azure.Http;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>A <see cref="ConsistentReader"/> as a stream. Synchronous to its reader; ends at once when cancelled, even while a server is silent.</summary>
internal sealed class ConsistentStream(ConsistentReader reader, Func<Exception, Exception> map, CancellationToken cancellation) : ReadOnlyStream
{
    private ArraySegment<byte> _current;
    private Exception? _failure;
    private bool _hasEnded;

    /// <summary>Fetches the first range, so that what is wrong with the blob shows when it is opened.</summary>
    public void Start() => Fill();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (buffer is null)
        {
            throw new ArgumentNullException(nameof(buffer));
        }

        if (_current.Count == 0 && !_hasEnded && count > 0)
        {
            Fill();
        }

        var taken = Math.Min(count, _current.Count);
        if (taken == 0)
        {
            return 0;
        }

        Buffer.BlockCopy(_current.Array!, _current.Offset, buffer, offset, taken);
        _current = new ArraySegment<byte>(_current.Array!, _current.Offset + taken, _current.Count - taken);
        return taken;
    }

    private void Fill()
    {
        if (_failure is not null)
        {
            throw _failure;
        }

        try
        {
            _current = Blocking.Wait(reader.NextAsync(cancellation), cancellation);
            _hasEnded = _current.Count == 0;
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // The last word: a request that was given up may still write into the buffer, so nothing more is read.
            _failure = map(failure);
            throw _failure;
        }
    }
}
