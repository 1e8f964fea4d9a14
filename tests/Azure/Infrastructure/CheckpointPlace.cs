using System;
using System.IO;
using System.Text;
using System.Threading;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Storage;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>A blob for a checkpoint in an account of its own.</summary>
internal sealed class CheckpointPlace
{
    private readonly string _url;

    public CheckpointPlace(Azurite azurite, string name = "flows.json", string container = "state")
    {
        Account = azurite.NewAccount();
        var client = Account.Client.GetBlobContainerClient(container);
        if (container == "state")
            client.Create();
        Blob = client.GetBlockBlobClient(name);
        _url = $"{Account.Endpoint}/{container}/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}";
    }

    public TestAccount Account { get; }

    public BlockBlobClient Blob { get; }

    public static StorageTuning Tuning(double lease = 60, double renewal = 15, int retries = 3, double farewell = 3, double timeout = 30) => new()
    {
        LeaseDuration = TimeSpan.FromSeconds(lease),
        LeaseRenewal = TimeSpan.FromSeconds(renewal),
        Farewell = TimeSpan.FromSeconds(farewell),
        MaxRetries = retries,
        RetryDelay = TimeSpan.FromMilliseconds(10),
        MaxRetryDelay = TimeSpan.FromMilliseconds(50),
        NetworkTimeout = TimeSpan.FromSeconds(timeout),
    };

    public string Url(int? port = null) => port is { } other ? Account.EndpointAt(other) + _url[Account.Endpoint.AbsoluteUri.Length..] : _url;

    /// <summary>Opens it with the account's key, as what is read is.</summary>
    public CheckpointBlob Open(StorageTuning? tuning = null, int? port = null, Action<string>? verbose = null, CancellationToken cancellation = default) =>
        new CheckpointConnection(Url(port))
        {
            Reading = new StorageConnection
            {
                Account = (port is { } other ? Account.EndpointAt(other) : Account.Endpoint).AbsoluteUri,
                Credential = StorageCredential.FromKey(TestAccount.Key),
                Tuning = tuning ?? Tuning(),
                Verbose = verbose,
            },
            Tuning = tuning ?? Tuning(),
            Verbose = verbose,
        }.Open(cancellation);

    public void Write(string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Blob.Upload(content, new BlobUploadOptions());
    }

    public string Text() => Blob.DownloadContent().Value.Content.ToString();
}
