using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NsgFlow.Query;

/// <summary>
/// Writes literals of the Kusto query language. The only place where a value becomes a part of a query: whatever it holds, it stays one literal.
/// Names of tables and columns are constants of <see cref="FlowTables"/> and need none of this.
/// </summary>
internal static class KqlText
{
    /// <summary>A string.</summary>
    public static string Of(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        var literal = new StringBuilder("\"", text.Length + 2);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            var isPair = char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            if (isPair)
                literal.Append(c).Append(text[++at]);
            else if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (NeedsEscape(c))
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A whole number.</summary>
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A time. Local kind is converted, unspecified kind is UTC.</summary>
    public static string Of(DateTime time)
    {
        var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
        return "datetime(" + utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z)";
    }

    /// <summary>A stretch of time.</summary>
    public static string Of(TimeSpan span) => "time(" + span.ToString("c", CultureInfo.InvariantCulture) + ")";

    /// <summary>Strings as they stand behind <c>in~</c>.</summary>
    public static string List(IEnumerable<string> texts) => "(" + string.Join(", ", texts.Select(Of)) + ")";

    /// <summary>Numbers as they stand behind <c>in</c>.</summary>
    public static string List(IEnumerable<long> numbers) => "(" + string.Join(", ", numbers.Select(Of)) + ")";

    /// <summary>Strings as one dynamic value. (JSON's escapes of a string are Kusto's, too, as far as <see cref="Of(string)"/> writes any.)</summary>
    public static string Dynamic(IEnumerable<string> texts) => "dynamic([" + string.Join(",", texts.Select(Of)) + "])";

    /// <summary>
    /// What could end the line or the query for some reader of it, or is no character at all: controls, line and paragraph separators, marks that turn the
    /// direction of writing, surrogates without their other half.
    /// </summary>
    private static bool NeedsEscape(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format;
}
