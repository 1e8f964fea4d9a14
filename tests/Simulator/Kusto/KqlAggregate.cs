using System;

namespace NsgFlow.Simulator;

/// <summary>An aggregate function over bound arguments.</summary>
internal sealed record KqlAggregate(KqlType Type, Func<KqlAccumulator> New);

/// <summary>What an aggregate function knows of the rows of one group so far.</summary>
internal abstract class KqlAccumulator
{
    public abstract object? Result { get; }

    public abstract void Add(object?[] row);
}
