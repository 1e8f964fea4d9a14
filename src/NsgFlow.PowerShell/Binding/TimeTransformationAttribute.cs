using System;
using System.Management.Automation;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>A moment as <see cref="FlowTime"/> reads it (<c>2026-11-23T09</c>, <c>6h</c> ago, a DateTime), as UTC.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = TokenText.Of(inputData);
        return FlowTime.TryParse(value, DateTime.UtcNow, out var utc, out var error) ? utc : throw new ArgumentTransformationMetadataException(error);
    }
}
