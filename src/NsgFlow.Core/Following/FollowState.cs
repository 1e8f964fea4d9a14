using System;
using System.Collections.Generic;

namespace NsgFlow.Following;

/// <summary>How far blobs were read: what a follower goes on from, in the next poll or after a restart.</summary>
public sealed class FollowState
{
    private readonly Dictionary<string, FlowBlobPosition> _positions = new(StringComparer.Ordinal);

    /// <summary>Blobs of hours that ended by then are done with, UTC; null while every blob counts.</summary>
    public DateTime? From { get; set; }

    /// <summary>Flows before that were not asked for, UTC; null when all were. Unlike <see cref="From"/> it stays as it is.</summary>
    public DateTime? Start { get; set; }

    /// <summary>Positions by <see cref="KeyOf"/>; of the blobs that may still be listed, no others.</summary>
    public IReadOnlyDictionary<string, FlowBlobPosition> Positions => _positions;

    /// <summary>What a blob is known by.</summary>
    public static string KeyOf(FlowBlob blob) => blob is null ? throw new ArgumentNullException(nameof(blob))
        : blob.Account is null ? blob.Name : $"{blob.Account}/{blob.Container}/{blob.Name}";

    /// <summary>Notes how far a blob was read.</summary>
    public void Set(string key, FlowBlobPosition position) => _positions[key] = position;

    /// <summary>Where a blob is to be read on.</summary>
    internal FlowBlobPosition Of(FlowBlob blob) => _positions.TryGetValue(KeyOf(blob), out var position) ? position : FlowBlobPosition.Start;

    /// <summary>Forgets blobs.</summary>
    internal void Forget(Predicate<string> key)
    {
        foreach (var gone in new List<string>(_positions.Keys))
        {
            if (key(gone))
                _positions.Remove(gone);
        }
    }
}
