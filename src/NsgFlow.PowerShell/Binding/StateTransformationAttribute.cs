using System;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Letters and words for a <see cref="FlowState"/>.</summary>
internal sealed class StateTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override Type ItemType => typeof(FlowState);

    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        value = item;
        if (item is FlowState)
            return null;
        var isKnown = FlowWords.TryParseState(TextOf(item), out var word, out var error);
        value = word;
        return isKnown ? null : error;
    }
}
