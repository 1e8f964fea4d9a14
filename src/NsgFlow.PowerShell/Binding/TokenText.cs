using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>
/// What was typed, where the engine took it for a number: <c>7d</c> is a decimal to it, <c>45s</c> an Int16, and <c>0022481e0200</c> a
/// double. The PSObject around such an argument still knows the text; in a list, or after it went through a variable, it is lost.
/// </summary>
internal static class TokenText
{
    /// <summary>The value without its PSObject; for a number its text instead, as typed if that is known.</summary>
    public static object? Of(object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return IsInteger(value) || IsFraction(value) ? LanguagePrimitives.ConvertTo<string>(inputData) : value;
    }

    public static bool IsInteger(object? value) => value is sbyte or byte or short or ushort or int or uint or long or ulong;

    public static bool IsFraction(object? value) => value is float or double or decimal;
}
