using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>A call of a function, its arguments bound.</summary>
/// <param name="Type">What the last argument says with <c>typeof()</c>.</param>
/// <param name="Now">When the query began.</param>
internal sealed record KqlCall(string Name, IReadOnlyList<KqlScalar> Arguments, KqlType? Type, DateTime Now)
{
    public KqlScalar this[int index] => Arguments[index];

    /// <summary>A text, or a dynamic value as its text; nothing else.</summary>
    public static KqlScalar AsText(KqlScalar of) => of.Type switch
    {
        KqlType.String => of,
        KqlType.Dynamic => KqlScalar.Of(KqlType.String, row => KqlValue.Text(of.Value(row)), of),
        _ => throw KqlException.Semantic($"A value of type string is expected, not {of.Type.Name()}. Try adding explicit casts"),
    };

    public KqlScalar Text(int index) => AsText(this[index]);

    public KqlCall Takes(int least, int most = -1) => Arguments.Count >= least && Arguments.Count <= (most < 0 ? least : most)
        ? this
        : throw new KqlException("SEM0219", $"Function '{Name}' was not called with the arguments it takes.");

    /// <summary>The argument, which must be of a type.</summary>
    public KqlScalar Of(int index, params ReadOnlySpan<KqlType> types) => types.Contains(this[index].Type)
        ? this[index]
        : throw KqlException.Semantic($"{Name}(): argument {index + 1} cannot be of type {this[index].Type.Name()}.");

    /// <summary>The value of an argument that must be a constant number.</summary>
    public long Constant(int index) => Of(index, KqlType.Int, KqlType.Long) is { IsConstant: true, Constant: { } value }
        ? KqlValue.Whole(value)
        : throw KqlException.Semantic($"{Name}(): argument {index + 1} must be a constant.");

    /// <summary>A result that is null when an argument is.</summary>
    public KqlScalar Make(KqlType type, Func<object[], object?> compute, IReadOnlyList<KqlScalar>? arguments = null)
    {
        arguments ??= Arguments;
        return KqlScalar.Of(type, row =>
        {
            var values = new object[arguments.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (arguments[i].Value(row) is not { } value)
                {
                    return type.Nothing();
                }

                values[i] = value;
            }

            return compute(values);
        }, [.. arguments]);
    }

    /// <summary>A result of texts.</summary>
    public KqlScalar MakeOfTexts(KqlType type, Func<string[], object?> compute) =>
        Make(type, values => compute(Array.ConvertAll(values, static value => (string)value)), [.. Arguments.Select(AsText)]);
}
