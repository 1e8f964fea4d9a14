using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Judging;

/// <summary>What a checkpoint says, read without the code that wrote it.</summary>
internal sealed class CheckpointFacts
{
    private readonly Dictionary<string, long> _offsets = [];
    private readonly DateTime? _from;

    public CheckpointFacts(string path)
    {
        if (!File.Exists(path))
            return;
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        if (json.RootElement.TryGetProperty("from", out var from))
            _from = from.GetDateTime().ToUniversalTime();
        _offsets = json.RootElement.GetProperty("blobs").EnumerateObject().ToDictionary(static blob => blob.Name, static blob => blob.Value.GetProperty("offset").GetInt64());
    }

    /// <summary>How many tuples of a blob are done with; null for one that is forgotten, since its hour is.</summary>
    public int? DoneOf(TruthBlob blob) => _offsets.TryGetValue(blob.Key, out var offset) ? blob.TuplesBefore(offset)
        : _from is { } from && blob.Hour.AddHours(1) <= from ? null
        : 0;
}
