using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>A table: given, or the answer to a query.</summary>
public sealed class KqlTable(IReadOnlyList<KqlColumn> columns, IReadOnlyList<object?[]> rows)
{
    public IReadOnlyList<KqlColumn> Columns { get; } = columns;

    /// <summary>Values in the order of the columns; bool, DateTime (UTC), Guid, int, long, double, string, TimeSpan, or what <see cref="KqlType.Dynamic"/> says.</summary>
    public IReadOnlyList<object?[]> Rows { get; } = rows;

    /// <summary>What the service remarks beside an answer that is whole.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A table from rows that name their values; what a row does not name is missing there.</summary>
    public static KqlTable Of(IReadOnlyList<KqlColumn> columns, IEnumerable<IReadOnlyDictionary<string, object?>> rows) =>
        new(columns, [.. rows.Select(row => Row(columns, row))]);

    private static object?[] Row(IReadOnlyList<KqlColumn> columns, IReadOnlyDictionary<string, object?> row)
    {
        var values = new object?[columns.Count];
        var known = 0;
        for (var i = 0; i < values.Length; i++)
        {
            known += row.TryGetValue(columns[i].Name, out var value) ? 1 : 0;
            values[i] = value ?? columns[i].Type.Nothing();
        }

        return known == row.Count
            ? values
            : throw new ArgumentException("No column for " + string.Join(", ", row.Keys.Except(columns.Select(static column => column.Name))), nameof(row));
    }
}
