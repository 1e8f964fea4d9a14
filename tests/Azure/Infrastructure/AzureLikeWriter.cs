using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Samples;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>Writes a blob the way Azure writes a flow log: an opening and a closing block, and each minute one more block before the closing one.</summary>
internal sealed class AzureLikeWriter(BlockBlobClient blob)
{
    private readonly List<string> _ids = [];

    public static string FirstId { get; } = Id("A" + new string('0', 32));

    public static string LastId { get; } = Id("Z" + new string('0', 32));

    /// <summary>What a reader must get now.</summary>
    public string Content { get; private set; } = "";

    /// <summary>Adds a minute; the record is padded to a size when one is given.</summary>
    public AzureLikeWriter Append(string record, int size = 0)
    {
        if (_ids.Count == 0)
        {
            Stage(FirstId, "{\"records\":[");
            Stage(LastId, "]}");
            _ids.AddRange([FirstId, LastId]);
            Content = "{\"records\":[]}";
        }

        var text = (_ids.Count > 2 ? "," : "") + "\"" + record.PadRight(Math.Max(0, size - 3), '.') + "\"";
        var id = Id($"{_ids.Count - 1:D33}");
        Stage(id, text);
        _ids.Insert(_ids.Count - 1, id);
        blob.CommitBlockList(_ids);
        Content = Content[..^2] + text + "]}";
        return this;
    }

    /// <summary>Writes a sample's blob up to a minute; a later call adds the minutes that are not there yet, as Azure does.</summary>
    /// <param name="blocks">The sample's blocks, the opening and the closing one included.</param>
    /// <param name="minutes">How many of the blocks between these two.</param>
    public AzureLikeWriter Write(IReadOnlyList<FlowSampleBlock> blocks, int minutes = int.MaxValue)
    {
        var wanted = blocks.Take(Math.Min(minutes, blocks.Count - 2) + 1).Append(blocks[^1]).ToList();
        foreach (var block in wanted.Where(block => !_ids.Contains(block.Id)))
        {
            using var bytes = new MemoryStream(block.Content);
            blob.StageBlock(block.Id, bytes);
        }

        _ids.Clear();
        _ids.AddRange(wanted.Select(static block => block.Id));
        blob.CommitBlockList(_ids);
        Content = string.Concat(wanted.Select(static block => Encoding.UTF8.GetString(block.Content)));
        return this;
    }

    /// <summary>Puts other content in its place, in blocks that are all new.</summary>
    public void Replace(params string[] blocks)
    {
        _ids.Clear();
        _ids.AddRange(blocks.Select((text, i) =>
        {
            var id = Id($"R{i:D32}");
            Stage(id, text);
            return id;
        }));
        blob.CommitBlockList(_ids);
        Content = string.Concat(blocks);
    }

    private static string Id(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private void Stage(string id, string text)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text));
        blob.StageBlock(id, bytes);
    }
}
