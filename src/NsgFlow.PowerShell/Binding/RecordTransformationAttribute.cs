using System;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Tells who pipes records that went through a file, a job or a remote session why they cannot be measured.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class RecordTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } bag && bag.TypeNames.Contains("Deserialized." + typeof(FlowRecord).FullName)
            ? throw new ArgumentTransformationMetadataException(
                "The flow record is a copy without its tuple: it went through a file, a job or a remote session. Measure where the records are read, or read the flow logs again.")
            : inputData;
}
