using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Counts rows.</summary>
internal sealed class CountAccumulator : KqlAccumulator
{
    private long _count;

    public override object? Result => _count;

    public override void Add(object?[] row) => _count++;
}

/// <summary>Only rows for which something holds.</summary>
internal sealed class IfAccumulator(KqlScalar predicate, KqlAccumulator inner) : KqlAccumulator
{
    public override object? Result => inner.Result;

    public override void Add(object?[] row)
    {
        if (predicate.Value(row) is true)
        {
            inner.Add(row);
        }
    }
}

/// <summary>Sums; of no value the sum is zero, not null.</summary>
internal sealed class SumAccumulator(KqlScalar of) : KqlAccumulator
{
    private readonly bool _isReal = of.Type == KqlType.Real;
    private readonly bool _isTime = of.Type == KqlType.TimeSpan;
    private double _real;
    private long _whole;

    public override object? Result => _isReal ? _real : _isTime ? new TimeSpan(_whole) : _whole;

    public override void Add(object?[] row)
    {
        switch (of.Value(row))
        {
            case null:
                break;
            case double number:
                _real += number;
                break;
            case TimeSpan span:
                _whole = checked(_whole + span.Ticks);
                break;
            case { } number:
                _whole = checked(_whole + KqlValue.Whole(number));
                break;
        }
    }
}

/// <summary>The mean; of no value it is NaN.</summary>
internal sealed class AverageAccumulator(KqlScalar of) : KqlAccumulator
{
    private double _sum;
    private long _count;

    public override object? Result => _sum / _count;

    public override void Add(object?[] row)
    {
        if (of.Value(row) is { } value)
        {
            _sum += KqlValue.Real(value);
            _count++;
        }
    }
}

/// <summary>The least or greatest; nulls do not count.</summary>
internal sealed class ExtremeAccumulator(KqlScalar of, int sign) : KqlAccumulator
{
    private object? _best;

    public override object? Result => _best ?? of.Type.Nothing();

    public override void Add(object?[] row)
    {
        if (of.Value(row) is { } value && (_best is null || KqlValue.Compare(value, _best) * sign > 0))
        {
            _best = value is double.NaN ? throw KqlException.Unknown("the least and greatest of what has NaN") : value;
        }
    }
}

/// <summary>The first row with the least or greatest value, or the first at all; then the values of others in it.</summary>
internal sealed class RowAccumulator(KqlScalar? of, int sign, IReadOnlyList<KqlScalar> others) : KqlAccumulator
{
    private object? _best;
    private object?[]? _row;

    /// <summary>An array of the values.</summary>
    public override object? Result => others.Select(other => _row is null ? other.Type.Nothing() : other.Value(_row)).ToArray();

    public override void Add(object?[] row)
    {
        var value = of?.Value(row);
        if (_row is null || (value is not null && (_best is null || KqlValue.Compare(value, _best) * sign > 0)))
        {
            (_best, _row) = (value, row);
        }
    }
}

/// <summary>Any value that is one, if there is.</summary>
internal sealed class AnyAccumulator(KqlScalar of) : KqlAccumulator
{
    private object? _value = of.Type.Nothing();

    public override object? Result => _value;

    public override void Add(object?[] row) => _value = _value is null or "" ? of.Value(row) : _value;
}

/// <summary>How many different values; nulls do not count.</summary>
internal sealed class DistinctAccumulator(KqlScalar of) : KqlAccumulator
{
    private readonly HashSet<object> _known = [];

    public override object? Result => (long)_known.Count;

    public override void Add(object?[] row)
    {
        if (KqlKeys.Part(of.Value(row)) is { } value)
        {
            _known.Add(value);
        }
    }
}

/// <summary>An array of values in the order of rows; of a set, each once, and the elements of arrays for the arrays. Nulls are left out.</summary>
internal sealed class ListAccumulator(KqlScalar of, bool isSet, long most) : KqlAccumulator
{
    private readonly HashSet<object> _known = [];
    private readonly List<object?> _values = [];

    public override object? Result => _values.ToArray();

    public override void Add(object?[] row)
    {
        var value = of.Value(row);
        if (isSet && value is object?[] items)
        {
            Array.ForEach(items, AddOne);
        }
        else
        {
            AddOne(value);
        }
    }

    private void AddOne(object? value)
    {
        if (value is not null && _values.Count < most && (!isSet || _known.Add(KqlKeys.Part(value)!)))
        {
            _values.Add(value);
        }
    }
}

/// <summary>One bag of all; of a key that several have, the first value. What is no bag is left out.</summary>
internal sealed class BagAccumulator(KqlScalar of) : KqlAccumulator
{
    private readonly Dictionary<string, object?> _bag = [];

    public override object? Result => _bag;

    public override void Add(object?[] row)
    {
        if (of.Value(row) is IReadOnlyDictionary<string, object?> bag)
        {
            foreach (var (key, value) in bag)
            {
                _bag.TryAdd(key, value);
            }
        }
    }
}
