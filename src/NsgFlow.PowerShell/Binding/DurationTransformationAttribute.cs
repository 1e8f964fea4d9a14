using System;
using System.Management.Automation;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>A length of time as <see cref="FlowTime"/> reads it (<c>90m</c>, <c>6h</c>, a TimeSpan).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = TokenText.Of(inputData);
        return FlowTime.TryParseLast(value, out var duration, out var error) ? duration : throw new ArgumentTransformationMetadataException(error);
    }
}
