using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>Azurite as a process of its own: on a free port of loopback, in memory.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "nsgflow-azurite-" + Guid.NewGuid().ToString("N"));
    private readonly TaskCompletionSource<int> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private AzuriteServer(string node, string script, string accounts, string[] more)
    {
        Directory.CreateDirectory(_folder);
        var start = new ProcessStartInfo(node) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        string[] arguments =
        [
            script, "--blobHost", "127.0.0.1", "--blobPort", "0", "--disableTelemetry", "--skipApiVersionCheck", "--silent", "--inMemoryPersistence", .. more,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AZURITE_ACCOUNTS"] = accounts;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("Azurite ended: " + _output));
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    /// <summary>Starts one; it listens when this returns.</summary>
    /// <param name="node">The program node.</param>
    /// <param name="script">Azurite's main script for blobs.</param>
    /// <param name="accounts">Accounts and keys, as AZURITE_ACCOUNTS has them.</param>
    /// <param name="more">Further arguments; those of <see cref="Tls"/> for https and tokens.</param>
    public static async Task<AzuriteServer> StartAsync(string node, string script, string accounts, params string[] more)
    {
        var server = new AzuriteServer(node, script, accounts, more);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        server.Port = await server._ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return server;
    }

    /// <summary>Arguments for https with a certificate of ours; only then does Azurite take tokens.</summary>
    public static string[] Tls(string certificate, string key) => ["--cert", certificate, "--key", key, "--oauth", "basic"];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Hear(string? line)
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
            _ready.TrySetResult(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"successfully listens on https?://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
