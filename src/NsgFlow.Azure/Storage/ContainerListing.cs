using System;
using System.Collections.Generic;
using System.Threading;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using NsgFlow.Azure.Errors;
using NsgFlow.Azure.Http;

namespace NsgFlow.Azure.Storage;

/// <summary>List requests on one container: pages, counted, with errors mapped.</summary>
internal sealed class ContainerListing(BlobContainerClient client, StorageErrors errors, StorageConnection connection, CancellationToken cancellation)
{
    /// <summary>Name of the container.</summary>
    public string Container { get; } = client.Name;

    /// <summary>Requests made; each page is one.</summary>
    public int Calls { get; private set; }

    /// <summary>Pages of all blobs under a prefix.</summary>
    public IEnumerable<IReadOnlyList<BlobItem>> Flat(string prefix)
    {
        var pages = client.GetBlobsAsync(new GetBlobsOptions { Prefix = NullIfEmpty(prefix) }, cancellation)
            .AsPages(null, connection.Tuning.PageSize).GetAsyncEnumerator(cancellation);
        return Pages(pages, prefix, static page => page.Values);
    }

    /// <summary>What lies directly under a prefix: folders and blobs, in one list.</summary>
    public IReadOnlyList<BlobHierarchyItem> Level(string prefix)
    {
        var options = new GetBlobsByHierarchyOptions { Prefix = NullIfEmpty(prefix), Delimiter = "/" };
        var pages = client.GetBlobsByHierarchyAsync(options, cancellation)
            .AsPages(null, connection.Tuning.PageSize).GetAsyncEnumerator(cancellation);
        var items = new List<BlobHierarchyItem>();
        foreach (var page in Pages(pages, prefix, static page => page.Values))
        {
            items.AddRange(page);
        }

        return items;
    }

    private static string? NullIfEmpty(string prefix) => prefix.Length == 0 ? null : prefix;

    private IEnumerable<IReadOnlyList<TItem>> Pages<TPage, TItem>(
        IAsyncEnumerator<TPage> pages, string prefix, Func<TPage, IReadOnlyList<TItem>> values)
    {
        try
        {
            while (Next(pages))
            {
                var items = values(pages.Current);
                connection.Verbose?.Invoke($"Storage: listed {Container}/{prefix}: {items.Count} names");
                yield return items;
            }
        }
        finally
        {
            // After Stop a request may still be under way, and its enumerator cannot be disposed; it holds nothing but that request.
            if (!cancellation.IsCancellationRequested)
            {
                pages.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
    }

    private bool Next<TPage>(IAsyncEnumerator<TPage> pages)
    {
        try
        {
            // After the last page the enumerator ends without a request.
            var isPage = Blocking.Wait(pages.MoveNextAsync().AsTask(), cancellation);
            Calls += isPage ? 1 : 0;
            return isPage;
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            Calls++;
            throw errors.Map(failure, Container, null);
        }
    }
}
