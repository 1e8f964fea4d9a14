using NsgFlow.Measuring;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Fields to group traffic by (<c>SourceAddress</c>, <c>SourceAddress/24</c>, <c>Conversation</c>), checked; kept as text.</summary>
internal sealed class KeyTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var text = TextOf(item);
        value = text;
        return TrafficKey.TryParse(text, out var error) is null ? error : null;
    }
}
