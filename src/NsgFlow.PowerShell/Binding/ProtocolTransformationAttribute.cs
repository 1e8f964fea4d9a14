using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Protocol names, letters and IANA numbers, checked; kept as text.</summary>
internal sealed class ProtocolTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var text = TextOf(item);
        value = text;
        return ProtocolSet.TryParse(text, out _, out var error) ? null : error;
    }
}
