using System;
using System.Diagnostics;
using System.IO;
using NsgFlow.Filtering;

namespace NsgFlow.Following;

/// <summary>Says how far a run came, so that the next goes on from there. It is held from opening to disposing, so that no two runs have it at once.</summary>
public sealed class Checkpoint : IDisposable
{
    // That of some 600,000 blobs, which a folder of years may have. What is larger is something else, and is not read into memory.
    internal const long MostBytes = 256 * 1024 * 1024;

    private const int PauseFactor = 20;

    // Of a question with thousands of addresses.
    private const int MostShown = 300;

    private static readonly Stopwatch _time = Stopwatch.StartNew();

    private readonly ICheckpointStore _store;
    private readonly string? _question;
    private TimeSpan? _began;
    private TimeSpan _cost;

    private Checkpoint(ICheckpointStore store, FollowState? state, string? question) =>
        (_store, IsNew, State, _question) = (store, state is null, state ?? new FollowState(), question);

    /// <summary>Whether there was none yet.</summary>
    public bool IsNew { get; }

    /// <summary>How far was read.</summary>
    public FollowState State { get; }

    /// <summary>For tests: a clock that nobody sets back.</summary>
    internal Func<TimeSpan> Clock { get; set; } = static () => _time.Elapsed;

    /// <summary>For tests: what is larger is not saved, since it could not be read again.</summary>
    internal long Most { get; set; } = MostBytes;

    /// <summary>Opens a checkpoint, or begins one: it is there after the first <see cref="Save"/>.</summary>
    /// <param name="store">Where it is kept; belongs to the checkpoint from now on, also when this fails.</param>
    /// <param name="question">What is asked, as text for people; null to take any.</param>
    /// <exception cref="NsgFlowException">
    /// <c>CheckpointDamaged</c>, <c>CheckpointTooNew</c>; <c>CheckpointOfAnother</c> when something else was asked before; the store's.
    /// </exception>
    public static Checkpoint Open(ICheckpointStore store, string? question)
    {
        if (store is null)
            throw new ArgumentNullException(nameof(store));
        try
        {
            if (store.Read() is not { } bytes)
                return new Checkpoint(store, null, question);
            var state = Understand(bytes, store.Name, out var before);
            if (question is not null && before is not null && question != before)
                throw OfAnother(store.Name, before, question);
            return new Checkpoint(store, state, question ?? before);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Saves the state, unless it was saved so lately that saving again would take more than a twentieth of the time: what comes in between is then
    /// repeated if the run is killed.
    /// </summary>
    /// <exception cref="NsgFlowException">The store's; the checkpoint is as it was.</exception>
    public void SaveIfDue()
    {
        if (_began is not { } began || (Clock() - began).Ticks >= PauseFactor * _cost.Ticks)
            Save();
    }

    /// <summary>Saves the state: durable when this returns.</summary>
    /// <exception cref="NsgFlowException">The store's; <c>CheckpointUnusable</c> when it has grown too large. The checkpoint is as it was.</exception>
    public void Save()
    {
        var began = Clock();
        _began = began;
        var bytes = FollowStateJson.Write(State, _question);
        if (bytes.Length > Most)
        {
            throw new NsgFlowException(
                "CheckpointUnusable",
                $"The checkpoint '{_store.Name}' would have {bytes.Length} bytes for {State.Positions.Count} blobs; at most {Most} can be read again.",
                "Read parts of the folder with a checkpoint each, or move old blobs elsewhere.");
        }

        _store.Write(bytes);
        _cost = Clock() - began;
    }

    /// <summary>Lets other runs have it. What was not saved is not.</summary>
    public void Dispose() => _store.Dispose();

    /// <summary>Reads what a store has, as long as it can be a checkpoint.</summary>
    internal static byte[] ReadAll(Stream stream, string name, long most = MostBytes)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            if (bytes.Length + read > most)
                throw TooLarge(name, bytes.Length + read);
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    internal static NsgFlowException TooLarge(string name, long length) => new(
        "CheckpointUnusable", $"'{name}' is no checkpoint: it has {length} bytes or more.", "Give another place, or one where there is nothing yet.");

    private static FollowState Understand(byte[] bytes, string name, out string? question)
    {
        try
        {
            return FollowStateJson.Read(bytes, out question);
        }
        catch (FormatException e)
        {
            throw new NsgFlowException(
                "CheckpointDamaged",
                $"The checkpoint '{name}' is damaged, so it does not tell what was read: {Shown.Line(e.Message)}",
                "Put back a copy, or delete it to begin anew: then records that came before come again.",
                e);
        }
        catch (NotSupportedException e)
        {
            throw new NsgFlowException(
                "CheckpointTooNew", $"The checkpoint '{name}' was written by a later version of NsgFlow. {e.Message}", "Update NsgFlow here, or give another checkpoint.", e);
        }
    }

    private static NsgFlowException OfAnother(string name, string before, string question)
    {
        var same = 0;
        while (same < Math.Min(before.Length, question.Length) && before[same] == question[same])
            same++;
        return new NsgFlowException(
            "CheckpointOfAnother",
            $"The checkpoint '{name}' tells how far '{Excerpt(before, same)}' was read, and now '{Excerpt(question, same)}' is asked.",
            "Give each question a checkpoint of its own, or delete this one to begin anew: then records that came before come again.");
    }

    /// <summary>A question short enough for a message, and of a long one the place where the difference is. Anybody may have written the file.</summary>
    private static string Excerpt(string question, int same)
    {
        var length = Math.Min(question.Length, MostShown);
        var start = Math.Min(Math.Max(0, same - (MostShown / 2)), question.Length - length);
        return (start > 0 ? "…" : string.Empty) + Shown.Line(question.Substring(start, length)) + (start + length < question.Length ? "…" : string.Empty);
    }
}
