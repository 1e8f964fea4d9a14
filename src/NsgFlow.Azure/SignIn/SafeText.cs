using System;

namespace NsgFlow.Azure.SignIn;

/// <summary>Makes text of others fit for a message: one line, short, without known secrets.</summary>
internal static class SafeText
{
    private const int Longest = 300;

    /// <summary>The first line that says something, at most 300 characters.</summary>
    public static string FirstLine(string? text, params string?[] secrets)
    {
        var line = string.Empty;
        foreach (var candidate in (text ?? string.Empty).Split('\r', '\n'))
        {
            line = candidate.Trim();
            if (line.Length > 0)
            {
                break;
            }
        }

        foreach (var secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                line = line.Replace(secret!, "***");
            }
        }

        // Cut last, so that no half of a secret is left standing.
        return line.Length > Longest ? line.Substring(0, Longest) + "…" : line;
    }

    /// <summary>A URL without query, fragment and user: those may hold a SAS or a password.</summary>
    public static string Url(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
