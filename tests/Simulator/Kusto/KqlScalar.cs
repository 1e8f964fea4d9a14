using System;

namespace NsgFlow.Simulator;

/// <summary>A scalar expression that is bound to a row's columns: its type, and how its value is found.</summary>
/// <param name="Type">What it gives.</param>
/// <param name="Value">Its value in a row.</param>
internal sealed record KqlScalar(KqlType Type, Func<object?[], object?> Value)
{
    private static readonly object?[] s_noRow = [];

    /// <summary>Whether every row gives the same.</summary>
    public bool IsConstant { get; init; }

    public object? Constant => Value(s_noRow);

    public static KqlScalar Of(KqlType type, object? value) => new(type, _ => value) { IsConstant = true };

    /// <summary>One that needs others: constant when they are, and then computed once.</summary>
    public static KqlScalar Of(KqlType type, Func<object?[], object?> value, params ReadOnlySpan<KqlScalar> needs)
    {
        foreach (var need in needs)
        {
            if (!need.IsConstant)
            {
                return new KqlScalar(type, value);
            }
        }

        // Not before it is asked for: a branch not taken may hold what cannot be computed.
        var once = new Lazy<object?>(() => value(s_noRow), isThreadSafe: false);
        return new KqlScalar(type, _ => once.Value) { IsConstant = true };
    }
}
