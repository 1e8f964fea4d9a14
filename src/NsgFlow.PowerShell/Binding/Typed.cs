using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>What somebody typed as an argument.</summary>
internal static class Typed
{
    /// <summary>
    /// The value without its PSObject; a number as its text. PowerShell reads an unquoted 7d as the decimal number 7, and
    /// keeps the text only in the PSObject around it.
    /// </summary>
    public static object? TextIfNumber(object? input)
    {
        var value = input is PSObject wrapped ? wrapped.BaseObject : input;
        return value is int or long or double or decimal ? LanguagePrimitives.ConvertTo<string>(input) : value;
    }
}
