using System;
using System.Collections.Generic;
using System.Globalization;

namespace NsgFlow.Filtering;

/// <summary>An immutable set of protocols.</summary>
public sealed class ProtocolSet
{
    private static readonly Dictionary<string, int> _words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["T"] = 6, ["TCP"] = 6, ["U"] = 17, ["UDP"] = 17, ["ICMP"] = 1, ["IGMP"] = 2, ["GRE"] = 47, ["ESP"] = 50, ["AH"] = 51,
        ["ICMPv6"] = 58, ["ICMP6"] = 58, ["SCTP"] = 132, ["Other"] = (int)FlowProtocol.Other,
    };

    // One bit a number; the last word's first bit stands for all codes that are no number (FlowProtocol.Other).
    private readonly ulong[] _bits = new ulong[5];

    private ProtocolSet(IEnumerable<FlowProtocol> protocols)
    {
        foreach (var protocol in protocols)
        {
            _bits[(int)protocol >> 6] |= 1UL << ((int)protocol & 63);
        }
    }

    /// <summary>The protocols in the set, by number.</summary>
    public IReadOnlyList<FlowProtocol> Protocols
    {
        get
        {
            var protocols = new List<FlowProtocol>();
            for (var code = 0; code <= (int)FlowProtocol.Other; code++)
            {
                if (Contains((ushort)code))
                {
                    protocols.Add((FlowProtocol)code);
                }
            }

            return protocols;
        }
    }

    /// <summary>Makes a set of texts: names (<c>tcp</c>), the letters of NSG logs (<c>T</c>, <c>U</c>), IANA numbers, or <c>Other</c>.</summary>
    /// <exception cref="FormatException">One of them is none of these; the message says which and why.</exception>
    public static ProtocolSet Parse(IEnumerable<string> texts)
    {
        if (texts is null)
        {
            throw new ArgumentNullException(nameof(texts));
        }

        var protocols = new List<FlowProtocol>();
        foreach (var text in texts)
        {
            protocols.Add(TryParse(text, out var protocol, out var error) ? protocol : throw new FormatException(error));
        }

        return new ProtocolSet(protocols);
    }

    /// <summary>Reads one text.</summary>
    /// <param name="text">A name, letter or number.</param>
    /// <param name="protocol">What it means.</param>
    /// <param name="error">Why it means nothing, as a sentence for people; null on success.</param>
    public static bool TryParse(string? text, out FlowProtocol protocol, out string? error)
    {
        var trimmed = (text ?? string.Empty).Trim();
        if (_words.TryGetValue(trimmed, out var code)
            || (int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code < 256))
        {
            protocol = (FlowProtocol)code;
            error = null;
            return true;
        }

        protocol = default;
        error = $"{Shown.Text(trimmed)} is not a protocol: give Tcp (T), Udp (U), another name (Icmp, Gre, Esp …) or an IANA number from 0 to 255.";
        return false;
    }

    /// <summary>Whether a tuple's <see cref="FlowTuple.ProtocolCode"/> is in the set. Allocates nothing.</summary>
    public bool Contains(ushort code)
    {
        var index = code < 256 ? code : 256;
        return ((_bits[index >> 6] >> (index & 63)) & 1) != 0;
    }
}
