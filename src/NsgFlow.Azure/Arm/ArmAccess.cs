using System;
using System.Text.RegularExpressions;

namespace NsgFlow.Azure.Arm;

/// <summary>What a caller who was refused (403) needs.</summary>
internal static class ArmAccess
{
    // Of a linked scope first: the caller may write the flow log, but not use the storage account that it names.
    private static readonly Regex[] s_actions =
    [
        new(@"action\(s\) '(?<action>[^']+)' on the linked scope\(s\) '(?<scope>[^']+)'", RegexOptions.CultureInvariant),
        new("action '(?<action>[^']+)'(?: (?:over|on) scope '(?<scope>[^']+)')?", RegexOptions.CultureInvariant),
    ];

    private static readonly (string Start, string Role)[] s_roles =
    [
        ("Microsoft.Network/", "Network Contributor"),
        ("Microsoft.Storage/", "Storage Account Contributor"),
        ("Microsoft.OperationalInsights/", "Log Analytics Contributor"),
        ("Microsoft.Insights/", "Monitoring Contributor"),
    ];

    /// <summary>The action that is missing and a role that has it, out of the service's message.</summary>
    public static string Advice(string message)
    {
        foreach (var pattern in s_actions)
        {
            if (pattern.Match(message) is { Success: true } match)
            {
                var action = match.Groups["action"].Value;
                var scope = match.Groups["scope"] is { Success: true } at ? " on " + at.Value : string.Empty;
                return $"The identity that signed in needs the action {action}{scope}; {Role(action)}. A new role assignment takes up to ten minutes.";
            }
        }

        return "The identity that signed in needs a role there: *Reader* to look, *Network Contributor* to change flow logs. A new role assignment takes up to ten minutes.";
    }

    private static string Role(string action)
    {
        if (action.EndsWith("/read", StringComparison.OrdinalIgnoreCase))
            return "the role *Reader* has it";
        if (action.EndsWith("/register/action", StringComparison.OrdinalIgnoreCase))
            return "the role *Contributor* of the subscription has it";
        foreach (var (start, role) in s_roles)
        {
            if (action.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return $"the role *{role}* has it";
        }

        return "the role *Contributor* may have it";
    }
}
