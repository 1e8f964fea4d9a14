using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>Names with wildcards and ARM ids, as somebody gave them, mixed.</summary>
internal sealed class NameChoice
{
    private readonly List<string> _ids = [];
    private readonly List<NamePattern> _names = [];

    public NameChoice(IReadOnlyList<string> texts)
    {
        foreach (var text in texts.Select(static text => text.Trim()).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IsId(text))
                _ids.Add("/" + text.Trim('/'));
            else
                _names.Add(new NamePattern(text));
        }
    }

    public IReadOnlyList<string> Ids => _ids;

    public IReadOnlyList<NamePattern> Names => _names;

    public bool IsEmpty => _ids.Count == 0 && _names.Count == 0;

    /// <summary>Names without wildcards: each must be found.</summary>
    public IEnumerable<string> Literals => _names.Select(static name => name.Literal).OfType<string>();

    public static bool IsId(string text) => text.TrimStart('/').StartsWith("subscriptions/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a name is among the names; anything is, when none was given.</summary>
    public bool Matches(string? name) => _names.Count == 0 || _names.Exists(pattern => pattern.Matches(name));
}
