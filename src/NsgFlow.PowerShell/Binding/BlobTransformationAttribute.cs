using System;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>
/// Knows blobs that went through a file, a job or a remote session: they come back as bags of properties, which no parameter would
/// take, and the error would be about everything else. As blobs without a store they can be told apart.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class BlobTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } bag && bag.TypeNames.Contains("Deserialized." + typeof(FlowBlob).FullName)
            ? new[] { new FlowBlob { Name = bag.Properties[nameof(FlowBlob.Name)]?.Value as string ?? string.Empty } }
            : inputData;
}
