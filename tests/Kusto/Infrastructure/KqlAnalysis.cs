using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace NsgFlow.KustoTests.Infrastructure;

/// <summary>What Microsoft's parser says of a query.</summary>
public sealed class KqlAnalysis
{
    internal KqlAnalysis(string query, JsonNode answer)
    {
        Query = query;
        Kind = (string)answer["kind"]!;
        Diagnostics = [.. answer["diagnostics"]!.AsArray().Select(one => Diagnostic(one!))];
        Columns = [.. answer["columns"]!.AsArray().Select(static one => $"{one!["name"]}:{one["type"]}")];
        Shape = (string?)answer["shape"] ?? string.Empty;
        Texts = [.. answer["texts"]?.AsArray().Select(static one => Text((string)one!)) ?? []];
    }

    /// <summary>The query.</summary>
    public string Query { get; }

    /// <summary><c>Query</c>, or <c>Command</c>: something that begins with a dot and changes the database.</summary>
    public string Kind { get; }

    /// <summary>What is wrong, or could be better, with the piece of the query that it is about.</summary>
    public IReadOnlyList<string> Diagnostics { get; }

    /// <summary>The columns of the answer, <c>name:type</c>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>All nodes and tokens of the syntax tree with their depth, and what stands between them, but not what the string literals say.</summary>
    public string Shape { get; }

    /// <summary>What the string literals say.</summary>
    public IReadOnlyList<string> Texts { get; }

    // As UTF-16, because a text may hold half of a surrogate pair.
    private static string Text(string base64) => new(MemoryMarshal.Cast<byte, char>(Convert.FromBase64String(base64)));

    private string Diagnostic(JsonNode one)
    {
        var start = Math.Clamp((int)one["start"]!, 0, Query.Length);
        var length = Math.Clamp((int)one["length"]!, 0, Math.Min(80, Query.Length - start));
        return $"{one["severity"]} {one["code"]}: {one["message"]} [{Query.Substring(start, length)}]";
    }
}
