using System;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Letters and words for a <see cref="FlowDecision"/>.</summary>
internal sealed class DecisionTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override Type ItemType => typeof(FlowDecision);

    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        value = item;
        if (item is FlowDecision)
            return null;
        var isKnown = FlowWords.TryParseDecision(TextOf(item), out var word, out var error);
        value = word;
        return isKnown ? null : error;
    }
}
