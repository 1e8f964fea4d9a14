using System;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace NsgFlow.Soak.Soaks;

/// <summary>A checkpoint in a blob.</summary>
internal sealed class BlobPlace(BlobClient blob) : ICheckpointPlace
{
    public string Kind => "blob";

    public string Address => blob.Uri.AbsoluteUri;

    public string? Version => blob.Exists() ? blob.GetProperties().Value.ETag.ToString() : null;

    public void Keep(string path)
    {
        if (!blob.Exists())
            return;
        try
        {
            // A reader that was killed has it for a minute; nobody shall wait for that.
            blob.GetBlobLeaseClient().Break(TimeSpan.Zero);
        }
        catch (RequestFailedException free) when (free.Status == 409)
        {
            // One that ended by itself has given it back.
        }

        // An empty one holds the lease until the first save.
        if (blob.GetProperties().Value.ContentLength > 0)
            blob.DownloadTo(path);
    }
}
