using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Rule names as conditions, as <see cref="RuleSet.Matches"/> compares them.</summary>
internal static class RuleConditions
{
    /// <summary>Where Azure cuts rule names in NSG logs, and what it may write before them.</summary>
    private const int LongestLogged = 65;
    private const int LongestPrefix = 12;

    // The name as logs write it, whether or not the table kept the prefix.
    private const string Written = "case(RuleKind == \"Default\", strcat(\"DefaultRule_\", Rule), RuleKind == \"User\", strcat(\"UserRule_\", Rule), RuleKind == \"Platform\", \"PlatformRule\", Rule)";

    /// <summary>Whether a row's rule is in the set; a row without one is not.</summary>
    public static string Of(RuleSet set)
    {
        var conditions = new List<string> { NameConditions.Of(set.Patterns, "Rule"), NameConditions.Of(set.Patterns, Written) };
        foreach (var name in set.Patterns.Select(static pattern => pattern.Literal).OfType<string>().Where(static name => name.Length > LongestLogged - LongestPrefix))
        {
            var literal = KqlText.Of(name);
            conditions.Add($"strlen({Written}) == {KqlText.Of(LongestLogged)} and strlen(Rule) < {KqlText.Of(name.Length)} and {literal} startswith Rule");
            if (name.Length > LongestLogged)
            {
                conditions.Add($"strlen(Rule) == {KqlText.Of(LongestLogged)} and {literal} startswith Rule");
                conditions.Add($"strlen({Written}) == {KqlText.Of(LongestLogged)} and {literal} startswith {Written}");
            }
        }

        return $"(isnotempty(RuleText) and ({Kql.Any(conditions)}))";
    }
}
