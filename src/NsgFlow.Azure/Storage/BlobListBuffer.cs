using System;
using System.Collections.Generic;
using System.Globalization;
using Azure.Storage.Blobs.Models;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>
/// Collects listed blobs and gives them in order of hour, target and MAC. A name that has Azure's usual form is kept as its folder, hour and
/// MAC, and put together again when asked: about 60 bytes a blob instead of about a kilobyte, so that a million fit into a sandbox of 400 MB.
/// </summary>
internal sealed class BlobListBuffer(IFlowBlobStore store, string account, FlowBlobQuery query, DateTime now)
{
    private const int TailLength = 60;
    private static readonly string[] s_endings = [".json", ".jsonl", ".ndjson", ".gz"];

    // Names that tell no hour go first, as in a folder.
    private const long NoHour = -1;

    private readonly List<Entry> _entries = [];
    private readonly List<Folder> _folders = [];
    private readonly Dictionary<(string Container, string Path), int> _index = [];
    private int _last = -1;

    /// <summary>Blobs collected.</summary>
    public int Count => _entries.Count;

    /// <summary>Takes a blob, unless its name tells that it is not wanted or no flow log.</summary>
    public void Add(string container, BlobItem item)
    {
        var name = FlowBlobName.Parse(item.Name);
        if (!IsLog(item, name) || query.Excludes(name))
        {
            return;
        }

        var hour = name.Hour is { } start ? start.Ticks / TimeSpan.TicksPerHour : NoHour;
        var isMac = ulong.TryParse(name.MacAddress, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mac);
        var isUsual = isMac && hour != NoHour && item.Name.Length > TailLength && item.Name.EndsWith(Tail(hour, mac), StringComparison.Ordinal);
        var etag = item.Properties.ETag?.ToString();
        var isHex = TryHex(etag, out var etagNumber);
        _entries.Add(new Entry
        {
            Folder = isUsual ? FolderOf(container, item.Name, item.Name.Length - TailLength) : FolderOf(container, item.Name, item.Name.Length),
            IsUsual = isUsual,
            Hour = hour,
            Mac = mac,
            Length = item.Properties.ContentLength ?? 0,
            Modified = item.Properties.LastModified?.UtcTicks ?? 0,
            ETag = etagNumber,
            ETagText = isHex ? null : etag,
        });
    }

    /// <summary>The blobs in order. Nothing may be added meanwhile.</summary>
    public IEnumerable<FlowBlob> Sorted()
    {
        var ranks = Ranks();
        _entries.Sort((left, right) =>
        {
            var order = left.Hour.CompareTo(right.Hour);
            order = order != 0 ? order : ranks[left.Folder].CompareTo(ranks[right.Folder]);
            return order != 0 ? order : left.Mac.CompareTo(right.Mac);
        });
        foreach (var entry in _entries)
        {
            yield return Blob(entry);
        }
    }

    private static bool IsLog(BlobItem item, FlowBlobName name)
    {
        if (name.Kind is not null && name.Hour is not null)
        {
            // An account with a hierarchical namespace lists folders, too: empty, and without an extension.
            return item.Properties.ContentLength > 0 || item.Name.LastIndexOf('.') > item.Name.LastIndexOf('/');
        }

        // Another resource's log (a firewall's, a gateway's) has the same layout and tells its own kind.
        return item.Name.IndexOf("resourceId=/", StringComparison.OrdinalIgnoreCase) < 0 && IsJson(item);
    }

    private static bool IsJson(BlobItem item) => Array.Exists(s_endings, ending => item.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string Tail(long hour, ulong mac)
    {
        var time = new DateTime(hour * TimeSpan.TicksPerHour);
        return time.ToString("'y='yyyy'/m='MM'/d='dd'/h='HH'/m=00/macAddress='", CultureInfo.InvariantCulture)
            + mac.ToString("X12", CultureInfo.InvariantCulture) + "/PT1H.json";
    }

    // Azure's ETags are times in hex ("0x8DE2A3B4C5D6E7F"); anything else is kept as text.
    private static bool TryHex(string? etag, out ulong number)
    {
        number = 0;
        return etag is not null && etag.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(etag.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && Hex(number) == etag;
    }

    private static string Hex(ulong number) => "0x" + number.ToString("X", CultureInfo.InvariantCulture);

    private int FolderOf(string container, string name, int length)
    {
        // Listings come in order of name, so the folder is nearly always that of the blob before.
        if (_last >= 0 && _folders[_last] is var last && ReferenceEquals(last.Container, container)
            && last.Path.Length == length && string.CompareOrdinal(last.Path, 0, name, 0, length) == 0)
        {
            return _last;
        }

        var path = name.Substring(0, length);
        if (!_index.TryGetValue((container, path), out _last))
        {
            _last = _folders.Count;
            _folders.Add(new Folder(container, path, FlowBlobName.Parse(path)));
            _index.Add((container, path), _last);
        }

        return _last;
    }

    private int[] Ranks()
    {
        var order = new int[_folders.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => Folder.Compare(_folders[left], _folders[right]));
        var ranks = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }

    private FlowBlob Blob(in Entry entry)
    {
        var folder = _folders[entry.Folder];
        DateTime? hour = entry.Hour == NoHour ? null : new DateTime(entry.Hour * TimeSpan.TicksPerHour, DateTimeKind.Utc);
        return new FlowBlob
        {
            Account = account,
            Container = folder.Container,
            Name = entry.IsUsual ? folder.Path + Tail(entry.Hour, entry.Mac) : folder.Path,
            Kind = folder.Name.Kind,
            Target = folder.Name.Target,
            ResourceId = folder.Name.ResourceId,
            ResourceGroup = folder.Name.ResourceGroup,
            SubscriptionId = folder.Name.SubscriptionId,
            MacAddress = entry.IsUsual ? entry.Mac.ToString("X12", CultureInfo.InvariantCulture) : folder.Name.MacAddress,
            Hour = hour,
            Length = entry.Length,
            LastModified = entry.Modified == 0 ? null : new DateTime(entry.Modified, DateTimeKind.Utc),
            ETag = entry.ETagText ?? (entry.ETag == 0 ? null : Hex(entry.ETag)),
            IsOpen = FlowBlobName.IsOpen(hour, now),
            Store = store,
        };
    }

    private struct Entry
    {
        public int Folder;
        public bool IsUsual;
        public long Hour;
        public ulong Mac;
        public long Length;
        public long Modified;
        public ulong ETag;
        public string? ETagText;
    }

    /// <summary>What stands before <c>y=</c>, or the whole of an unusual name.</summary>
    private sealed record Folder(string Container, string Path, FlowBlobName Name)
    {
        public static int Compare(Folder left, Folder right)
        {
            var order = string.Compare(left.Name.Target, right.Name.Target, StringComparison.OrdinalIgnoreCase);
            order = order != 0 ? order : string.CompareOrdinal(left.Path, right.Path);
            return order != 0 ? order : string.CompareOrdinal(left.Container, right.Container);
        }
    }
}
