using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A store's listing that ends with a failure instead of throwing it, so that what was found before is still read.</summary>
internal sealed class Listing : IDisposable
{
    private readonly IFlowBlobStore _store;
    private readonly FlowBlobQuery _query;
    private readonly CancellationToken _cancellation;
    private IEnumerator<FlowBlob>? _blobs;

    public Listing(IFlowBlobStore store, FlowBlobQuery query, CancellationToken cancellation)
    {
        _store = store;
        _query = query;
        _cancellation = cancellation;
    }

    /// <summary>Why the listing broke off; null when it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The next blob; null at the end.</summary>
    public FlowBlob? Next()
    {
        if (Failure is not null)
            return null;
        try
        {
            _blobs ??= _store.List(_query, _cancellation).GetEnumerator();
            return _blobs.MoveNext() ? _blobs.Current : null;
        }
        catch (Exception e) when (e is NsgFlowException or IOException or UnauthorizedAccessException)
        {
            Failure = e;
            return null;
        }
    }

    public void Dispose() => _blobs?.Dispose();
}
