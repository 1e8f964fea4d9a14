using System.Text;

namespace NsgFlow.Filtering;

/// <summary>Shows a user's text in a message: one line, of a length one can read.</summary>
internal static class Shown
{
    private const int Longest = 80;

    public static string Text(string text)
    {
        if (text.Length == 0)
        {
            return "''";
        }

        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (shown.Length == Longest)
            {
                shown.Append('…');
                break;
            }

            shown.Append(char.IsControl(c) ? ' ' : c);
        }

        return shown.ToString();
    }
}
