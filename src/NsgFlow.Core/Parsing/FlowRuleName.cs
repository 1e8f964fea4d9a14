using System;

namespace NsgFlow.Parsing;

/// <summary>Splits a logged rule name into the rule's own name and the kind that its prefix tells.</summary>
internal static class FlowRuleName
{
    private static readonly (string Prefix, FlowRuleKind Kind)[] _prefixes =
    [
        ("DefaultRule", FlowRuleKind.Default),
        ("UserRule", FlowRuleKind.User),
        ("PlatformRule", FlowRuleKind.Platform),
    ];

    public static (string Rule, FlowRuleKind Kind) Split(string written)
    {
        foreach (var (prefix, kind) in _prefixes)
        {
            if (!written.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = written.Substring(prefix.Length);
            if (rest is "" or "_")
            {
                return (written, kind);
            }

            if (rest[0] == '_')
            {
                return (rest.Substring(1), kind);
            }
        }

        return (written, written.Equals("unspecified", StringComparison.OrdinalIgnoreCase) ? FlowRuleKind.Unspecified : FlowRuleKind.Unprefixed);
    }
}
