using System;
using System.Diagnostics;

namespace NsgFlow.Following;

/// <summary>Says how far a run came, so that the next goes on from there. It is held from opening to disposing, so that no two runs have it at once.</summary>
public sealed class Checkpoint : IDisposable
{
    private const int PauseFactor = 20;

    // Of a question with thousands of addresses.
    private const int MostShown = 300;

    private readonly ICheckpointStore _store;
    private readonly string? _question;
    private readonly Stopwatch _clock = new();
    private TimeSpan _cost;

    private Checkpoint(ICheckpointStore store, FollowState? state, string? question) =>
        (_store, IsNew, State, _question) = (store, state is null, state ?? new FollowState(), question);

    /// <summary>Whether there was none yet.</summary>
    public bool IsNew { get; }

    /// <summary>How far was read.</summary>
    public FollowState State { get; }

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
        if (!_clock.IsRunning || _clock.Elapsed.Ticks >= PauseFactor * _cost.Ticks)
            Save();
    }

    /// <summary>Saves the state: durable when this returns.</summary>
    /// <exception cref="NsgFlowException">The store's; the checkpoint is as it was.</exception>
    public void Save()
    {
        _clock.Restart();
        _store.Write(FollowStateJson.Write(State, _question));
        _cost = _clock.Elapsed;
    }

    /// <summary>Lets other runs have it. What was not saved is not.</summary>
    public void Dispose() => _store.Dispose();

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
                $"The checkpoint '{name}' is damaged, so it does not tell what was read: {e.Message}",
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
            $"The checkpoint '{name}' tells how far '{Shown(before, same)}' was read, and now '{Shown(question, same)}' is asked.",
            "Give each question a checkpoint of its own, or delete this one to begin anew: then records that came before come again.");
    }

    /// <summary>A question short enough for a message, and of a long one the place where the difference is.</summary>
    private static string Shown(string question, int same)
    {
        if (question.Length <= MostShown)
            return question;
        var start = Math.Min(Math.Max(0, same - (MostShown / 2)), question.Length - MostShown);
        return (start > 0 ? "…" : string.Empty) + question.Substring(start, MostShown) + (start + MostShown < question.Length ? "…" : string.Empty);
    }
}
