using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>How the tables may write a protocol: letter, name or number.</summary>
internal static class ProtocolWords
{
    private static readonly string[] _words = ["T", "TCP", "U", "UDP", "ICMP", "IGMP", "GRE", "ESP", "AH", "ICMPv6", "ICMP6", "SCTP"];
    private static readonly SortedDictionary<int, List<string>> _byNumber = ByNumber();

    /// <summary>IANA numbers of protocols that have words.</summary>
    public static IReadOnlyCollection<int> Numbers => _byNumber.Keys;

    /// <summary>All texts of a protocol.</summary>
    public static IReadOnlyList<string> Of(int number) => _byNumber.TryGetValue(number, out var words) ? words : [KqlText.Of(number)];

    // What the words mean is told by those who read them from users.
    private static SortedDictionary<int, List<string>> ByNumber()
    {
        var byNumber = new SortedDictionary<int, List<string>>();
        foreach (var word in _words)
        {
            if (!ProtocolSet.TryParse(word, out var protocol, out var error))
                throw new InvalidOperationException(error);
            if (!byNumber.TryGetValue((int)protocol, out var words))
                byNumber.Add((int)protocol, words = []);
            words.Add(word);
        }

        foreach (var pair in byNumber)
            pair.Value.Add(KqlText.Of(pair.Key));
        return byNumber;
    }
}
