using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace NsgFlow.KustoTests.Infrastructure;

/// <summary>Microsoft's parser and semantic analyser, in a Node process for many tests.</summary>
public sealed class KustoParser : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly StringBuilder _errors = new();
    private readonly Lazy<Process> _node;
    private int _lastId;

    public KustoParser() => _node = new Lazy<Process>(Start);

    /// <summary>Analyses queries.</summary>
    /// <param name="workspace">The tables that there are.</param>
    /// <param name="queries">The queries, any number.</param>
    /// <param name="withTree">Whether shape and texts are wanted.</param>
    public async Task<IReadOnlyList<KqlAnalysis>> AnalyzeAsync(KqlWorkspace workspace, IEnumerable<string> queries, bool withTree = false)
    {
        string[] texts = [.. queries];
        foreach (var text in texts)
        {
            // What is not Unicode reaches no service as it was meant.
            Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        }

        var id = Interlocked.Increment(ref _lastId);
        var outcome = _waiting[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = JsonSerializer.Serialize(new { id, tables = workspace.Tables, queries = texts, withTree });
        lock (_node)
        {
            _node.Value.StandardInput.WriteLine(line);
            _node.Value.StandardInput.Flush();
        }

        var answer = await outcome.Task.WaitAsync(s_patience);
        Assert.True(answer["error"] is null, (string?)answer["error"]);
        return [.. answer["answers"]!.AsArray().Select((one, index) => new KqlAnalysis(texts[index], one!))];
    }

    /// <summary>The same for one query.</summary>
    public async Task<KqlAnalysis> AnalyzeAsync(KqlWorkspace workspace, string query, bool withTree = false) =>
        (await AnalyzeAsync(workspace, [query], withTree))[0];

    public async ValueTask DisposeAsync()
    {
        if (_node.IsValueCreated)
        {
            _node.Value.StandardInput.Close();
            await _node.Value.WaitForExitAsync();
            _node.Value.Dispose();
        }
    }

    private Process Start()
    {
        // The analyser walks trees by recursion, and a long list of conditions is a deep tree.
        var start = new ProcessStartInfo(KustoFiles.Node!, ["--stack-size=4000", KustoFiles.Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
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
public sealed class KustoDefinition : ICollectionFixture<KustoParser>
{
    public const string Name = "Microsoft's parser";
}

/// <summary>The half of the work that is about all pairs of parameters, with a process of its own, so that two cores share it.</summary>
[CollectionDefinition(Name)]
public sealed class PairwiseDefinition : ICollectionFixture<KustoParser>
{
    public const string Name = "Microsoft's parser, pair by pair";
}
