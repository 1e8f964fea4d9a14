using System;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>A container for checkpoints.</summary>
internal sealed class Checkpoints(BlobContainerClient container)
{
    /// <summary>What -Checkpoint takes.</summary>
    public string Url(string name) => $"{container.Uri}/{name}.json";

    /// <summary>A minute passes, in which a run that was killed did not renew its lease.</summary>
    public void EndLease(string name)
    {
        var blob = container.GetBlobClient(name + ".json");
        if (blob.GetProperties().Value.LeaseState == LeaseState.Leased)
        {
            blob.GetBlobLeaseClient().Break(TimeSpan.Zero);
        }
    }

    /// <summary>Somebody deletes one.</summary>
    public void Delete(string name) => container.DeleteBlob(name + ".json");
}
