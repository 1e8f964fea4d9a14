using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Ranges of addresses as the fewest prefixes, since Kusto compares prefixes only.</summary>
internal static class AddressBlocks
{
    /// <summary>The prefixes of a range, in order.</summary>
    public static IEnumerable<string> Of(AddressRange range)
    {
        var isV4 = range.First.IsV4 && range.Last.IsV4;
        var width = isV4 ? 32 : 128;
        var first = range.First;
        while (true)
        {
            // As many of the last bits as the first address has zeros there, and as stay within the range.
            var bits = 0;
            while (bits < width && LastOf(first, bits + 1) is { } larger && IsAligned(first, bits + 1) && larger <= range.Last)
                bits++;
            yield return first + "/" + KqlText.Of(width - bits);
            var last = LastOf(first, bits);
            if (last >= range.Last)
                yield break;
            first = Next(last);
        }
    }

    private static bool IsAligned(FlowAddress address, int bits) => (address.High & HighMask(bits)) == 0 && (address.Low & LowMask(bits)) == 0;

    private static FlowAddress LastOf(FlowAddress address, int bits) => new(address.High | HighMask(bits), address.Low | LowMask(bits));

    private static FlowAddress Next(FlowAddress address) => new(address.Low == ulong.MaxValue ? address.High + 1 : address.High, unchecked(address.Low + 1));

    /// <summary>The last bits, as far as they are of the lower half.</summary>
    private static ulong LowMask(int bits) => bits >= 64 ? ulong.MaxValue : (1UL << bits) - 1;

    private static ulong HighMask(int bits) => bits <= 64 ? 0 : bits >= 128 ? ulong.MaxValue : (1UL << (bits - 64)) - 1;
}
