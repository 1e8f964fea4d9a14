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
    private readonly Dictionary<FieldCode, Dictionary<string, int>> _ids = [];
    private readonly List<string?> _texts = [null];

    /// <summary>The number of a field's name; 0 for null. The same name in another field has another number, and its own spelling.</summary>
    public int IdOf(FieldCode field, string? name)
    {
        if (name is null)
        {
            return 0;
        }

        lock (_gate)
        {
            if (!_ids.TryGetValue(field, out var ids))
            {
                // Paths differ by case on many systems.
                ids = new Dictionary<string, int>(field == FieldCode.Blob ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
                _ids.Add(field, ids);
            }

            if (!ids.TryGetValue(name, out var id))
            {
                id = _texts.Count;
                ids.Add(name, id);
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
