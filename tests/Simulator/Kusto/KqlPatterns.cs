using System;
using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace NsgFlow.Simulator;

/// <summary>Regular expressions, made once. What RE2 has not (looking around, references back) is refused here, too.</summary>
internal static class KqlPatterns
{
    private static readonly ConcurrentDictionary<string, Regex> s_known = new(StringComparer.Ordinal);

    public static Regex Of(string pattern)
    {
        try
        {
            return s_known.GetOrAdd(pattern, static text => new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception reason) when (reason is ArgumentException or NotSupportedException)
        {
            throw KqlException.Semantic($"Regular expression '{pattern}' is not valid: {reason.Message}");
        }
    }
}
