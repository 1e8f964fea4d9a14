using System;

namespace NsgFlow.Simulator;

/// <summary>Operators on texts. Case counts only where they say so.</summary>
internal static class KqlTexts
{
    public static Func<string, string, bool> Test(string word) => word switch
    {
        "=~" => static (text, other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase),
        "contains" => static (text, part) => text.Contains(part, StringComparison.OrdinalIgnoreCase),
        "contains_cs" => static (text, part) => text.Contains(part, StringComparison.Ordinal),
        "startswith" => static (text, part) => text.StartsWith(part, StringComparison.OrdinalIgnoreCase),
        "startswith_cs" => static (text, part) => text.StartsWith(part, StringComparison.Ordinal),
        "endswith" => static (text, part) => text.EndsWith(part, StringComparison.OrdinalIgnoreCase),
        "endswith_cs" => static (text, part) => text.EndsWith(part, StringComparison.Ordinal),
        "has" => static (text, term) => HasTerm(text, term, StringComparison.OrdinalIgnoreCase),
        "has_cs" => static (text, term) => HasTerm(text, term, StringComparison.Ordinal),
        _ => throw KqlException.Unknown($"the operator '{word}'"),
    };

    /// <summary>Whether a text has a term as a whole: terms are what stands between characters that are neither letters nor digits.</summary>
    public static bool HasTerm(string text, string term, StringComparison comparison)
    {
        if (term.Length == 0)
        {
            throw KqlException.Unknown("has with an empty term");
        }

        for (var at = text.IndexOf(term, comparison); at >= 0; at = at + 1 < text.Length ? text.IndexOf(term, at + 1, comparison) : -1)
        {
            var end = at + term.Length;
            if ((at == 0 || !IsJoined(text[at - 1], term[0])) && (end == text.Length || !IsJoined(term[^1], text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsJoined(char a, char b) => char.IsLetterOrDigit(a) && char.IsLetterOrDigit(b);
}
