using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.Unit.Saving;

/// <summary>A model of a storage account: blobs of blocks, whose state changes with each write. Counts what is asked for.</summary>
internal sealed class ModelStore : IFlowBlockStore
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ModelBlob> _blobs = [];
    private int _blockLists;
    private int _ranges;
    private int _gone;
    private long _bytes;

    /// <summary>Called before each request, with its number and its blob, on the thread that asks.</summary>
    public Action<int, string> BeforeRequest { get; set; } = static (_, _) => { };

    /// <summary>Whether the request under way is for a range; else for a block list. For who asks on one thread.</summary>
    public bool IsRange { get; private set; }

    /// <summary>What becomes of the answer to a range.</summary>
    public Func<FlowRange, FlowRange> Answer { get; set; } = static range => range;

    /// <summary>The present of listings: blobs of hours that are not over are open. Null: none is.</summary>
    public DateTime? Now { get; set; }

    public string Account { get; init; } = "stflow";

    public IReadOnlyCollection<string> Names => [.. _blobs.Keys];

    public int BlockLists => Volatile.Read(ref _blockLists);

    public int Ranges => Volatile.Read(ref _ranges);

    public int Requests => BlockLists + Ranges;

    /// <summary>Ranges of a state that was there no more.</summary>
    public int Gone => Volatile.Read(ref _gone);

    public long Bytes => Interlocked.Read(ref _bytes);

    public ModelBlob this[string name] => _blobs[name];

    public static string Name(int nic, int hour = 9) =>
        "resourceId=/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB/"
        + $"y=2026/m=11/d=23/h={hour:00}/m=00/macAddress={nic:X12}/PT1H.json";

    public ModelBlob Add(string name, params string[] minutes)
    {
        var blob = new ModelBlob();
        blob.Write([.. minutes]);
        _blobs[name] = blob;
        return blob;
    }

    public void Delete(string name) => _blobs.Remove(name);

    /// <summary>A blob as a listing would give it now.</summary>
    public FlowBlob Listed(string name)
    {
        var blob = _blobs[name];
        var parsed = FlowBlobName.Parse(name);
        return new FlowBlob
        {
            Account = Account,
            Container = FlowContainers.Nsg,
            Name = name,
            Kind = parsed.Kind,
            Target = parsed.Target,
            MacAddress = parsed.MacAddress,
            Hour = parsed.Hour,
            Length = blob.Content.Length,
            LastModified = blob.Modified,
            ETag = blob.ETag,
            IsOpen = Now is { } now && FlowBlobName.IsOpen(parsed.Hour, now),
            Store = this,
        };
    }

    public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation) => _blobs.Keys.ToList().Select(Listed);

    public Stream Open(FlowBlob blob, CancellationToken cancellation) => throw new NotSupportedException("Blobs are saved by ranges.");

    public FlowBlockList Blocks(FlowBlob blob, CancellationToken cancellation)
    {
        Before(blob, isRange: false, cancellation);
        Interlocked.Increment(ref _blockLists);
        lock (_gate)
        {
            var model = Find(blob);
            return new FlowBlockList(model.ETag, model.IsWhole ? [] : [.. model.Blocks.Select(static b => new FlowBlock(b.Id, b.Text.Length))]);
        }
    }

    public FlowRange? Read(FlowBlob blob, long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation)
    {
        Before(blob, isRange: true, cancellation);
        Interlocked.Increment(ref _ranges);
        lock (_gate)
        {
            var model = Find(blob);
            if (etag is not null && etag != model.ETag)
            {
                Interlocked.Increment(ref _gone);
                return null;
            }

            var bytes = model.Bytes;
            var count = (int)Math.Min(buffer.Count, bytes.Length - offset);
            Array.Copy(bytes, (int)offset, buffer.Array!, buffer.Offset, count);
            Interlocked.Add(ref _bytes, count);
            return Answer(new FlowRange { Count = count, Length = bytes.Length, ETag = model.ETag, LastModified = model.Modified, ContentMd5 = model.ContentMd5 });
        }
    }

    private void Before(FlowBlob blob, bool isRange, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        IsRange = isRange;
        BeforeRequest(Requests, blob.Name);
        cancellation.ThrowIfCancellationRequested();
    }

    private ModelBlob Find(FlowBlob blob) =>
        _blobs.TryGetValue(blob.Name, out var model) ? model : throw new NsgFlowException("BlobNotFound", "The blob does not exist any more.", string.Empty);
}

/// <summary>A blob of the model.</summary>
internal sealed class ModelBlob
{
    private static int s_states;
    private int _ids;

    public List<(string Id, string Text)> Blocks { get; } = [];

    /// <summary>Whether it was written in one piece, so that there are no blocks to list.</summary>
    public bool IsWhole { get; set; }

    public string ETag { get; private set; } = string.Empty;

    public DateTime Modified { get; private set; } = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    public byte[]? ContentMd5 { get; set; }

    public string Content => string.Concat(Blocks.Select(static b => b.Text));

    /// <summary>One byte for each letter.</summary>
    public byte[] Bytes => Encoding.GetEncoding("iso-8859-1").GetBytes(Content);

    /// <summary>A minute more.</summary>
    public void Append(string minute)
    {
        Blocks.Insert(Blocks.Count - 1, ($"m{++_ids}", (Blocks.Count > 2 ? "," : "") + minute));
        Touch();
    }

    /// <summary>A minute more by a writer that keeps the end in its last block: that is replaced, by a longer one or by two.</summary>
    public void AppendToLast(string minute)
    {
        var last = Blocks[Blocks.Count - 1].Text;
        var kept = last.Substring(0, last.Length - 2);
        var added = (Blocks.Count > 2 || kept.Length > 0 ? "," : string.Empty) + minute + "]}";
        Blocks.RemoveAt(Blocks.Count - 1);
        if (++_ids % 2 == 0 && kept.Length > 0)
        {
            Blocks.Add(($"k{_ids}", kept));
            kept = string.Empty;
        }

        Blocks.Add(($"m{_ids}", kept + added));
        Touch();
    }

    /// <summary>Takes the newest minute away.</summary>
    public void Shrink()
    {
        Blocks.RemoveAt(Blocks.Count - 2);
        Touch();
    }

    /// <summary>Writes it anew, with other blocks.</summary>
    public void Write(params string[] minutes)
    {
        Blocks.Clear();
        Blocks.Add(("A", "{\"records\":["));
        Blocks.Add(("Z", "]}"));
        Touch();
        foreach (var minute in minutes)
        {
            Append(minute);
        }
    }

    /// <summary>Another state with the same content, as setting metadata gives.</summary>
    public void Touch()
    {
        ETag = $"0x{Interlocked.Increment(ref s_states):X}";
        Modified = Modified.AddMinutes(1);
    }

    public void SetMd5()
    {
#pragma warning disable CA5351, CA1850 // what the service has; .NET Framework has no shorter way
        using var md5 = MD5.Create();
        ContentMd5 = md5.ComputeHash(Bytes);
#pragma warning restore CA5351, CA1850
    }
}
