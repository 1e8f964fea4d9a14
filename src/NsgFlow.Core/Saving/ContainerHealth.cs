using System.Collections.Concurrent;

namespace NsgFlow.Saving;

/// <summary>
/// Remembers which containers do not let anybody read any more (a SAS that expired, a container that was deleted), so that ten thousand
/// blobs are not asked for in vain. Safe for many threads.
/// </summary>
internal sealed class ContainerHealth
{
    // A single blob may have its own access list.
    private const int MostRefusals = 5;

    private readonly ConcurrentDictionary<(string? Account, string? Container), int> _refusals = new();

    public bool IsGone(FlowBlob blob) => _refusals.TryGetValue((blob.Account, blob.Container), out var refusals) && refusals >= MostRefusals;

    /// <summary>Notes what came of a blob.</summary>
    public void Note(FlowBlob blob, NsgFlowException? failure)
    {
        var key = (blob.Account, blob.Container);
        switch (failure?.ErrorId)
        {
            case "ContainerNotFound" or "StorageAccountNotFound" or "NotSignedIn":
                _refusals[key] = MostRefusals;
                break;
            case "StorageAccessDenied" or "StorageUnauthorized":
                _refusals.AddOrUpdate(key, 1, static (_, refusals) => refusals + 1);
                break;
            case null when !_refusals.IsEmpty:
                // What was under way when the refusals began may end among them; they are counted anew then. A container that is gone stays gone.
                _refusals.AddOrUpdate(key, 0, static (_, refusals) => refusals >= MostRefusals ? refusals : 0);
                break;
        }
    }
}
