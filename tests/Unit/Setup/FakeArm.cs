using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Unit.Setup;

/// <summary>An Azure Resource Manager in memory that takes every PUT as it is, and writes down what it was asked.</summary>
public sealed class FakeArm : IArm
{
    private readonly Dictionary<string, string> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, NsgFlowException> _faults = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _requests = [];
    private int _running;

    /// <summary>Method and path of each request, in order.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public IReadOnlyList<string> Writes => [.. Requests.Where(static request => !request.StartsWith("GET ", StringComparison.Ordinal))];

    /// <summary>Body of the last PUT.</summary>
    public string? LastBody { get; private set; }

    /// <summary>The most requests that ran at once.</summary>
    public int MostAtOnce { get; private set; }

    public TimeSpan ListDelay { get; set; }

    /// <summary>What Azure makes of a body; as it is when null.</summary>
    public Func<string, string>? OnPut { get; set; }

    public Action? AfterPost { get; set; }

    public FakeArm Add(string id, string json)
    {
        _resources[id] = json.Replace("{id}", id, StringComparison.Ordinal);
        return this;
    }

    public void Remove(string id) => _resources.Remove(id);

    public void Fail(string path, string errorId) => _faults[path] = new NsgFlowException(errorId, $"{path} refused.", string.Empty);

    public ArmResource? Get(string id, string apiVersion, CancellationToken cancellation)
    {
        Note("GET", id, cancellation);
        return _resources.TryGetValue(id, out var json) ? ArmResource.Parse(json) : null;
    }

    public IEnumerable<ArmResource> List(string path, string apiVersion, CancellationToken cancellation)
    {
        Note("GET", path, cancellation);
        lock (_requests)
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
        if (ListDelay > TimeSpan.Zero && cancellation.WaitHandle.WaitOne(ListDelay))
            cancellation.ThrowIfCancellationRequested();
        lock (_requests)
            _running--;
        var type = path[(path.LastIndexOf('/') + 1)..];
        var scope = path.Contains("/providers/", StringComparison.OrdinalIgnoreCase) && !type.Equals("flowLogs", StringComparison.OrdinalIgnoreCase)
            ? path[..path.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase)]
            : path[..path.LastIndexOf('/')];
        foreach (var (id, json) in _resources)
        {
            if (id.StartsWith(scope + "/", StringComparison.OrdinalIgnoreCase) && id.Split('/')[^2].Equals(type, StringComparison.OrdinalIgnoreCase))
                yield return ArmResource.Parse(json);
        }
    }

    public IEnumerable<ArmResource> Query(GraphQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public ArmResource Put(string id, string apiVersion, string body, ArmWait wait, CancellationToken cancellation)
    {
        Note("PUT", id, cancellation);
        LastBody = body;
        var json = OnPut?.Invoke(body) ?? body;
        _resources[id] = $"{{\"id\":\"{id}\",\"name\":\"{id.Split('/')[^1]}\",{json.TrimStart()[1..]}";
        return ArmResource.Parse(_resources[id]);
    }

    public bool Delete(string id, string apiVersion, ArmWait wait, CancellationToken cancellation)
    {
        Note("DELETE", id, cancellation);
        return _resources.Remove(id);
    }

    public ArmNode Post(string path, string apiVersion, string? body, CancellationToken cancellation)
    {
        Note("POST", path, cancellation);
        if (path.EndsWith("/register", StringComparison.Ordinal))
            _resources[path[..^"/register".Length]] = """{"registrationState":"Registered"}""";
        AfterPost?.Invoke();
        return default;
    }

    private void Note(string method, string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_requests)
            _requests.Add($"{method} {path}");
        if (_faults.TryGetValue(path, out var fault))
            throw fault;
    }
}
