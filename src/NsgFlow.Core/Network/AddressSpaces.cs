using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>What addresses are by their number alone (IANA's special-purpose registries).</summary>
internal static class AddressSpaces
{
    public const int Public = -1;
    public const int Private = 0;
    public const int Reserved = 1;
    public const int Platform = 2;

    // The documentation ranges (192.0.2.0/24 …) and 198.18.0.0/15 stay public: logs made anonymous use them in place of public addresses.
    private static readonly string[] _private = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"];
    private static readonly string[] _reserved = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/127", "fe80::/10", "ff00::/8"];

    /// <summary>Address of the platform's DNS, DHCP and health probes; Traffic Analytics calls it "Microsoft Virtual Public IP" and Azure's.</summary>
    private static readonly string[] _platform = ["168.63.129.16"];

    private static readonly Lazy<AddressSet> _notPublic = new(() => AddressSet.Parse([.. _private, .. _reserved, .. _platform]));

    /// <summary>Whether no address of the range is public.</summary>
    public static bool IsNotPublic(AddressRange range)
    {
        foreach (var known in _notPublic.Value.Ranges)
        {
            if (known.First <= range.First && range.Last <= known.Last)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The spaces, and ranges that the user calls private.</summary>
    public static PrefixLayer Layer(IEnumerable<AddressRange> morePrivate)
    {
        var layer = new PrefixLayer(static (outer, inner, _) => outer == Platform ? outer : inner);
        Add(layer, _reserved, Reserved);
        Add(layer, _private, Private);
        foreach (var range in morePrivate)
        {
            layer.Add(range, Private);
        }

        Add(layer, _platform, Platform);
        return layer;
    }

    private static void Add(PrefixLayer layer, string[] texts, int value)
    {
        foreach (var range in AddressSet.Parse(texts).Ranges)
        {
            layer.Add(range, value);
        }
    }
}
