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
    public static IFlowBlobStore Open(SourceCmdlet cmdlet, AzureAccess access, Action<string> verbose, out string shown)
    {
        var account = cmdlet.StorageAccount.Length == 0 ? null : cmdlet.StorageAccount;
        var given = Given(cmdlet);
        var connection = Connection(given);
        // A connection string names the account itself.
        shown = account is null ? "the storage account of the connection string" : $"storage account {connection}";
        try
        {
            return connection.Open();
        }
        catch (NsgFlowException e) when (given is null && e.ErrorId == "InvalidStorageCredential")
        {
            // Neither the emulator nor a URL with a SAS, the two that need nothing more.
            access.Prepare(AzureSignIn.StorageResource);
            connection = Connection(StorageCredential.FromSignIn(access.Connection.SignIn));
            return connection.Open();
        }

        StorageConnection Connection(StorageCredential? credential) => new()
        {
            Account = account,
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
