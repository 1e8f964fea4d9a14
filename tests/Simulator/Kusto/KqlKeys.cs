using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>Rows as keys: null is a key like any other, and dynamic values are told by their JSON.</summary>
internal sealed class KqlKeys : IEqualityComparer<object?[]>
{
    public static readonly KqlKeys Instance = new();

    /// <summary>What a value is as a part of a key.</summary>
    public static object? Part(object? value) => value is object?[] or IReadOnlyDictionary<string, object?> ? KqlJson.Text(value) : value;

    public bool Equals(object?[]? x, object?[]? y)
    {
        for (var i = 0; i < x!.Length; i++)
        {
            if (!Equals(x[i], y![i]))
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(object?[] obj)
    {
        var hash = default(HashCode);
        foreach (var part in obj)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }
}
