using System.Globalization;
using System.Text;

namespace NsgFlow.Filtering;

/// <summary>Shows a user's text in a message: one line, of a length one can read.</summary>
internal static class Shown
{
    private const int Longest = 80;

    public static string Text(string text) =>
        text.Length == 0 ? "''"
        : text.Length <= Longest ? Line(text)
        : Line(text.Substring(0, Longest)) + "…";

    /// <summary>
    /// The same with a space for each character that would do something on a terminal, or that nobody sees: controls, line ends, the marks that turn
    /// the direction of writing.
    /// </summary>
    public static string Line(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var length = char.IsSurrogatePair(text, at) ? 2 : 1;
            if (IsSeen(CharUnicodeInfo.GetUnicodeCategory(text, at)))
                shown.Append(text, at, length);
            else
                shown.Append(' ');
            at += length - 1;
        }

        return shown.ToString();
    }

    private static bool IsSeen(UnicodeCategory category) => category is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
