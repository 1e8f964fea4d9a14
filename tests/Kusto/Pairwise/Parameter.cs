using System;
using System.Collections.Generic;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>A parameter and the values that are tried, each under a short name; the first is that it is not given.</summary>
internal sealed class Parameter<TCase>
{
    private Parameter(string name, IReadOnlyList<(string Name, Action<TCase> Set)> values) => (Name, Values) = (name, values);

    public string Name { get; }

    public IReadOnlyList<(string Name, Action<TCase> Set)> Values { get; }

    public static Parameter<TCase> Of<T>(string name, Action<TCase, T> set, params (string Name, T Value)[] values)
    {
        var choices = new List<(string, Action<TCase>)> { ("-", static _ => { }) };
        foreach (var (label, value) in values)
        {
            choices.Add((label, one => set(one, value)));
        }

        return new Parameter<TCase>(name, choices);
    }
}
