using System;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>A set of names that stops growing; safe for many runspaces.</summary>
internal sealed class BoundedNames
{
    private const int Most = 500;

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return;
        lock (_names)
        {
            if (_names.Count < Most)
                _names.Add(name!);
        }
    }

    public string[] ToSorted()
    {
        lock (_names)
        {
            var names = new string[_names.Count];
            _names.CopyTo(names);
            Array.Sort(names, StringComparer.OrdinalIgnoreCase);
            return names;
        }
    }
}
