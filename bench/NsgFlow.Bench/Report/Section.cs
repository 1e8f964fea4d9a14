using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NsgFlow.Bench.Report;

/// <summary>A heading, text and tables, printed and written the same way.</summary>
internal sealed class Section(string title)
{
    private readonly StringBuilder _text = new();

    /// <summary>What the section says about the project's targets.</summary>
    public List<Target> Targets { get; } = [];

    public string Title => title;

    public void Line(string text) => _text.Append(text).Append("\n\n");

    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(heads).ToList();
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        for (var i = 0; i < all.Count; i++)
        {
            // The first column is names, the others numbers, as their alignment says.
            _text.Append('|').AppendJoin('|', all[i].Select((cell, column) => ' ' + (column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])) + ' '))
                .Append("|\n");
            if (i == 0)
            {
                _text.Append('|').AppendJoin('|', widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ':'))
                    .Append("|\n");
            }
        }

        _text.Append('\n');
    }

    public override string ToString() => $"## {title}\n\n{_text}";
}

/// <summary>One of the project's targets and what was measured.</summary>
internal sealed record Target(string What, string Wanted, string Got, bool IsMet)
{
    public string Verdict => IsMet ? "PASS" : "FAIL";
}

/// <summary>Numbers as the tables show them.</summary>
internal static class Shown
{
    public static string Number(double value, int decimals) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Three digits that matter.</summary>
    public static string Short(double value) => Number(value, value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3);

    public static string Megabytes(double? bytes) => bytes is { } value ? Number(value / 1e6, 0) + " MB" : "?";

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
