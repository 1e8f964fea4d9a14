using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NsgFlow.Query;

/// <summary>A query with the values in front of it that it uses in several places, each written once (thousands of prefixes, for each table and end).</summary>
internal sealed class KqlScript
{
    private readonly List<KeyValuePair<string, string>> _values = [];

    /// <summary>The name of a value; the same value has one name.</summary>
    /// <param name="prefix">What the name begins with: letters only.</param>
    /// <param name="expression">The value.</param>
    public string Let(string prefix, string expression)
    {
        foreach (var pair in _values)
        {
            if (pair.Value == expression)
                return pair.Key;
        }

        var name = prefix + (1 + _values.Count(pair => pair.Key.StartsWith(prefix, System.StringComparison.Ordinal)));
        _values.Add(new(name, expression));
        return name;
    }

    /// <summary>The whole text.</summary>
    /// <param name="body">The query.</param>
    public string Text(string body)
    {
        var text = new StringBuilder();
        foreach (var pair in _values)
            text.Append("let ").Append(pair.Key).Append(" = ").Append(pair.Value).Append(";\n");
        return text.Append(body).ToString();
    }
}
