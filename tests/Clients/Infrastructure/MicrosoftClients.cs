using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests.Infrastructure;

/// <summary>Microsoft's clients for JavaScript, in one Node process for all tests.</summary>
public sealed class MicrosoftClients : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly StringBuilder _errors = new();
    private readonly Lazy<Process> _node;
    private int _lastId;

    public MicrosoftClients() => _node = new Lazy<Process>(Start);

    /// <summary>Calls a client's method as its administrator and waits for the outcome; what is paged comes back whole.</summary>
    /// <param name="azure">The simulator that it talks to.</param>
    /// <param name="client">Which client; see clients.mjs.</param>
    /// <param name="call">The method, such as <c>flowLogs.get</c>.</param>
    /// <param name="args">What the method takes.</param>
    /// <exception cref="ClientException">The client threw.</exception>
    public async Task<JsonNode?> CallAsync(AzureSimulator azure, string client, string call, params object?[] args) =>
        (await SendAsync(azure, azure.World.Administrator, client, call, args))["result"];

    /// <summary>The same as somebody else.</summary>
    public async Task<JsonNode?> CallAsync(AzureSimulator azure, Principal principal, string client, string call, params object?[] args) =>
        (await SendAsync(azure, principal, client, call, args))["result"];

    /// <summary>The same for a method that reads; what it was sent and its models have no place for is a failure.</summary>
    /// <param name="azure">The simulator that it talks to.</param>
    /// <param name="client">Which client; see clients.mjs.</param>
    /// <param name="call">The method, such as <c>flowLogs.get</c>.</param>
    /// <param name="args">What the method takes.</param>
    public async Task<JsonNode> ReadAsync(AzureSimulator azure, string client, string call, params object?[] args)
    {
        var answer = await SendAsync(azure, azure.World.Administrator, client, call, args, reads: true);
        var lost = answer["lost"]!.AsArray();
        Assert.True(lost.Count == 0, $"{call} has no place for {lost.ToJsonString()}");
        return answer["result"]!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node.IsValueCreated)
        {
            _node.Value.StandardInput.Close();
            await _node.Value.WaitForExitAsync();
            _node.Value.Dispose();
        }
    }

    private async Task<JsonNode> SendAsync(
        AzureSimulator azure, Principal principal, string client, string call, object?[] args, bool reads = false)
    {
        var id = Interlocked.Increment(ref _lastId);
        var outcome = _waiting[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = JsonSerializer.Serialize(new
        {
            id,
            client,
            call,
            args,
            reads,
            endpoint = (client == "query" ? azure.LogAnalytics : azure.ArmEndpoint).AbsoluteUri.TrimEnd('/'),
            tokens = new { management = azure.IssueToken(principal: principal), logs = azure.IssueToken("https://api.loganalytics.io/", principal) },
            subscription = azure.World.State.Subscriptions[0].Id,
        });
        lock (_node)
        {
            _node.Value.StandardInput.WriteLine(line);
            _node.Value.StandardInput.Flush();
        }

        var answer = await outcome.Task.WaitAsync(s_patience);
        return answer["error"] is { } error ? throw new ClientException(error) : answer;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(ClientFiles.Node!, [ClientFiles.Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Node reads the authority's certificate when it starts, so it has to be there by then.
        start.Environment["NODE_EXTRA_CA_CERTS"] = TestCertificates.CaFile();
        var node = Process.Start(start)!;
        node.OutputDataReceived += (_, line) => Take(line.Data);
        node.ErrorDataReceived += (_, line) => _errors.AppendLine(line.Data);
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        return node;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            foreach (var waiting in _waiting.Values)
            {
                waiting.TrySetException(new InvalidOperationException("Node has ended: " + _errors));
            }

            return;
        }

        var answer = JsonNode.Parse(line)!;
        if (_waiting.TryRemove((int)answer["id"]!, out var outcome))
        {
            outcome.SetResult(answer);
        }
    }
}

/// <summary>The tests that share the process.</summary>
[CollectionDefinition(Name)]
public sealed class ClientsDefinition : ICollectionFixture<MicrosoftClients>
{
    public const string Name = "Microsoft's clients";
}
