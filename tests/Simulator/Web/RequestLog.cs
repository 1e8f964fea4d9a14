using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Every request since the start, or since it was last cleared, in the order they came.</summary>
public sealed class RequestLog
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    public IReadOnlyList<RecordedRequest> All => [.. _requests];

    /// <summary>Those that asked to change something.</summary>
    public IReadOnlyList<RecordedRequest> Writes => [.. _requests.Where(static r => r.Writes)];

    public void Clear() => _requests.Clear();

    internal void Add(RecordedRequest request) => _requests.Enqueue(request);
}
