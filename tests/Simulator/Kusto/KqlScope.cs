using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>What names mean in an operator's expressions: its input's columns, and what <c>let</c> made.</summary>
internal sealed class KqlScope
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public KqlScope(KqlPlanner planner, IReadOnlyList<KqlColumn> columns, string operation)
    {
        (Planner, Columns, Operation) = (planner, columns, operation);
        for (var i = 0; i < columns.Count; i++)
        {
            _indexes[columns[i].Name] = i;
        }
    }

    public KqlPlanner Planner { get; }

    public IReadOnlyList<KqlColumn> Columns { get; }

    /// <summary>The operator, for messages.</summary>
    public string Operation { get; }

    /// <summary>What takes aggregate functions; null where none may stand.</summary>
    public KqlGrouping? Grouping { get; init; }

    public int IndexOf(string column) => _indexes.TryGetValue(column, out var index) ? index : -1;

    public KqlScalar? Column(string name) => IndexOf(name) is >= 0 and var index ? new KqlScalar(Columns[index].Type, row => row[index]) : null;

    public KqlScalar Bind(KqlExpression expression) => new KqlBinder(this).Bind(expression);
}
