using System;
using System.Collections.Generic;
using System.Text;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>The words for kinds of threats: Traffic Analytics' own where a list's word is one of them, else the list's.</summary>
internal static class ThreatWords
{
    private const int LongestWord = 64;

    private static readonly string[] _words =
        ["Botnet", "C2", "CryptoMining", "DarkNet", "DDos", "MaliciousUrl", "Malware", "Phishing", "Proxy", "PUA", "WatchList"];

    private static readonly Dictionary<string, string> _known = Known();

    // What lists of all sorts of indicators say in their column "type": that this one is an address.
    private static readonly HashSet<string> _addressWords = new(StringComparer.Ordinal)
    {
        "ip", "ipv4", "ipv6", "ipport", "ipv4port", "ipaddress", "ipv4address", "ipv6address", "ipv4addr", "ipv6addr", "address", "cidr", "ipcidr", "ipv4cidr", "network",
        "ipsrc", "ipdst", "ipsrcport", "ipdstport", "srcip", "dstip", "host", "indicator",
    };

    /// <summary>Null when the text says nothing about a threat.</summary>
    public static string? Of(string text)
    {
        var plain = Plain(text);
        if (plain.Length == 0 || _addressWords.Contains(plain))
        {
            return null;
        }

        if (_known.TryGetValue(plain, out var word))
        {
            return word;
        }

        var own = ShownText.Clean(text.Trim());
        return own.Length > LongestWord ? own.Substring(0, LongestWord) : own;
    }

    /// <summary>Lower-case letters and digits only: <c>Crypto-Mining</c> is <c>cryptomining</c>.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
        }

        return plain.ToString();
    }

    private static Dictionary<string, string> Known()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal) { ["cc"] = "C2", ["cnc"] = "C2", ["commandandcontrol"] = "C2" };
        foreach (var word in _words)
        {
            known.Add(Plain(word), word);
        }

        return known;
    }
}
