using System;
using System.Collections.Generic;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Storage;

/// <summary>Which storage account, which containers, and with what.</summary>
public sealed class StorageConnection
{
    /// <summary>
    /// Name, ARM id or URL of the account (a URL may carry a container and a SAS), or <c>emulator</c> for a local Azurite.
    /// May be null with a connection string, which names the account itself.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>Containers; empty for the one in the URL, or else the two that Azure writes flow logs to.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Null is right for the emulator and for a URL that carries a SAS, and nowhere else.</summary>
    public StorageCredential? Credential { get; init; }

    /// <summary>Where an account given by name is.</summary>
    public AzureCloud Cloud { get; init; } = AzureCloud.Public;

    /// <summary>Whether Azure Resource Manager named the account's URL: then tokens may go there, whatever its host is.</summary>
    public bool IsNamedByAzure { get; init; }

    /// <summary>Told of listings and repeated requests, never a secret; may be called on any thread.</summary>
    public Action<string>? Verbose { get; init; }

    /// <summary>Sizes, limits and delays; tests make them small.</summary>
    internal StorageTuning Tuning { get; init; } = new();

    /// <summary>Whether nothing that opens the account was given.</summary>
    /// <exception cref="NsgFlowException"><c>InvalidStorageAccount</c>.</exception>
    public bool NeedsCredential => Credential is null && StorageAddress.Parse(Account, Cloud) is { Sas: null, IsEmulator: false };

    /// <summary>Checks what was given and makes the store. Nothing is asked from the network yet.</summary>
    /// <exception cref="NsgFlowException">
    /// <c>InvalidStorageAccount</c>, <c>InvalidStorageCredential</c> or <c>InsecureStorageUrl</c>.
    /// </exception>
    public BlobStorageStore Open() => new(this, StorageClientFactory.Create(this));

    /// <summary>The account as people know it, without a query.</summary>
    public override string ToString() => StorageAddress.Describe(Account) + (Credential is null ? string.Empty : $" ({Credential})");
}
