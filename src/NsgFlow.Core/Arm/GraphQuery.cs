using System;
using System.Collections.Generic;
using System.Text;

namespace NsgFlow.Arm;

/// <summary>A query for Azure Resource Graph.</summary>
public sealed class GraphQuery
{
    /// <summary>Makes a query.</summary>
    /// <param name="text">KQL; it must project <c>id</c> and be ordered by it, or pages could overlap. Texts of users go in by <see cref="Quote"/> only.</param>
    /// <param name="subscriptions">Ids of the subscriptions to ask; empty for all that the caller sees.</param>
    public GraphQuery(string text, IReadOnlyList<string>? subscriptions = null)
    {
        Text = text ?? throw new ArgumentNullException(nameof(text));
        Subscriptions = subscriptions ?? [];
    }

    /// <summary>The KQL.</summary>
    public string Text { get; }

    /// <summary>Ids of the subscriptions to ask; empty for all that the caller sees.</summary>
    public IReadOnlyList<string> Subscriptions { get; }

    /// <summary>A text as a KQL string literal; nothing in it can end the literal.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'", (text ?? throw new ArgumentNullException(nameof(text))).Length + 2);
        foreach (var c in text)
        {
            if (c is '\\' or '\'')
                quoted.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029')
                quoted.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>The KQL.</summary>
    public override string ToString() => Text;
}
