using System.Management.Automation;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Binding;

/// <summary>MAC addresses in any spelling, brought into the form of the logs; also those that the engine takes for numbers.</summary>
internal sealed class MacAddressTransformationAttribute : ItemsTransformationAttribute
{
    private const int Digits = 12;

    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var number = item is PSObject wrapped ? wrapped.BaseObject : item;
        var text = TextOf(item);
        // Without the text that was typed, only the zeros at the front are missing.
        if (TokenText.IsInteger(number))
            text = text.PadLeft(Digits, '0');
        // 00224810020d and 0022481e0200: nobody can tell the digits from the number.
        if (TokenText.IsFraction(number) && text == TextOf(number))
        {
            value = item;
            return $"PowerShell took a MAC address for the number {text}: put it in quotes.";
        }

        var isMac = MacSet.TryNormalize(text, out var mac, out var error);
        value = mac;
        return isMac ? null : error;
    }

    /// <summary>The PSObject, for the text it knows.</summary>
    protected override object Prepared(object given, object value) => given;
}
