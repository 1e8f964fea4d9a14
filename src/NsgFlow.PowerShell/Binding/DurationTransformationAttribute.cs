using System;
using System.Management.Automation;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>A length of time as <see cref="FlowTime"/> reads it (<c>90m</c>, <c>6h</c>, a TimeSpan).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether no time at all means something, too.</summary>
    public bool AllowZero { get; init; }

    /// <summary>The longest that is taken, in seconds; 0 for any.</summary>
    public int MostSeconds { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = TokenText.Of(inputData);
        if (AllowZero && value is ("0" or "0s" or "0m" or TimeSpan { Ticks: 0 }))
            return TimeSpan.Zero;
        if (!FlowTime.TryParseLast(value, out var duration, out var error))
            throw new ArgumentTransformationMetadataException(error);
        return MostSeconds == 0 || duration.TotalSeconds <= MostSeconds
            ? duration
            : throw new ArgumentTransformationMetadataException($"{duration} is too long: {TimeSpan.FromSeconds(MostSeconds)} is the most.");
    }
}
