using System;
using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.Query;

/// <summary>The columns of a table, found by name. Shared by its rows.</summary>
internal sealed class LogsColumns : IReadOnlyList<LogsColumn>
{
    private readonly LogsColumn[] _columns;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public LogsColumns(IReadOnlyList<LogsColumn> columns)
    {
        _columns = [.. columns];

        // KQL makes names unique; where an answer does not, the first counts.
        for (var i = _columns.Length - 1; i >= 0; i--)
            _places[_columns[i].Name] = i;
    }

    public static LogsColumns None { get; } = new([]);

    public int Count => _columns.Length;

    public LogsColumn this[int index] => _columns[index];

    /// <summary>The place of a name, in KQL's own way: case counts; -1 when there is none.</summary>
    public int IndexOf(string name) => _places.TryGetValue(name, out var place) ? place : -1;

    public IEnumerator<LogsColumn> GetEnumerator() => ((IEnumerable<LogsColumn>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
