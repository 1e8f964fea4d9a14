using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NsgFlow.Query;

/// <summary>Columns that queries can make, each of those before it. Only what a query uses is made.</summary>
internal static class KqlColumns
{
    private static readonly Regex _word = new("[A-Za-z_][A-Za-z_0-9]*", RegexOptions.CultureInvariant);

    /// <summary>Those that some expressions name, with what these are made of in turn; in the order of the list. (A word within a text may give one too many.)</summary>
    public static List<KqlColumn> Used(IReadOnlyList<KqlColumn> columns, IEnumerable<string> expressions)
    {
        var words = new HashSet<string>(expressions.SelectMany(Words));
        var used = new List<KqlColumn>();
        for (var at = columns.Count - 1; at >= 0; at--)
        {
            if (words.Contains(columns[at].Name))
            {
                words.UnionWith(Words(columns[at].Expression));
                used.Add(columns[at]);
            }
        }

        used.Reverse();
        return used;
    }

    private static IEnumerable<string> Words(string expression) => _word.Matches(expression).Cast<Match>().Select(static match => match.Value);
}
