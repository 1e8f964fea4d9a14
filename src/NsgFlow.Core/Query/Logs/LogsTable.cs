using System;
using System.Collections.Generic;

namespace NsgFlow.Query;

/// <summary>A table of an answer. Its rows are made while they are enumerated, straight from the answer's bytes, each time anew.</summary>
public sealed class LogsTable
{
    private readonly LogsColumns _columns;
    private readonly ReadOnlyMemory<byte> _rows;

    /// <summary>Describes a table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">The JSON array of its rows; empty for none.</param>
    /// <param name="requestId">The service's id of the request, for errors.</param>
    internal LogsTable(string name, IReadOnlyList<LogsColumn> columns, ReadOnlyMemory<byte> rows, string? requestId)
    {
        Name = name;
        RequestId = requestId;
        _columns = new LogsColumns(columns);
        _rows = rows;
    }

    /// <summary>Its name: <c>PrimaryResult</c> for what was asked.</summary>
    public string Name { get; }

    /// <summary>The service's id of the request that it answers, or null.</summary>
    internal string? RequestId { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<LogsColumn> Columns => _columns;

    /// <summary>Its rows.</summary>
    /// <exception cref="NsgFlowException">While they are enumerated, <c>LogsRequestFailed</c>: a row has not the form of the columns.</exception>
    public IEnumerable<LogsRow> Rows
    {
        get
        {
            for (var at = LogsRows.Next(_rows.Span, 1); at >= 0; at = LogsRows.Next(_rows.Span, at))
            {
                var row = LogsRows.Read(_rows.Span, ref at, this, _columns);
                yield return row;
            }
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
