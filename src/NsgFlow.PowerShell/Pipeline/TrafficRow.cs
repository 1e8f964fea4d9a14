using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Rows of a query as objects with a property for each column, in the order of the columns. Lists and objects of dynamic columns are such, too.</summary>
internal sealed class TrafficRow
{
    /// <summary>The name of the rows' type, which is none of .NET: their columns are those of the query.</summary>
    public const string TypeName = "NsgFlow.TrafficQueryRow";

    /// <summary>
    /// The name of the type of rows with text that is not fit for a terminal, such as an escape sequence. The view of it shows question marks instead; the
    /// properties keep what came.
    /// </summary>
    public const string UnfitTypeName = TypeName + ".Unfit";

    // What the engine gives a meaning of its own on every object.
    private static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase) { "psobject", "psbase", "psadapted", "psextended", "pstypenames" };

    private readonly IReadOnlyList<LogsColumn> _columns;
    private readonly string[] _names;
    private readonly bool _isFit;

    /// <summary>Names the properties for the rows of a table.</summary>
    /// <param name="columns">The table's columns.</param>
    /// <param name="isFit">Whether all text of it is known to be fit for a terminal (<see cref="IsFit"/>): then the engine's own view does, which is a table for few columns.</param>
    public TrafficRow(IReadOnlyList<LogsColumn> columns, bool isFit = false)
    {
        _columns = columns;
        _isFit = isFit;
        _names = Names([.. columns.Select(static column => column.Name)], "Column");
    }

    /// <summary>
    /// Whether all text of a table is fit for a terminal. Asked of the whole table before its first row goes out, since the engine chooses by that one how all are shown.
    /// </summary>
    public static bool IsFit(LogsTable table)
    {
        if (!table.Columns.All(static column => IsFitText(column.Name)))
            return false;
        var texts = Enumerable.Range(0, table.Columns.Count).Where(at => table.Columns[at].Type is LogsType.String or LogsType.Dynamic or LogsType.Other).ToArray();
        try
        {
            return texts.Length == 0 || table.Rows.All(row => texts.All(at => row[at] is not string text || (IsFitText(text) && (table.Columns[at].Type == LogsType.String || !HasEscape(text)))));
        }
        catch (NsgFlowException)
        {
            // Damage; who reads the rows comes upon it, too.
            return false;
        }
    }

    /// <summary>The object of a row.</summary>
    public PSObject Of(LogsRow row)
    {
        var shown = new PSObject();
        for (var i = 0; i < _names.Length; i++)
        {
            var value = _columns[i].Type == LogsType.Dynamic ? LogsDynamic.Read(row[i] as string, Members) : row[i];

            // The names were looked at before; that the engine does it again for each row would cost more than all the rest.
            shown.Properties.Add(new PSNoteProperty(_names[i], value), preValidated: true);
        }

        shown.TypeNames.Insert(0, TypeName);
        if (!_isFit)
            shown.TypeNames.Insert(1, UnfitTypeName);
        return shown;
    }

    /// <summary>
    /// Names of properties: never empty, never one that the engine keeps for itself, and no two alike; case does not count, as PowerShell sees it.
    /// </summary>
    internal static string[] Names(IReadOnlyList<string> given, string instead)
    {
        var names = new string[given.Count];
        var taken = new HashSet<string>(given, StringComparer.OrdinalIgnoreCase);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            var isOwn = !string.IsNullOrWhiteSpace(given[i]) && !s_reserved.Contains(given[i]);
            var name = isOwn ? given[i]
                : string.IsNullOrWhiteSpace(given[i]) ? instead + (i + 1).ToString(CultureInfo.InvariantCulture)
                : given[i] + "_";
            var chosen = name;

            // A name that is made up gives way to one that a column has by itself, also when that comes later.
            for (var number = 2; (taken.Contains(chosen) && !(isOwn && chosen == name)) || !used.Add(chosen); number++)
                chosen = name + "_" + number.ToString(CultureInfo.InvariantCulture);
            names[i] = chosen;
        }

        return names;
    }

    // Dynamic values are JSON, where an escape may stand for a control (\b, \r, \u001b); most stand for none, and cost the table nothing but its look.
    private static bool HasEscape(string json) => json.IndexOf('\\') >= 0;

    private static bool IsFitText(string text) => ReferenceEquals(FlowFormat.Text(text), text);

    private static object Members(IReadOnlyList<KeyValuePair<string, object?>> members)
    {
        var shown = new PSObject();
        var names = Names([.. members.Select(static member => member.Key)], "Member");
        for (var i = 0; i < names.Length; i++)
            shown.Properties.Add(new PSNoteProperty(names[i], members[i].Value), preValidated: true);
        return shown;
    }
}
