using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>MAC addresses in any spelling, brought into the form of the logs.</summary>
internal sealed class MacAddressTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var isMac = MacSet.TryNormalize(TextOf(item), out var mac, out var error);
        value = mac;
        return isMac ? null : error;
    }
}
