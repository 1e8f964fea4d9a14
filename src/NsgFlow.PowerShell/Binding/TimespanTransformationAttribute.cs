using System;
using System.Management.Automation;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Binding;

/// <summary>A time as <see cref="LogsTimespan"/> reads it (<c>7d</c>, <c>PT24H</c>, <c>start/end</c>, a TimeSpan); kept as text, since it counts from when it is used.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class TimespanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var text = TokenText.Of(inputData) switch
        {
            TimeSpan length => length.ToString("c"),
            var value => LanguagePrimitives.ConvertTo<string>(value),
        };
        return LogsTimespan.TryParse(text, DateTime.UtcNow, out _, out _, out var error) ? text : throw new ArgumentTransformationMetadataException(error);
    }
}
