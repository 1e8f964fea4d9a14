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
        var others = NewBuffer();
        var targets = Known() ?? Walk(others);
        var steps = ListingPlan.Steps(_query, _now);
        var requests = (long)steps.Count * targets.Sum(static one => one.Targets.Count);
        var listed = TryFlat(targets, ListingPlan.FlatPages(requests)) is { } flat ? flat.Sorted() : ByStep(targets, steps);

        // Both are in order of hours; what lies elsewhere is nearly always nothing.
        return others.Count == 0 ? listed : BlobMerge.Merge([others.Sorted(), listed]);
    }

    /// <summary>The targets that a listing before has found.</summary>
    private List<(ContainerListing Container, List<string> Targets)>? Known()
    {
        var known = _store.Memory.Targets(_query, _now);
        return known is null ? null
            : _containers.Where(container => known.ContainsKey(container.Container)).Select(container => (container, known[container.Container])).ToList();
    }

    /// <summary>Looks for the targets, and lists what is not in their folders.</summary>
    private List<(ContainerListing Container, List<string> Targets)> Walk(BlobListBuffer others)
    {
        var targets = new List<(ContainerListing Container, List<string> Targets)>();
        var mayBeKept = true;
        Existing(container =>
        {
            var walk = new TargetWalk(container, _query);
            walk.Run();
            walk.Loose.ForEach(item => others.Add(container.Container, item));
            walk.Others.ForEach(prefix => AddAll(others, container, prefix));
            mayBeKept &= walk.Loose.Count == 0 && walk.Others.Count == 0;
            targets.Add((container, walk.Targets));
        });

        // Where there is none yet, the first is waited for.
        mayBeKept &= targets.Exists(static one => one.Targets.Count > 0);
        _store.Memory.Note(_query, _now, mayBeKept ? targets.ToDictionary(static one => one.Container.Container, static one => one.Targets, StringComparer.Ordinal) : null);
        return targets;
    }

    private IEnumerable<FlowBlob> ByStep(List<(ContainerListing Container, List<string> Targets)> targets, IReadOnlyList<string> steps)
    {
        foreach (var step in steps)
        {
            var buffer = NewBuffer();
            foreach (var (container, folders) in targets)
            {
                folders.ForEach(target => AddAll(buffer, container, target + step));
            }

            foreach (var blob in buffer.Sorted())
            {
                yield return blob;
            }
        }
    }

    /// <summary>Lists the folders of all targets whole, unless that takes more pages than given.</summary>
    private BlobListBuffer? TryFlat(List<(ContainerListing Container, List<string> Targets)> targets, int mostPages)
    {
        if (!_store.Memory.MayFit(mostPages))
        {
            return null;
        }

        var buffer = NewBuffer();
        var pages = 0;
        foreach (var (container, folders) in targets)
        {
            foreach (var root in folders.Select(static target => target.Substring(0, target.IndexOf('/') + 1)).Distinct(StringComparer.Ordinal))
            {
                foreach (var page in container.Flat(root))
                {
                    if (++pages > mostPages)
                    {
                        _connection.Verbose?.Invoke($"Storage: more than {mostPages} pages; listing by target and time instead");
                        _store.Memory.NoteTooFew(mostPages);
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

    private void AddAll(BlobListBuffer buffer, ContainerListing container, string prefix)
    {
        try
        {
            foreach (var page in container.Flat(prefix))
            {
                foreach (var item in page)
                {
                    buffer.Add(container.Container, item);
                }
            }
        }
        catch (NsgFlowException)
        {
            // The container may be gone: the next listing looks for itself.
            _store.Memory.Note(_query, _now, null);
            throw;
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
