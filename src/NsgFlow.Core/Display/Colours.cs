using System;
using System.Reflection;

namespace NsgFlow.Display;

/// <summary>
/// Whether views may put colour codes into a cell. PowerShell 7.2 and later takes them out where they cannot be shown (redirection,
/// <c>NO_COLOR</c>, <c>$PSStyle.OutputRendering</c>) and does not count them as width; before that a code would break the table.
/// </summary>
internal static class Colours
{
    public const string Red = "\u001b[91m";
    public const string Reset = "\u001b[0m";

    // By reflection: this assembly knows nothing of PowerShell, and Windows PowerShell has no such type.
    private static readonly object? _style = Type
        .GetType("System.Management.Automation.PSStyle, System.Management.Automation", throwOnError: false)?
        .GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?
        .GetValue(null);

    private static readonly PropertyInfo? _rendering = _style?.GetType().GetProperty("OutputRendering");

    /// <summary>Set by tests only; null asks PowerShell.</summary>
    internal static bool? Override { get; set; }

    public static bool Wanted => Override ?? (_rendering is not null && _rendering.GetValue(_style)?.ToString() != "PlainText");
}
