using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Port numbers, ranges (<c>8000-8100</c>) and service names (<c>https</c>), checked; kept as text.</summary>
internal sealed class PortTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var text = TextOf(item);
        value = text;
        return PortSet.TryParse(text, out _, out var error) ? null : error;
    }
}
