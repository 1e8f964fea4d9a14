using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.Soak.Reading;

/// <summary>A store whose times of change are those of the soak's clock, with the bytes that it gives counted.</summary>
internal sealed class SoakStore(IFlowBlockStore inner, SoakClock clock, ReaderFigures figures) : IFlowBlockStore
{
    public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation)
    {
        foreach (var blob in inner.List(query, cancellation))
        {
            yield return new FlowBlob
            {
                Account = blob.Account,
                Container = blob.Container,
                Name = blob.Name,
                Kind = blob.Kind,
                Target = blob.Target,
                ResourceId = blob.ResourceId,
                ResourceGroup = blob.ResourceGroup,
                SubscriptionId = blob.SubscriptionId,
                MacAddress = blob.MacAddress,
                Hour = blob.Hour,
                Length = blob.Length,
                LastModified = blob.LastModified is { } modified ? clock.At(modified) : null,
                ETag = blob.ETag,
                IsOpen = blob.IsOpen,
                Store = this,
            };
        }
    }

    public Stream Open(FlowBlob blob, CancellationToken cancellation) => inner.Open(blob, cancellation);

    public FlowBlockList Blocks(FlowBlob blob, CancellationToken cancellation) => inner.Blocks(blob, cancellation);

    public FlowRange? Read(FlowBlob blob, long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation)
    {
        var range = inner.Read(blob, offset, buffer, etag, cancellation);
        figures.CountBytes(range?.Count ?? 0);
        return range;
    }
}
