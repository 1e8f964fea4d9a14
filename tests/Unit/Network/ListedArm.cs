using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Unit.Network;

/// <summary>Azure as lists: those of paths, and what Resource Graph has; whatever else is asked for is an error of the test.</summary>
internal sealed class ListedArm : IArm
{
    private readonly Dictionary<string, Func<IEnumerable<ArmResource>>> _lists = new(StringComparer.OrdinalIgnoreCase);
    private int _requests;
    private int _underWay;
    private int _mostUnderWay;

    /// <summary>What Resource Graph answers, whatever the query; null when it refuses.</summary>
    public IReadOnlyList<ArmResource>? Graph { get; set; }

    public GraphQuery? LastQuery { get; private set; }

    public int Requests => _requests;

    public int MostUnderWay => _mostUnderWay;

    public ListedArm On(string path, params string[] resources)
    {
        _lists[path] = () => resources.Select(ArmResource.Parse);
        return this;
    }

    public ListedArm Refuses(string path, string errorId = "ArmAccessDenied", string? serviceCode = null)
    {
        _lists[path] = () => throw new NsgFlowException(errorId, "No right to read it.", string.Empty) { ServiceCode = serviceCode };
        return this;
    }

    public IEnumerable<ArmResource> List(string path, string apiVersion, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _requests);
        var now = Interlocked.Increment(ref _underWay);
        for (var most = _mostUnderWay; now > most && Interlocked.CompareExchange(ref _mostUnderWay, now, most) != most;)
            most = _mostUnderWay;
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return _lists.TryGetValue(path, out var list) ? [.. list()] : throw new NsgFlowException("ResourceNotFound", "There is no " + path, string.Empty);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public IEnumerable<ArmResource> Query(GraphQuery query, CancellationToken cancellation)
    {
        // As the service pages.
        Interlocked.Add(ref _requests, Math.Max(1, ((Graph?.Count ?? 0) + 999) / 1000));
        LastQuery = query;
        return Graph ?? throw new NsgFlowException("ArmRequestFailed", "Resource Graph is not there.", string.Empty);
    }

    public ArmResource? Get(string id, string apiVersion, CancellationToken cancellation) => throw new NotSupportedException();

    public ArmResource Put(string id, string apiVersion, string body, ArmWait wait, CancellationToken cancellation) => throw new NotSupportedException();

    public bool Delete(string id, string apiVersion, ArmWait wait, CancellationToken cancellation) => throw new NotSupportedException();

    public ArmNode Post(string path, string apiVersion, string? body, CancellationToken cancellation) => throw new NotSupportedException();
}
