using System;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Letters and words for a <see cref="FlowDirection"/>.</summary>
internal sealed class DirectionTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override Type ItemType => typeof(FlowDirection);

    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        value = item;
        if (item is FlowDirection)
            return null;
        var isKnown = FlowWords.TryParseDirection(TextOf(item), out var word, out var error);
        value = word;
        return isKnown ? null : error;
    }
}
