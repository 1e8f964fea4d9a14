using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace NsgFlow.Following;

/// <summary>The text of a <see cref="FollowState"/>, and of the question that it belongs to.</summary>
internal static class FollowStateJson
{
    /// <summary>Of this form; what a later one means is not guessed.</summary>
    public const int Version = 1;

    public static byte[] Write(FollowState state, string? question = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            if (question is not null)
                json.WriteString("question", question);
            if (state.From is { } from)
                json.WriteString("from", from);
            if (state.Start is { } start)
                json.WriteString("start", start);
            json.WriteStartObject("blobs");

            // In one order, so that two checkpoints can be compared.
            foreach (var pair in state.Positions.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(pair.Key);
                Write(json, pair.Value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Seal(bytes.ToArray());
    }

    /// <summary>
    /// Puts a hash of what comes before it at the end. Other text that can be understood as well (a digit of an offset, a letter of a name) would make
    /// records come twice or never, without a word.
    /// </summary>
    public static byte[] Seal(byte[] json)
    {
        var text = json.AsSpan(0, json.Length - 1);
        return [.. text, .. Encoding.ASCII.GetBytes(SealOf(text))];
    }

    /// <summary>Reads a state.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="question">What was asked; null when it does not say.</param>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">It is of a later version.</exception>
    public static FollowState Read(ReadOnlyMemory<byte> bytes, out string? question)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() is var version && version > Version)
                throw new NotSupportedException($"It is of version {version}.");
            if (!IsSealed(bytes.Span))
                throw new FormatException("It is not as it was written.");
            question = root.TryGetProperty("question", out var asked) ? asked.GetString() : null;
            var state = new FollowState { From = Time(root, "from"), Start = Time(root, "start") };
            foreach (var blob in root.GetProperty("blobs").EnumerateObject())
                state.Set(blob.Name, Read(blob.Value));
            return state;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static DateTime? Time(JsonElement of, string name) => of.TryGetProperty(name, out var time) ? time.GetDateTime().ToUniversalTime() : null;

    private static string SealOf(ReadOnlySpan<byte> text) => $",\"hash\":\"{Fingerprint.Of(text)}\"}}";

    private static bool IsSealed(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length - SealOf([]).Length;
        return length > 0 && bytes.Slice(length).SequenceEqual(Encoding.ASCII.GetBytes(SealOf(bytes.Slice(0, length))));
    }

    private static void Write(Utf8JsonWriter json, FlowBlobPosition position)
    {
        if (position.State is { } state)
            json.WriteString("state", state);
        json.WriteNumber("length", position.Length);
        json.WriteNumber("offset", position.Offset);
        json.WriteNumber("blocks", position.Blocks);
        json.WriteString("blocksHash", position.BlocksHash);
        json.WriteNumber("anchor", position.AnchorLength);
        json.WriteString("anchorHash", position.AnchorHash);
        Write(json, "pending", position.IsPending);
        Write(json, "damaged", position.IsDamaged);
        Write(json, "packed", position.IsPacked);
        if (position.FailedSince is { } since)
            json.WriteString("failedSince", since);
        if (position.Taken > 0)
            json.WriteNumber("taken", position.Taken);
        if (position.UnlistedSince is { } unlisted)
            json.WriteString("unlistedSince", unlisted);
    }

    private static void Write(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
            json.WriteBoolean(name, true);
    }

    private static FlowBlobPosition Read(JsonElement blob)
    {
        var position = new FlowBlobPosition
        {
            State = blob.TryGetProperty("state", out var state) ? state.GetString() : null,
            Length = blob.GetProperty("length").GetInt64(),
            Offset = blob.GetProperty("offset").GetInt64(),
            Blocks = blob.GetProperty("blocks").GetInt32(),
            BlocksHash = blob.GetProperty("blocksHash").GetString() ?? string.Empty,
            AnchorLength = blob.GetProperty("anchor").GetInt32(),
            AnchorHash = blob.GetProperty("anchorHash").GetString() ?? string.Empty,
            IsPending = blob.TryGetProperty("pending", out _),
            IsDamaged = blob.TryGetProperty("damaged", out _),
            IsPacked = blob.TryGetProperty("packed", out _),
            FailedSince = Time(blob, "failedSince"),
            Taken = blob.TryGetProperty("taken", out var taken) ? taken.GetInt32() : 0,
            UnlistedSince = Time(blob, "unlistedSince"),
        };
        return position is { Length: >= 0, Blocks: >= 0, Taken: >= 0, AnchorLength: >= 0 and <= Anchor.Most } && position.Offset >= position.AnchorLength
            ? position
            : throw new FormatException("Its numbers contradict each other.");
    }
}
