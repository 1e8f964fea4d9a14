using System;

namespace NsgFlow;

/// <summary>The encryption codes of VNet flow logs and their <see cref="FlowEncryption"/> values, in that enumeration's order.</summary>
internal static class EncryptionCodes
{
    private static readonly string?[] _texts =
    [
        null, "X", "NX", "NX_HW_NOT_SUPPORTED", "NX_SW_NOT_READY", "NX_NOT_ACCEPTED", "NX_NOT_SUPPORTED", "NX_LOCAL_DST", "NX_FALLBACK",
    ];

    /// <summary>The code's text; null for 0 (not recorded).</summary>
    public static string? Text(int code) => code < UnknownCodes.First ? _texts[code] : UnknownCodes.Text(code);

    /// <summary>The number of a code; an unknown one gets a number of its own. False when the text can be no code.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ushort code)
    {
        for (var known = 1; known < _texts.Length; known++)
        {
            if (EqualsAscii(text, _texts[known]!))
            {
                code = (ushort)known;
                return true;
            }
        }

        return UnknownCodes.TryNumber(text, out code);
    }

    private static bool EqualsAscii(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length != text.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (utf8[i] != text[i])
            {
                return false;
            }
        }

        return true;
    }
}
