using System;
using System.Collections.Generic;
using System.IO;

namespace NsgFlow.Saving;

/// <summary>
/// Keeps two blobs whose names differ in case only from being one file on Windows or macOS. The hour is part of a path, so only those of
/// one hour, which come together, are remembered, however many blobs there are.
/// </summary>
internal sealed class MirrorNames
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private DateTime? _hour;

    /// <summary>Whether the blob has not come just before.</summary>
    /// <exception cref="NsgFlowException"><c>BlobNameCollides</c>.</exception>
    public bool IsNew(FlowBlob blob, MirrorPlace place)
    {
        if (blob.Container is null && string.Equals(Path.GetFullPath(blob.Name), place.Path, StringComparison.OrdinalIgnoreCase))
            throw MirrorErrors.Itself(blob);
        if (blob.Hour != _hour)
        {
            _paths.Clear();
            _hour = blob.Hour;
        }

        var key = place.Path.Normalize();
        var name = $"{blob.Account}/{blob.Container}/{blob.Name}";
        if (!_paths.TryGetValue(key, out var other))
        {
            _paths.Add(key, name);
            return true;
        }

        return other == name ? false : throw MirrorErrors.Taken(blob, place.Path, null);
    }
}
