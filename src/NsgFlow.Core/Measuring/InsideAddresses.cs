using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Addresses that may be those of network interfaces of the user's own networks: RFC 1918, 100.64.0.0/10 and fc00::/7. Only a flow between two of them can be
/// captured at both ends; to the internet an address is translated on the way, so the other end would see another flow.
/// The ranges are those that the network map calls private (a test compares them), as comparisons: this is asked twice for each tuple.
/// </summary>
internal static class InsideAddresses
{
    [MethodImpl(Hot.Path)]
    public static bool Holds(in FlowAddress address)
    {
        if (!address.IsV4)
        {
            return address.High >> 57 == 0xFC >> 1;
        }

        var v4 = address.V4;
        return v4 >> 24 == 10 || v4 >> 20 == 0xAC1 || v4 >> 16 == 0xC0A8 || v4 >> 22 == 0x6440_0000u >> 22;
    }
}
