using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Soaks;

/// <summary>A storage account that flow logs are written to: Azurite's own.</summary>
internal sealed class SoakAccount : IAsyncDisposable
{
    private const string Name = "devstoreaccount1";
    private const string Checkpoints = "checkpoints";

    private readonly AzuriteServer _server;
    private readonly BlobServiceClient _client;

    private SoakAccount(AzuriteServer server)
    {
        _server = server;
        _client = new BlobServiceClient(new Uri(Url), new StorageSharedKeyCredential(Name, Key), new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04));
    }

    /// <summary>Public: it is in Azurite's manual.</summary>
    public static string Key => "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public string Url => $"http://127.0.0.1:{_server.Port}/{Name}";

    public static async Task<SoakAccount> StartAsync()
    {
        var tests = typeof(SoakAccount).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "TestsFolder").Value!;
        var script = Path.Combine(tests, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        var account = new SoakAccount(await AzuriteServer.StartAsync("node", script, $"{Name}:{Key};").ConfigureAwait(false));
        foreach (var container in new[] { FlowContainers.Nsg, FlowContainers.VirtualNetwork, Checkpoints })
            await account._client.CreateBlobContainerAsync(container).ConfigureAwait(false);
        return account;
    }

    /// <summary>Begins a blob.</summary>
    public (string Key, IGrowingBlob Blob) Open(NicText nic, string name) =>
        ($"{Name}/{nic.Container}/{name}", new AzuriteBlob(_client.GetBlobContainerClient(nic.Container).GetBlockBlobClient(name)));

    /// <summary>A checkpoint in the account.</summary>
    public BlobPlace Checkpoint(string name) => new(_client.GetBlobContainerClient(Checkpoints).GetBlobClient(name));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
