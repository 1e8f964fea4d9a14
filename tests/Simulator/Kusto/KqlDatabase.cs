using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>The tables that queries are asked of. Names are case-sensitive.</summary>
public sealed class KqlDatabase
{
    private readonly Dictionary<string, KqlTable> _tables = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, KqlTable> Tables => _tables;

    /// <summary>What <c>now()</c> and <c>ago()</c> go by; null for the clock.</summary>
    public DateTime? Now { get; set; }

    public KqlDatabase Add(string name, KqlTable table)
    {
        _tables[name] = table;
        return this;
    }
}
