using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Azure.Storage.Blobs;
using NsgFlow.Azure.Errors;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>One listing of an account's containers.</summary>
internal sealed class AccountListing
{
    private readonly BlobStorageStore _store;
    private readonly StorageConnection _connection;
    private readonly FlowBlobQuery _query;
    private readonly StorageErrors _errors;
    private readonly DateTime _now;
    private readonly List<ContainerListing> _containers;

    public AccountListing(
        BlobStorageStore store,
        StorageConnection connection,
        FlowBlobQuery query,
        StorageErrors errors,
        Func<string, BlobContainerClient> client,
        CancellationToken cancellation)
    {
        _store = store;
        _connection = connection;
        _query = query;
        _errors = errors;
        _now = connection.Tuning.Now();
        _containers = store.Containers.Select(name => new ContainerListing(client(name), errors, connection, cancellation)).ToList();
    }

    /// <summary>List requests so far.</summary>
    public int Calls => _containers.Sum(static container => container.Calls);

    /// <summary>Lists.</summary>
    public IEnumerable<FlowBlob> Run()
    {
        // Nothing is restricted by name: the fewest requests are those for everything.
        return _query.Start is null && _query.Scope.IsEverything ? Everything() : Pruned();
    }

    private IEnumerable<FlowBlob> Everything()
    {
        var buffer = NewBuffer();
        Existing(container => AddAll(buffer, container, string.Empty));
        foreach (var blob in buffer.Sorted())
        {
            yield return blob;
        }
    }

    private IEnumerable<FlowBlob> Pruned()
    {
        var walks = new List<(ContainerListing Container, TargetWalk Walk)>();
        Existing(container =>
        {
            var walk = new TargetWalk(container, _query);
            walk.Run();
            walks.Add((container, walk));
        });

        var others = NewBuffer();
        foreach (var (container, walk) in walks)
        {
            walk.Loose.ForEach(item => others.Add(container.Container, item));
            walk.Others.ForEach(prefix => AddAll(others, container, prefix));
        }

        var steps = ListingPlan.Steps(_query, _now);
        var requests = (long)steps.Count * walks.Sum(static w => w.Walk.Targets.Count);
        var listed = TryFlat(walks, ListingPlan.FlatPages(requests)) is { } flat ? flat.Sorted() : ByStep(walks, steps);

        // Both are in order of hours; what lies elsewhere is nearly always nothing.
        return others.Count == 0 ? listed : BlobMerge.Merge([others.Sorted(), listed]);
    }

    private IEnumerable<FlowBlob> ByStep(List<(ContainerListing Container, TargetWalk Walk)> walks, IReadOnlyList<string> steps)
    {
        foreach (var step in steps)
        {
            var buffer = NewBuffer();
            foreach (var (container, walk) in walks)
            {
                walk.Targets.ForEach(target => AddAll(buffer, container, target + step));
            }

            foreach (var blob in buffer.Sorted())
            {
                yield return blob;
            }
        }
    }

    /// <summary>Lists the folders of all targets whole, unless that takes more pages than given.</summary>
    private BlobListBuffer? TryFlat(List<(ContainerListing Container, TargetWalk Walk)> walks, int mostPages)
    {
        if (mostPages == 0)
        {
            return null;
        }

        var buffer = NewBuffer();
        var pages = 0;
        foreach (var (container, walk) in walks)
        {
            foreach (var root in walk.Targets.Select(static target => target.Substring(0, target.IndexOf('/') + 1)).Distinct(StringComparer.Ordinal))
            {
                foreach (var page in container.Flat(root))
                {
                    if (++pages > mostPages)
                    {
                        _connection.Verbose?.Invoke($"Storage: more than {mostPages} pages; listing by target and time instead");
                        return null;
                    }

                    foreach (var item in page)
                    {
                        buffer.Add(container.Container, item);
                    }
                }
            }
        }

        return buffer;
    }

    private static void AddAll(BlobListBuffer buffer, ContainerListing container, string prefix)
    {
        foreach (var page in container.Flat(prefix))
        {
            foreach (var item in page)
            {
                buffer.Add(container.Container, item);
            }
        }
    }

    /// <summary>Does something with each container. Of the two that Azure writes to one may be missing; one that was named may not.</summary>
    private void Existing(Action<ContainerListing> action)
    {
        var missing = 0;
        foreach (var container in _containers)
        {
            try
            {
                action(container);
            }
            catch (NsgFlowException failure) when (_store.IsDefault && failure.ErrorId == "ContainerNotFound")
            {
                _connection.Verbose?.Invoke($"Storage: there is no container {container.Container}");
                missing++;
            }
        }

        if (missing == _containers.Count)
        {
            throw _errors.NoContainer([.. _store.Containers], _store.IsDefault);
        }
    }

    private BlobListBuffer NewBuffer() => new(_store, _store.Account, _query, _now);
}
