using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>Refuses prefixes so short that they can only be meant as "everybody" or be wrong.</summary>
internal static class AddressWidth
{
    public const string Reason = "The prefix is shorter than /8 (IPv6: /16); so many addresses are nobody's.";

    public static bool IsTooWide(AddressRange range) => PrefixLayer.IsV4(range)
        ? range.Last.V4 - range.First.V4 > 0xFFFFFF
        : (range.Last.High - range.First.High) >> 48 != 0;
}
