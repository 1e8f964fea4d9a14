using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.Unit.Reading;

/// <summary>Blobs in memory. What one gives is said by an iterator, which may also dawdle, hang or fail.</summary>
internal sealed class FakeStore : IFlowBlobStore
{
    private readonly ConcurrentDictionary<string, Func<FakeStream, IEnumerable<byte[]>>> _contents = new();
    private readonly ConcurrentQueue<FakeStream> _streams = new();
    private int _open;
    private int _mostOpen;

    /// <summary>Every stream that was opened, in that order.</summary>
    public IReadOnlyList<FakeStream> Streams => [.. _streams];

    public int Open => Volatile.Read(ref _open);

    /// <summary>Most streams that were open at the same time.</summary>
    public int MostOpen => Volatile.Read(ref _mostOpen);

    /// <summary>Called with the token before a blob is opened.</summary>
    public Action<FlowBlob, CancellationToken> BeforeOpen { get; set; } = (_, _) => { };

    public FlowBlob Add(string name, Func<FakeStream, IEnumerable<byte[]>> content)
    {
        _contents[name] = content;
        return new FlowBlob { Name = name, Store = this };
    }

    public FlowBlob Add(string name, params byte[][] chunks) => Add(name, _ => chunks);

    public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    Stream IFlowBlobStore.Open(FlowBlob blob, CancellationToken cancellation)
    {
        BeforeOpen(blob, cancellation);
        var stream = new FakeStream(blob.Name, _contents[blob.Name], () => Interlocked.Decrement(ref _open));
        var open = Interlocked.Increment(ref _open);
        int most;
        while ((most = MostOpen) < open && Interlocked.CompareExchange(ref _mostOpen, open, most) != most)
        {
        }

        _streams.Enqueue(stream);
        return stream;
    }

    /// <summary>Reads of all streams so far.</summary>
    public int Reads() => _streams.Sum(stream => stream.Reads);
}
