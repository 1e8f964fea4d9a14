using System;
using System.Collections.Generic;

namespace NsgFlow.Measuring;

/// <summary>
/// Names as numbers, for keys. Names of Azure resources and rules are the same in any case (blobs carry upper-case copies), and of several
/// spellings the one with small letters is shown, whichever came first. Thread-safe.
/// </summary>
internal sealed class TrafficNames
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string?> _texts = [null];

    /// <summary>The number of a name; 0 for null.</summary>
    public int IdOf(string? name)
    {
        if (name is null)
        {
            return 0;
        }

        lock (_gate)
        {
            if (!_ids.TryGetValue(name, out var id))
            {
                id = _texts.Count;
                _ids.Add(name, id);
                _texts.Add(name);
            }
            else if (string.CompareOrdinal(name, _texts[id]) > 0)
            {
                _texts[id] = name;
            }

            return id;
        }
    }

    /// <summary>The name of a number; null for 0.</summary>
    public string? TextOf(int id)
    {
        lock (_gate)
        {
            return _texts[id];
        }
    }
}
