using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Addresses, prefixes (<c>10.0.0.0/8</c>) and ranges (<c>10.0.0.1-10.0.0.9</c>), checked; kept as text.</summary>
internal sealed class AddressTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var text = TextOf(item);
        value = text;
        return AddressSet.TryParse(text, out _, out var error) ? null : error;
    }
}
