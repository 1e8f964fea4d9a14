using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Encryption states and codes of VNet flow logs, checked; kept as text.</summary>
internal sealed class EncryptionTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var text = TextOf(item);
        value = text;
        return EncryptionSet.TryCheck(text, out var error) ? null : error;
    }
}
