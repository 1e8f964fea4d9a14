using System;
using System.Text;

namespace NsgFlow.Setup;

/// <summary>Names of flow logs.</summary>
public static class FlowLogName
{
    /// <summary>The most characters that Azure takes.</summary>
    public const int MostCharacters = 80;

    /// <summary>The name by Microsoft's scheme: <c>{resource}-{group}-flowlog</c>, for a subnet <c>{subnet}-{network}-{group}-flowlog</c>, cut to 80 characters.</summary>
    public static string For(ResourceId target)
    {
        var name = $"{(target.Subnet is { } subnet ? $"{subnet}-{target.VirtualNetwork}" : target.Name)}-{target.ResourceGroup}-flowlog";
        var text = new StringBuilder(MostCharacters);
        foreach (var c in name)
        {
            // Resource groups may have characters that flow logs may not.
            if (text.Length < MostCharacters)
                text.Append(IsPlain(c) || c is '_' or '.' or '-' ? c : '-');
        }

        while (text.Length > 1 && !IsLast(text[text.Length - 1]))
            text.Length--;
        while (text.Length > 1 && !IsPlain(text[0]))
            text.Remove(0, 1);
        return text.ToString();
    }

    /// <summary>Whether Azure takes a name: letters, digits, <c>_ . -</c>, a letter or digit first, one of these or <c>_</c> last, at most 80.</summary>
    public static bool IsValid(string name)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        if (name.Length is 0 or > MostCharacters || !IsPlain(name[0]) || !IsLast(name[name.Length - 1]))
            return false;
        foreach (var c in name)
        {
            if (!IsPlain(c) && c is not ('_' or '.' or '-'))
                return false;
        }

        return true;
    }

    private static bool IsLast(char c) => IsPlain(c) || c == '_';

    private static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
