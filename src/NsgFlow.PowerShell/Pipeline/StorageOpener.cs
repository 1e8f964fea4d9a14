using System;
using System.Runtime.CompilerServices;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;
using NsgFlow.Blobs;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Makes the store of a storage account from a cmdlet's parameters. Only running it loads NsgFlow.Azure and its packages.</summary>
internal static class StorageOpener
{
    /// <exception cref="NsgFlowException">What was given makes no sense.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IFlowBlobStore Open(SourceCmdlet cmdlet, AzureAccess access, Action<string> verbose, out string shown, out string account)
    {
        var connection = Connect(cmdlet, access, verbose);
        var store = connection.Open();

        // A connection string names the account itself.
        shown = $"storage account {(connection.Account is null ? store : connection)}";
        account = store.Account;
        return store;
    }

    /// <summary>The account, and what it is opened with.</summary>
    /// <exception cref="NsgFlowException">What was given makes no sense.</exception>
    public static StorageConnection Connect(SourceCmdlet cmdlet, AzureAccess access, Action<string> verbose)
    {
        var connection = Connection(Given(cmdlet));
        if (!connection.NeedsCredential)
            return connection;
        access.Prepare(AzureSignIn.StorageResource);
        return Connection(StorageCredential.FromSignIn(access.Connection.SignIn));

        StorageConnection Connection(StorageCredential? credential) => new()
        {
            Account = cmdlet.StorageAccount.Length == 0 ? null : cmdlet.StorageAccount,
            Containers = cmdlet.Container,
            Credential = credential,
            Cloud = access.Connection.Cloud,
            Verbose = verbose,
        };
    }

    /// <summary>The store of a container that flow logs write to.</summary>
    /// <exception cref="NsgFlowException">The account's endpoint makes no sense.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IFlowBlobStore Open(FlowLogSource source, AzureAccess access, Action<string> verbose)
    {
        access.Prepare(AzureSignIn.StorageResource);
        return new StorageConnection
        {
            Account = source.BlobEndpoint ?? source.Account,
            IsNamedByAzure = source.BlobEndpoint is not null,
            Containers = [source.Container],
            Credential = StorageCredential.FromSignIn(access.Connection.SignIn),
            Cloud = access.Connection.Cloud,
            Verbose = verbose,
        }.Open();
    }

    private static StorageCredential? Given(SourceCmdlet cmdlet)
    {
        if (cmdlet.SasToken is { } sas)
            return StorageCredential.FromSas(SecretText.Reveal(sas));
        if (cmdlet.AccountKey is { } key)
            return StorageCredential.FromKey(SecretText.Reveal(key));
        if (cmdlet.AccessToken is { } token)
            return StorageCredential.FromAccessToken(SecretText.Reveal(token));
        return cmdlet.ConnectionString is { } text ? StorageCredential.FromConnectionString(SecretText.Reveal(text)) : null;
    }
}
