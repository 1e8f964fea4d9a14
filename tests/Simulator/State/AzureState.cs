using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;

namespace NsgFlow.Simulator;

/// <summary>Every resource there is, by id. Ids are compared without case and kept as they were written.</summary>
public sealed class AzureState
{
    private readonly SortedDictionary<string, (ResourceId Id, JsonObject Resource)> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, SimulatedSubscription> _subscriptions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Held while a request is answered, so that tests may look and change between two of them.</summary>
    public Lock Sync { get; } = new();

    public IReadOnlyList<SimulatedSubscription> Subscriptions
    {
        get
        {
            lock (Sync)
            {
                return [.. _subscriptions.Values];
            }
        }
    }

    public void Add(SimulatedSubscription subscription)
    {
        lock (Sync)
        {
            _subscriptions[subscription.Id] = subscription;
        }
    }

    public SimulatedSubscription? Subscription(string? id)
    {
        lock (Sync)
        {
            return id is not null && _subscriptions.TryGetValue(id, out var found) ? found : null;
        }
    }

    /// <summary>The resource itself, not a copy: what is changed in it is changed.</summary>
    public JsonObject? Find(string? id)
    {
        lock (Sync)
        {
            return id is not null && _resources.TryGetValue(id.TrimEnd('/'), out var found) ? found.Resource : null;
        }
    }

    /// <summary>The resource itself; it must be there.</summary>
    public JsonObject Get(string id) => Find(id) ?? throw new KeyNotFoundException($"The simulated world has no '{id}'.");

    /// <summary>Adds it, or replaces what has its id.</summary>
    /// <returns>Its id.</returns>
    public string Put(JsonObject resource)
    {
        var id = resource.Text("id") ?? throw new ArgumentException("A resource needs an id.", nameof(resource));
        lock (Sync)
        {
            _resources[id] = (ResourceId.Parse(id), resource);
        }

        return id;
    }

    /// <summary>Removes it and what is under it.</summary>
    public bool Remove(string id)
    {
        lock (Sync)
        {
            foreach (var below in _resources.Keys.Where(key => key.Length > id.Length && ResourceId.IsUnder(key, id)).ToArray())
            {
                _resources.Remove(below);
            }

            return _resources.Remove(id);
        }
    }

    /// <summary>Those under a scope that fit, in the order of their ids.</summary>
    public IReadOnlyList<JsonObject> List(string scope, Func<ResourceId, bool> fits)
    {
        lock (Sync)
        {
            return [.. _resources.Values.Where(r => r.Id.IsUnder(scope) && fits(r.Id)).Select(static r => r.Resource)];
        }
    }

    /// <summary>Those of a type, wherever they are.</summary>
    public IReadOnlyList<JsonObject> OfType(string type, string scope = "") => List(scope, id => id.IsType(type));
}
