using System;
using System.Linq;
using System.Threading;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Storage;

/// <summary>Which blob keeps a checkpoint, and with what it is opened: the SAS in its URL, or what its account is read with, or a sign-in.</summary>
public sealed class CheckpointConnection
{
    /// <summary>The blob's URL.</summary>
    /// <param name="url">https, or http on loopback; may carry a SAS.</param>
    public CheckpointConnection(string url) => Url = url ?? throw new ArgumentNullException(nameof(url));

    /// <summary>The account that is read; null when files are, or several accounts.</summary>
    public StorageConnection? Reading { get; init; }

    /// <summary>Asked for the sign-in when it is needed; null when there is none.</summary>
    public Func<AzureSignIn>? SignIn { get; init; }

    /// <summary>Which hosts besides Azure's own a sign-in may be sent to.</summary>
    public AzureCloud Cloud { get; init; } = AzureCloud.Public;

    /// <summary>Told of repeated requests, never a secret; may be called on any thread.</summary>
    public Action<string>? Verbose { get; init; }

    /// <summary>Limits and delays; tests make them small.</summary>
    internal StorageTuning Tuning { get; init; } = new();

    private string Url { get; }

    /// <summary>Takes the blob for a checkpoint. One that is not there is made; its container is not.</summary>
    /// <param name="cancellation">Ends the asking; afterwards what is being written gets a few seconds more.</param>
    /// <exception cref="NsgFlowException">
    /// <c>CheckpointBusy</c>, <c>CheckpointUnusable</c>; <c>StorageAccessDenied</c> and what else reading an account can bring.
    /// </exception>
    public CheckpointBlob Open(CancellationToken cancellation)
    {
        try
        {
            return OpenAt(StorageAddress.Parse(Url, Cloud), cancellation);
        }
        catch (NsgFlowException failure)
        {
            throw OfCheckpoint(failure);
        }
    }

    /// <summary>The URL without a SAS.</summary>
    public override string ToString() => StorageAddress.Describe(Url);

    /// <summary>The failure of an account, told as the checkpoint's: what is read may lie elsewhere.</summary>
    internal NsgFlowException OfCheckpoint(NsgFlowException failure) => failure.ErrorId.StartsWith("Checkpoint", StringComparison.Ordinal)
        ? failure
        : new NsgFlowException(failure.ErrorId, $"The checkpoint '{this}' cannot be used. {failure.Message}", failure.RecommendedAction, failure.InnerException)
        {
            ServiceCode = failure.ServiceCode,
            RequestId = failure.RequestId,
        };

    private CheckpointBlob OpenAt(StorageAddress address, CancellationToken cancellation)
    {
        if (address.Blob is null)
        {
            throw new NsgFlowException(
                "CheckpointUnusable",
                $"'{this}' names no blob for a checkpoint.",
                "Give the URL of a blob in a container that is there: https://account.blob.core.windows.net/container/name.");
        }

        var read = Reading is null ? null : StorageClientFactory.Create(Reading);
        if (read is not null && !IsSame(read.Client.Uri, address.Endpoint))
        {
            read = null;
        }

        // It would be listed and read as a flow log itself, in each poll.
        if (address.Container!.StartsWith("insights-logs-", StringComparison.OrdinalIgnoreCase)
            || (read is not null && new BlobStorageStore(Reading!, read).Containers.Contains(address.Container, StringComparer.OrdinalIgnoreCase)))
        {
            throw new NsgFlowException(
                "CheckpointUnusable",
                $"'{this}' is no place for a checkpoint: in a container of flow logs it would be read as one.",
                "Give a blob in another container, one that is for checkpoints.");
        }

        return CheckpointBlob.Open(Target(address, read), address.Container, address.Blob, this, cancellation);
    }

    private StorageTarget Target(StorageAddress address, StorageTarget? read)
    {
        if (address.Sas is null && read is not null)
        {
            return read;
        }

        return StorageClientFactory.Create(new StorageConnection
        {
            Account = Url,
            Credential = address.Sas is not null || address.IsEmulator ? null : Token(),
            Cloud = Cloud,
            Verbose = Verbose,
            Tuning = Tuning,
        });
    }

    // A token is for Azure Storage as a whole, while keys and SAS are an account's own.
    private StorageCredential? Token() => Reading?.Credential is { Kind: StorageCredentialKind.AccessToken or StorageCredentialKind.SignIn } token ? token
        : SignIn is null ? null
        : StorageCredential.FromSignIn(SignIn());

    private static bool IsSame(Uri account, Uri other) =>
        string.Equals(account.Authority + account.AbsolutePath.TrimEnd('/'), other.Authority + other.AbsolutePath.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}
