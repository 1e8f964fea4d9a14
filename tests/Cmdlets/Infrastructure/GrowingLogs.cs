using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Samples;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>Flow logs that somebody writes while they are read: a sample's blobs, up to some minute each.</summary>
/// <param name="options">What they hold in the end.</param>
/// <param name="write">Writes a blob up to a minute.</param>
internal sealed class GrowingLogs(FlowSampleOptions options, Action<FlowSampleBlob, int> write)
{
    private readonly Dictionary<FlowSampleBlob, int> _minutes = [];
    private readonly List<SampleRow> _rows = [];

    /// <summary>Hour by hour, and in an hour interface by interface.</summary>
    public IReadOnlyList<FlowSampleBlob> Blobs { get; } = [.. new FlowSampleGenerator(options).Generate()];

    /// <summary>What was written so far, in this order; blobs' names are left out.</summary>
    public IReadOnlyList<SampleRow> Rows => _rows;

    public int Count => _rows.Count;

    /// <summary>What was written since there were so many.</summary>
    public IEnumerable<SampleRow> Since(int count) => _rows.Skip(count);

    /// <summary>Adds minutes to a blob. Gives how many rows there are then.</summary>
    public int Grow(int blob, int minutes)
    {
        var grown = Blobs[blob];
        _minutes.TryGetValue(grown, out var before);
        _minutes[grown] = before + minutes;
        var known = before == 0 ? 0 : Of(grown, before).Count;
        _rows.AddRange(Of(grown, before + minutes).Skip(known));
        write(grown, before + minutes);
        return Count;
    }

    /// <summary>A blob's content up to a minute.</summary>
    public static byte[] Content(FlowSampleBlob blob, int minutes) =>
        [.. blob.Blocks.Take(Math.Min(minutes, blob.Blocks.Count - 2) + 1).Append(blob.Blocks[^1]).SelectMany(static block => block.Content)];

    /// <summary>Logs in a folder with Azure's own names, each time replaced as a whole.</summary>
    public static GrowingLogs In(string folder, FlowSampleOptions options, Func<byte[], byte[]>? form = null, string ending = "") =>
        new(options, (blob, minutes) =>
        {
            var content = Content(blob, minutes);
            Replace(PathOf(folder, blob) + ending, form is null ? content : form(content));
        });

    /// <summary>Logs in a storage account, written block by block as Azure does.</summary>
    public static GrowingLogs In(TestAccount account, FlowSampleOptions options) => new(options, (blob, minutes) =>
    {
        var container = account.Client.GetBlobContainerClient(blob.Container);
        container.CreateIfNotExists();
        new AzureLikeWriter(container.GetBlockBlobClient(blob.Name)).Write(blob.Blocks, minutes);
    });

    /// <summary>Puts a file in another's place at once.</summary>
    public static void Replace(string path, byte[] content)
    {
        File.WriteAllBytes(path + ".partial", content);
        File.Move(path + ".partial", path, overwrite: true);
    }

    /// <summary>Logs in a folder that grow in place: what was there stays, but for the closing bytes.</summary>
    public static GrowingLogs InPlace(string folder, FlowSampleOptions options) => new(options, (blob, minutes) =>
    {
        var content = Content(blob, minutes);
        using var file = new FileStream(PathOf(folder, blob), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var kept = (int)Math.Max(0, file.Length - 2);
        file.Position = kept;
        file.Write(content, kept, content.Length - kept);
    });

    public static byte[] Utf16(byte[] content) => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(content))];

    public static byte[] Packed(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var packing = new GZipStream(bytes, CompressionLevel.Fastest))
            packing.Write(content);
        return bytes.ToArray();
    }

    /// <summary>Where a blob's copy is; its folder is made.</summary>
    public static string PathOf(string folder, FlowSampleBlob blob)
    {
        var path = Path.Combine([folder, blob.Container, .. blob.Name.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static List<SampleRow> Of(FlowSampleBlob blob, int minutes) => [.. SampleRow.Of(string.Empty, Encoding.UTF8.GetString(Content(blob, minutes)))];
}
