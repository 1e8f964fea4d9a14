using System;
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
        var address = StorageAddress.Parse(Url, Cloud);
        if (address.Blob is null)
        {
            throw new NsgFlowException(
                "CheckpointUnusable",
                $"'{this}' names no blob for a checkpoint.",
                "Give the URL of a blob in a container that is there: https://account.blob.core.windows.net/container/name.");
        }

        return CheckpointBlob.Open(Target(address), address.Container!, address.Blob, this, cancellation);
    }

    /// <summary>The URL without a SAS.</summary>
    public override string ToString() => StorageAddress.Describe(Url);

    private StorageTarget Target(StorageAddress address)
    {
        if (address.Sas is null && Reading is not null && StorageClientFactory.Create(Reading) is var read && IsSame(read.Client.Uri, address.Endpoint))
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
