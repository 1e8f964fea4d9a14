using System.Globalization;
using System.Text;

namespace NsgFlow.Display;

/// <summary>
/// Makes text of a log or a name fit for a terminal. Input is hostile until proved otherwise: an escape sequence could clear the
/// screen or set its title, and a right-to-left mark makes a line read as something else.
/// </summary>
internal static class ShownText
{
    private const char Instead = '?';

    /// <summary>The text with a question mark for each control, format, line-separating or half character; itself when it has none.</summary>
    public static string Clean(string text)
    {
        var at = 0;
        while (at < text.Length && !IsUnfit(text, at))
        {
            at += Width(text, at);
        }

        if (at == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text, 0, at, text.Length);
        while (at < text.Length)
        {
            var width = Width(text, at);
            if (IsUnfit(text, at))
            {
                clean.Append(Instead);
            }
            else
            {
                clean.Append(text, at, width);
            }

            at += width;
        }

        return clean.ToString();
    }

    private static int Width(string text, int at) => char.IsSurrogatePair(text, at) ? 2 : 1;

    // The method with an index sees a character of two halves as one: there are format characters beyond the first plane.
    private static bool IsUnfit(string text, int at) => text[at] is < ' ' or > '~' && CharUnicodeInfo.GetUnicodeCategory(text, at)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate;
}
