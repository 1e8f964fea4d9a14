using System.Collections.Concurrent;

namespace NsgFlow.Blobs;

/// <summary>
/// Remembers which containers do not let anybody read any more (a SAS that expired, a container that was deleted), so that ten thousand
/// blobs are not asked for in vain. Safe for many threads.
/// </summary>
internal sealed class ContainerHealth
{
    // A single blob may have its own access list.
    private const int MostRefusals = 5;

    private readonly ConcurrentDictionary<(string? Account, string? Container), Answers> _containers = new();

    /// <summary>Whether a service that is too busy or away counts as one that refuses: for whoever asks again soon anyway.</summary>
    public bool CountsOutages { get; init; }

    /// <summary>Whether no blob of a blob's container is to be had.</summary>
    public bool IsGone(FlowBlob blob) => Of(blob).Refusals >= MostRefusals;

    /// <summary>Why no blob of a blob's container is to be had; null while they are.</summary>
    public NsgFlowException? RefusalOf(FlowBlob blob) => Of(blob) is { Refusals: >= MostRefusals } gone ? gone.Last : null;

    /// <summary>Whether any blob of a blob's container was to be had, so that another's failure is its own.</summary>
    public bool HasAnswered(FlowBlob blob) => Of(blob).HasAnswered;

    /// <summary>Whether a failure can be that of a whole container.</summary>
    public bool IsRefusal(NsgFlowException? failure) => IsFinal(failure) || failure?.ErrorId is "StorageAccessDenied" or "StorageUnauthorized"
        || (CountsOutages && failure?.ErrorId is "StorageThrottled" or "StorageUnavailable");

    /// <summary>Notes what came of a blob.</summary>
    public void Note(FlowBlob blob, NsgFlowException? failure)
    {
        if (failure is not null && !IsRefusal(failure))
            return;
        _containers.AddOrUpdate(KeyOf(blob), _ => Answers.None.With(failure, IsFinal(failure)), (_, before) => before.With(failure, IsFinal(failure)));
    }

    private static bool IsFinal(NsgFlowException? failure) => failure?.ErrorId is "ContainerNotFound" or "StorageAccountNotFound" or "NotSignedIn";

    private static (string? Account, string? Container) KeyOf(FlowBlob blob) => (blob.Account, blob.Container);

    private Answers Of(FlowBlob blob) => _containers.TryGetValue(KeyOf(blob), out var answers) ? answers : Answers.None;

    private sealed record Answers(int Refusals, bool HasAnswered, NsgFlowException? Last)
    {
        public static Answers None { get; } = new(0, false, null);

        // What was under way when the refusals began may end among them; they are counted anew then. A container that is gone stays gone.
        public Answers With(NsgFlowException? failure, bool isFinal) => failure is null
            ? Refusals >= MostRefusals ? this with { HasAnswered = true } : new Answers(0, true, null)
            : this with { Refusals = isFinal ? MostRefusals : Refusals + 1, Last = failure };
    }
}
