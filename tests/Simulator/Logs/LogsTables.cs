using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>The tables that a query sees: those of its workspaces, united by name, with the rows of its timespans.</summary>
internal static class LogsTables
{
    private const string Time = "TimeGenerated";

    public static KqlDatabase Of(IReadOnlyList<KqlDatabase> databases, IReadOnlyList<LogsTimespan> timespans)
    {
        var seen = new KqlDatabase { Now = databases[0].Now };
        foreach (var tables in databases.SelectMany(static d => d.Tables).GroupBy(static t => t.Key, static t => t.Value, StringComparer.Ordinal))
        {
            seen.Add(tables.Key, Within(Unite([.. tables]), timespans));
        }

        return seen;
    }

    private static KqlTable Unite(IReadOnlyList<KqlTable> tables)
    {
        if (tables.Count == 1)
        {
            return tables[0];
        }

        KqlColumn[] columns = [.. tables.SelectMany(static t => t.Columns).DistinctBy(static c => c.Name, StringComparer.Ordinal)];
        var rows = new List<object?[]>();
        foreach (var table in tables)
        {
            int[] places = [.. columns.Select(c => IndexOf(table, c.Name))];
            rows.AddRange(table.Rows.Select(row => columns.Select((column, i) => places[i] < 0 ? column.Type.Nothing() : row[places[i]]).ToArray()));
        }

        return new KqlTable(columns, rows);
    }

    private static KqlTable Within(KqlTable table, IReadOnlyList<LogsTimespan> timespans)
    {
        var at = IndexOf(table, Time);
        return at < 0 || timespans.Count == 0
            ? table
            : new KqlTable(table.Columns, [.. table.Rows.Where(row => row[at] is DateTime time && timespans.All(span => span.Has(time)))]);
    }

    private static int IndexOf(KqlTable table, string column)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == column)
            {
                return i;
            }
        }

        return -1;
    }
}
