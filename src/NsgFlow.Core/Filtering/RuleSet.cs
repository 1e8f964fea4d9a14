using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>
/// An immutable set of rule names with wildcards. A rule is in it when the name people know (<c>DenyAllInBound</c>) or the name as
/// written in the log (<c>DefaultRule_DenyAllInBound</c>) matches.
/// </summary>
public sealed class RuleSet
{
    /// <summary>Azure cuts longer rule names in NSG logs ("NSG flow logs overview").</summary>
    private const int LongestLogged = 65;

    private readonly List<NamePattern> _patterns = [];

    private RuleSet(IEnumerable<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            var trimmed = (pattern ?? string.Empty).Trim();
            _patterns.Add(trimmed.Length > 0 ? new NamePattern(trimmed) : throw new FormatException("An empty text is no rule name."));
        }
    }

    /// <summary>The patterns, in the order given.</summary>
    public IReadOnlyList<NamePattern> Patterns => _patterns;

    /// <summary>Makes a set of names, which may have wildcards.</summary>
    /// <exception cref="FormatException">One is empty.</exception>
    public static RuleSet Parse(IEnumerable<string> patterns) => new(patterns ?? throw new ArgumentNullException(nameof(patterns)));

    /// <summary>Whether a group's rule is in the set; a group without one is not.</summary>
    public bool Matches(FlowGroup group)
    {
        if (group is null)
        {
            throw new ArgumentNullException(nameof(group));
        }

        var written = Written(group);
        if (written is null)
        {
            return false;
        }

        var name = group.Rule ?? written;
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(name) || pattern.Matches(written) || IsCut(pattern.Literal, name, written))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Written(FlowGroup group) => group.RuleKind switch
    {
        FlowRuleKind.Default => WithPrefix("DefaultRule", group.Rule),
        FlowRuleKind.User => WithPrefix("UserRule", group.Rule),
        FlowRuleKind.Platform => "PlatformRule",
        FlowRuleKind.Unspecified => "unspecified",
        _ => group.Rule,
    };

    private static string WithPrefix(string prefix, string? rule) => string.IsNullOrEmpty(rule) ? prefix : prefix + "_" + rule;

    /// <summary>The documentation does not say whether the prefix counts, so both lengths pass for a cut name.</summary>
    private static bool IsCut(string? asked, string name, string written) =>
        asked is not null
        && ((name.Length == LongestLogged && asked.Length > LongestLogged && asked.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            || (written.Length == LongestLogged && asked.Length > name.Length && asked.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            || (written.Length == LongestLogged && asked.Length > LongestLogged && asked.StartsWith(written, StringComparison.OrdinalIgnoreCase)));
}
