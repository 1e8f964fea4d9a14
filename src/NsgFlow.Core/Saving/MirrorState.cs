using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NsgFlow.Blobs;
using NsgFlow.Compat;

namespace NsgFlow.Saving;

/// <summary>
/// What is known of a copy, in a small file beside it: which state of which blob it is, the blob's blocks, and the hash of every part.
/// </summary>
internal sealed record MirrorState
{
    private const int Version = 1;

    // 50,000 blocks are the most a blob can have; this is more than they take.
    private const long LongestFile = 32 * 1024 * 1024;

    public string? Account { get; init; }

    public required string Container { get; init; }

    public required string Blob { get; init; }

    /// <summary>State of the blob that the copy is.</summary>
    public required string ETag { get; init; }

    /// <summary>When that state was written, UTC.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>Time of the copy, UTC: another one tells that somebody wrote to it.</summary>
    public required DateTime Written { get; init; }

    public required IReadOnlyList<FlowBlock> Blocks { get; init; }

    public required IReadOnlyList<MirrorPart> Parts { get; init; }

    public long Length => Blocks.Sum(static block => block.Size);

    public long FileLength => Parts.Sum(static part => part.Length);

    /// <summary>Whether the copy's bytes are the blob's own.</summary>
    public bool IsRaw => FileLength == Length;

    /// <summary>Whether it is about this blob and not one whose copy would be in the same place.</summary>
    public bool IsOf(FlowBlob blob, string container) => Account == blob.Account && Container == container && Blob == blob.Name;

    /// <summary>Whether the blob, as it was listed, is what was saved.</summary>
    public bool IsState(FlowBlob blob) => Length == blob.Length && TagOf(blob) is { } tag && tag == ETag;

    /// <summary>The parts that are also those of another block list, and how many blocks they have.</summary>
    public IReadOnlyList<MirrorPart> PartsOf(int blocks) => [.. Parts.TakeWhile(part => (blocks -= part.Blocks) >= 0)];

    /// <summary>A blob's state as it was listed: services quote it in some answers and not in others, and files have none of their own.</summary>
    public static string? TagOf(FlowBlob blob) => blob.ETag?.Trim('"') ?? (blob.LastModified is { } time ? FolderStore.TagOf(blob.Length, time) : null);

    /// <summary>Reads the state of a copy; null when there is none.</summary>
    /// <exception cref="FormatException">It cannot be understood.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MirrorState? Read(string path)
    {
        byte[] bytes;
        try
        {
            using var file = new FileStream(FilePaths.ForOpening(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > LongestFile)
                throw new FormatException("It is too large.");
            bytes = new byte[file.Length];
            var read = 0;
            int count;
            while ((count = file.Read(bytes, read, bytes.Length - read)) > 0)
                read += count;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Parse(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>Writes it beside its place, then puts it there at once.</summary>
    public void Write(string path)
    {
        var partial = path + MirrorName.Partial;

        // Not waited for until it is on the disk: without it the blob is read again, that is all.
        using (var file = MirrorFile.Create(partial))
        using (var json = new Utf8JsonWriter(file))
            Write(json);

        FilePaths.Replace(FilePaths.ForOpening(partial), FilePaths.ForOpening(path));
    }

    // Whatever is in the file, this gives a state that can be worked with, or an exception that Read knows.
    private static MirrorState Parse(JsonElement root)
    {
        if (root.GetProperty("version").GetInt32() != Version)
            throw new FormatException("It is of another version of NsgFlow.");
        var state = new MirrorState
        {
            Account = root.GetProperty("account") is { ValueKind: not JsonValueKind.Null } account ? Text(account) : null,
            Container = Text(root.GetProperty("container")),
            Blob = Text(root.GetProperty("blob")),
            ETag = root.GetProperty("etag").GetString() ?? throw Missing(),
            LastModified = root.GetProperty("lastModified") is { ValueKind: not JsonValueKind.Null } modified ? modified.GetDateTime().ToUniversalTime() : null,
            Written = Time(root.GetProperty("written").GetInt64()),
            Blocks = [.. root.GetProperty("blocks").EnumerateArray().Select(static block => new FlowBlock(block[0].GetString() ?? throw Missing(), Number(block[1])))],
            Parts = [.. root.GetProperty("parts").EnumerateArray().Select(static part => new MirrorPart(part[0].GetInt32(), Number(part[1]), Text(part[2])))],
        };

        // The sums are made here once, where one that is too large is known for what it is.
        if (state.Length < 0 || state.FileLength < 0 || state.Parts.Any(static part => part.Blocks < 1) || state.Parts.Sum(static part => part.Blocks) != state.Blocks.Count)
            throw Contradiction();
        return state;
    }

    private static string Text(JsonElement value) => value.GetString() is { Length: > 0 } text ? text : throw Missing();

    private static long Number(JsonElement value) => value.GetInt64() is >= 0 and var number ? number : throw Contradiction();

    private static DateTime Time(long ticks) =>
        ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : throw new FormatException("It has a time that is none.");

    private static FormatException Missing() => new("Something is missing in it.");

    private static FormatException Contradiction() => new("Its numbers contradict each other.");

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("account", Account);
        json.WriteString("container", Container);
        json.WriteString("blob", Blob);
        json.WriteString("etag", ETag);
        if (LastModified is { } modified)
            json.WriteString("lastModified", modified);
        else
            json.WriteNull("lastModified");
        json.WriteNumber("written", Written.Ticks);
        json.WriteStartArray("blocks");
        foreach (var block in Blocks)
        {
            json.WriteStartArray();
            json.WriteStringValue(block.Id);
            json.WriteNumberValue(block.Size);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("parts");
        foreach (var part in Parts)
        {
            json.WriteStartArray();
            json.WriteNumberValue(part.Blocks);
            json.WriteNumberValue(part.Length);
            json.WriteStringValue(part.Hash);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
