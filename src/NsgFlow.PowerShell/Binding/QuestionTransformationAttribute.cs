using System;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Binding;

/// <summary>The name of a question of the catalogue, checked, and as the catalogue writes it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class QuestionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var text = LanguagePrimitives.ConvertTo<string>(TokenText.Of(inputData));
        return AnalyticsQuestions.Find(text)?.Name ?? throw new ArgumentTransformationMetadataException(
            $"'{Display.FlowFormat.Text(text)}' is none of the questions; there are {string.Join(", ", AnalyticsQuestions.All.Select(static one => one.Name))}.");
    }
}
