using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NsgFlow.Display;

/// <summary>Shows a row of a query whose columns and values may hold anything.</summary>
public static class QueryRowFormat
{
    /// <summary>A line for each column, as <c>Format-List</c> has it, with a question mark for each character that is not fit for a terminal.</summary>
    /// <param name="names">The columns.</param>
    /// <param name="values">Their values, as text.</param>
    public static string List(IReadOnlyList<string> names, IReadOnlyList<string> values)
    {
        if (names is null)
        {
            throw new ArgumentNullException(nameof(names));
        }

        if (values is null)
        {
            throw new ArgumentNullException(nameof(values));
        }

        var labels = names.Select(FlowFormat.Text).ToList();
        var width = labels.Max(static label => label.Length);
        var text = new StringBuilder();
        for (var i = 0; i < labels.Count; i++)
        {
            text.Append(labels[i].PadRight(width)).Append(" : ").Append(FlowFormat.Text(values[i])).Append('\n');
        }

        return text.ToString();
    }
}
