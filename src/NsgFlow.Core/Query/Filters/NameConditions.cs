using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Names with wildcards as conditions.</summary>
internal static class NameConditions
{
    /// <summary>Whether a text is one of some names; case does not matter.</summary>
    public static string Of(IReadOnlyList<NamePattern> names, string expression)
    {
        var literals = names.Select(static name => name.Literal).OfType<string>().ToList();
        var conditions = new List<string>();
        if (literals.Count > 0)
            conditions.Add($"{expression} in~ {KqlText.List(literals)}");
        if (literals.Count < names.Count)
            conditions.Add($"{expression} matches regex {KqlText.Of(Regex([.. names.Where(static name => name.Literal is null)], "(?is)^", "$"))}");
        return conditions.Count == 0 ? "false" : string.Join(" or ", conditions);
    }

    /// <summary>A regular expression for one of some names between two others.</summary>
    /// <param name="names">The names.</param>
    /// <param name="before">What stands before the name.</param>
    /// <param name="after">What stands behind it.</param>
    /// <param name="any">Any character of a name.</param>
    public static string Regex(IReadOnlyList<NamePattern> names, string before, string after, string any = ".") =>
        before + "(?:" + string.Join("|", names.Select(name => name.ToRegex(any))) + ")" + after;
}
