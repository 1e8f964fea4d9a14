using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>What the names that a cmdlet was given, one object of the pipeline after the other, came to in Azure.</summary>
internal sealed class NamedSources(FlowLogFinder finder)
{
    private readonly Dictionary<string, IFlowBlobStore> _stores = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FlowScope> _scopes = [];

    /// <summary>Whether any of them had a flow log.</summary>
    public bool HasSources { get; private set; }

    /// <summary>Finds what the next object names.</summary>
    public FoundFlowLogs Find(FlowLogQuestion question, CancellationToken cancellation)
    {
        var found = finder.Find(question, cancellation);
        HasSources |= found.Sources.Count > 0;
        _scopes.Add(found.Scope);
        return found;
    }

    /// <summary>Whose flows: those of the last object, or of all so far.</summary>
    public FlowScope Scope(bool ofAll)
    {
        if (_scopes.Count == 0)
            return FlowScope.Everything;
        var last = _scopes[_scopes.Count - 1];
        // The pipeline brings ids only: all other restrictions are the same each time, and as many.
        return !ofAll || _scopes.Count == 1 ? last : new FlowScope
        {
            Resources = [.. last.Resources.Select((_, at) => ScopeResources.Union([.. _scopes.Select(scope => scope.Resources[at])]))],
        };
    }

    /// <summary>The store of a container, opened once.</summary>
    public IFlowBlobStore Store(FlowLogSource source, Func<FlowLogSource, IFlowBlobStore> open)
    {
        var key = source.StorageId + "/" + source.Container;
        if (!_stores.TryGetValue(key, out var store))
            _stores[key] = store = open(source);
        return store;
    }
}
