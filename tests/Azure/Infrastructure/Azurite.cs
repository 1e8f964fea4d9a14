using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage;
using Azure.Storage.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>One Azurite for all tests; each test has an account of its own.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const int MostAccounts = 100;

    private static int s_accounts;

    private AzuriteServer? _server;

    /// <summary>Where it listens.</summary>
    public int Port => _server!.Port;

    public async Task InitializeAsync()
    {
        if (AzuriteFiles.Missing is null)
        {
            _server = await AzuriteServer.StartAsync(AzuriteFiles.Node!, AzuriteFiles.Script, AccountsSetting());
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>An account nobody has used.</summary>
    internal TestAccount NewAccount()
    {
        var number = Interlocked.Increment(ref s_accounts);
        return number < MostAccounts ? new TestAccount(AccountName(number), Port) : throw new InvalidOperationException("Raise MostAccounts.");
    }

    /// <summary>The account that everybody has, with the key that everybody knows; tests must use containers of their own in it.</summary>
    internal TestAccount EmulatorAccount => new(TestAccount.EmulatorName, Port, TestAccount.EmulatorKey);

    private static string AccountName(int number) => $"flowtest{number:000}";

    private static string AccountsSetting()
    {
        var text = new StringBuilder();
        for (var i = 0; i < MostAccounts; i++)
        {
            text.Append(AccountName(i)).Append(':').Append(TestAccount.Key).Append(';');
        }

        // The emulator's own account with its well-known key.
        return text.Append(TestAccount.EmulatorName).Append(':').Append(TestAccount.EmulatorKey).Append(';').ToString();
    }
}

/// <summary>An account of the emulator.</summary>
internal sealed class TestAccount(string name, int port, string? key = null, string scheme = "http")
{
    public const string EmulatorName = "devstoreaccount1";

    /// <summary>Public: it is in Azurite's manual.</summary>
    public const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Key of all test accounts: random-looking, worth nothing.</summary>
    public static string Key { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes("nsgflow-test-key-nsgflow-test-key-nsgflow-test-key-nsgflow-test!"));

    public string Name { get; } = name;

    public Uri Endpoint => EndpointAt(port);

    public StorageSharedKeyCredential SharedKey => new(Name, key ?? Key);

    public BlobServiceClient Client => new(Endpoint, SharedKey, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04));

    /// <summary>The account behind another port: a proxy's.</summary>
    public Uri EndpointAt(int otherPort) => new($"{scheme}://127.0.0.1:{otherPort}/{Name}");
}

[CollectionDefinition(Name)]
public sealed class AzuriteGroup : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}
