using System;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Storage;

/// <summary>The SDK's client for a connection, made only of what was checked.</summary>
internal static class StorageClientFactory
{
    // The emulator's key is public: it is in Azurite's manual and in the SDK.
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Makes the client.</summary>
    public static StorageTarget Create(StorageConnection connection)
    {
        var credential = connection.Credential;
        if (credential?.Kind == StorageCredentialKind.ConnectionString)
        {
            return StorageAddress.IsEmulatorText(credential.Secret!)
                ? ForAddress(connection, StorageAddress.Parse("emulator", connection.Cloud), null)
                : ForConnectionString(connection, credential);
        }

        return ForAddress(connection, StorageAddress.Parse(connection.Account, connection.Cloud), credential);
    }

    private static StorageTarget ForConnectionString(StorageConnection connection, StorageCredential credential)
    {
        BlobServiceClient client;
        try
        {
            client = new BlobServiceClient(credential.Secret, Options(connection));
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or InvalidOperationException)
        {
            throw InvalidCredential("The connection string cannot be read.", "Copy it again from the account's 'Access keys' page.");
        }

        RefuseInsecure(client.Uri, credential);
        return new StorageTarget(client, client.AccountName ?? client.Uri.Host, null, credential);
    }

    private static StorageTarget ForAddress(StorageConnection connection, StorageAddress address, StorageCredential? given)
    {
        var credential = given
            ?? (address.Sas is not null ? StorageCredential.FromSas(address.Sas)
                : address.IsEmulator ? StorageCredential.FromKey(EmulatorKey)
                : throw InvalidCredential(
                    $"Nothing to open storage account '{address.Account}' with was given.", "Sign in, or give a SAS, a key, a token or a connection string."));
        RefuseInsecure(address.Endpoint, credential);
        if (IsToken(credential) && !connection.IsNamedByAzure && !address.IsOfAzure(connection.Cloud))
        {
            throw new NsgFlowException(
                "InsecureStorageUrl",
                $"{SafeText.Url(address.Endpoint)} is no host of Azure Storage: the {credential} opens other accounts, too, and is not sent there.",
                "Use the account's own URL (https://name.blob.core.windows.net), or give a SAS in the URL, or a key. The storage of a cloud of one's own is told by Connect-NsgFlow -StorageSuffix.");
        }

        var options = Options(connection);
        var client = credential.Kind switch
        {
            StorageCredentialKind.Sas => new BlobServiceClient(address.Endpoint, new AzureSasCredential(credential.Secret!), options),
            StorageCredentialKind.Key => new BlobServiceClient(address.Endpoint, Key(address.Account, credential.Secret!), options),
            _ => new BlobServiceClient(address.Endpoint, new SignInCredential(credential.SignIn!, connection.Verbose), options),
        };
        return new StorageTarget(client, address.Account, address.Container, credential);
    }

    private static StorageSharedKeyCredential Key(string account, string key)
    {
        try
        {
            return new StorageSharedKeyCredential(account, key);
        }
        catch (FormatException)
        {
            throw InvalidCredential("The account key is not base64.", "Copy it again from the account's 'Access keys' page.");
        }
    }

    private static BlobClientOptions Options(StorageConnection connection)
    {
        // A version that every cloud and Azurite serve; nothing newer is needed.
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04)
        {
            RetryPolicy = new StorageRetryPolicy(connection.Tuning, connection.Verbose),
        };
        options.Retry.NetworkTimeout = connection.Tuning.NetworkTimeout;
        if (connection.Tuning.Transport is not null)
        {
            options.Transport = connection.Tuning.Transport;
        }

        return options;
    }

    // A SAS or a token can be read off the wire, a signed request can be replayed. Tokens are refused over http altogether, as the SDK does.
    private static void RefuseInsecure(Uri url, StorageCredential credential)
    {
        if (url.Scheme != "https" && (IsToken(credential) || !url.IsLoopback))
        {
            throw new NsgFlowException(
                "InsecureStorageUrl",
                $"{SafeText.Url(url)} is not https: the {credential} would be open to anybody on the way.",
                "Use the https URL of the account.");
        }
    }

    private static bool IsToken(StorageCredential credential) => credential.Kind is StorageCredentialKind.SignIn or StorageCredentialKind.AccessToken;

    private static NsgFlowException InvalidCredential(string message, string action) => new("InvalidStorageCredential", message, action);
}

/// <summary>An account that can be asked.</summary>
internal sealed record StorageTarget(BlobServiceClient Client, string Account, string? Container, StorageCredential Credential)
{
    /// <summary>The account, nothing else: the client's URL may hold a SAS.</summary>
    public override string ToString() => Account;
}
