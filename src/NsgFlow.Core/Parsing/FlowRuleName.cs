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

            if (written.Length == prefix.Length)
            {
                return (written, kind);
            }

            if (written[prefix.Length] == '_' && written.Length > prefix.Length + 1)
            {
                return (written.Substring(prefix.Length + 1), kind);
            }
        }

        return (written, written.Equals("unspecified", StringComparison.OrdinalIgnoreCase) ? FlowRuleKind.Unspecified : FlowRuleKind.Unprefixed);
    }
}
