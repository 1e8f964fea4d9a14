using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Azure.Storage;
using Azure.Storage.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Infrastructure;

#pragma warning disable CA1001 // xunit disposes it asynchronously
/// <summary>One Azurite for all tests, on a free port of loopback, in memory; each test has an account of its own.</summary>
public sealed partial class Azurite : IAsyncLifetime
#pragma warning restore CA1001
{
    private static int s_accounts;

    private readonly StringBuilder _output = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "nsgflow-azurite-" + Guid.NewGuid().ToString("N"));
    private Process? _process;

    public int Port { get; private set; }

    public async Task InitializeAsync()
    {
        if (!File.Exists(AzuriteFiles.Script) || AzuriteFiles.Node is null)
        {
            return;
        }

        Directory.CreateDirectory(_folder);
        var start = new ProcessStartInfo(AzuriteFiles.Node)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach (var argument in new[]
        {
            AzuriteFiles.Script, "--blobHost", "127.0.0.1", "--blobPort", "0",
            "--disableTelemetry", "--skipApiVersionCheck", "--silent", "--inMemoryPersistence",
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AZURITE_ACCOUNTS"] = AccountsSetting();
        var ready = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("Azurite ended: " + _output));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Port = await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>An account nobody has used.</summary>
    internal TestAccount NewAccount()
    {
        var number = System.Threading.Interlocked.Increment(ref s_accounts);
        return number < MostAccounts ? new TestAccount(AccountName(number), Port) : throw new InvalidOperationException("Raise MostAccounts.");
    }

    /// <summary>The account that everybody has, with the key that everybody knows; tests must use containers of their own in it.</summary>
    internal TestAccount EmulatorAccount => new(TestAccount.EmulatorName, Port, TestAccount.EmulatorKey);

    private const int MostAccounts = 100;

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

    private void Hear(string? line, TaskCompletionSource<int> ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        var match = Listening().Match(line);
        if (match.Success)
        {
            ready.TrySetResult(int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"successfully listens on http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}

/// <summary>An account of the emulator.</summary>
internal sealed class TestAccount(string name, int port, string? key = null)
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
    public Uri EndpointAt(int otherPort) => new($"http://127.0.0.1:{otherPort}/{Name}");
}

[CollectionDefinition(Name)]
public sealed class AzuriteGroup : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}
