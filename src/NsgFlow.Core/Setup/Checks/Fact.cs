using System;

namespace NsgFlow.Setup;

/// <summary>What came of looking for something: it is there, it is not, or it may not be looked at. A refused read must not end the others.</summary>
internal readonly struct Fact<T>
    where T : class
{
    private Fact(T? value, NsgFlowException? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>What is there; null when nothing is, or nobody may see it.</summary>
    public T? Value { get; }

    /// <summary>Why it could not be looked at, or null.</summary>
    public NsgFlowException? Refusal { get; }

    public static implicit operator Fact<T>(T? value) => new(value, null);

    public static implicit operator Fact<T>(NsgFlowException refusal) => new(null, refusal);

    /// <summary>Looks; a failure becomes a refusal.</summary>
    public static Fact<T> Of(Func<T?> look)
    {
        try
        {
            return look();
        }
        catch (NsgFlowException refusal)
        {
            return refusal;
        }
    }

    /// <summary>What something else is that this one leads to; a refusal stays one.</summary>
    public Fact<TNext> Then<TNext>(Func<T, TNext?> next)
        where TNext : class
    {
        if (Refusal is { } refusal)
            return refusal;
        return Value is { } value ? Fact<TNext>.Of(() => next(value)) : default;
    }

    /// <summary>The same where the next thing has to be looked for, too.</summary>
    public Fact<TNext> ThenLook<TNext>(Func<T, Fact<TNext>> next)
        where TNext : class
    {
        if (Refusal is { } refusal)
            return refusal;
        return Value is { } value ? next(value) : default;
    }
}
