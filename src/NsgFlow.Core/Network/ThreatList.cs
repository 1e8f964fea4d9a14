using System.Collections.Generic;
using System.IO;

namespace NsgFlow.Network;

/// <summary>
/// Addresses that somebody considers malicious: one per line, a netset or ipset file, or CSV with a header. Traffic Analytics uses
/// Microsoft's own feeds, which are not public; here it is the user's list that says so.
/// </summary>
public sealed class ThreatList
{
    internal ThreatList(string name, IReadOnlyList<ThreatEntry> entries, IReadOnlyList<NetworkIssue> issues)
    {
        Name = name;
        Entries = entries;
        Issues = issues;
    }

    /// <summary>The list's name.</summary>
    public string Name { get; }

    /// <summary>How many entries were taken, duplicates included.</summary>
    public int Count => Entries.Count;

    /// <summary>The lines that were not taken, the first hundred one by one.</summary>
    public IReadOnlyList<NetworkIssue> Issues { get; }

    internal IReadOnlyList<ThreatEntry> Entries { get; }

    /// <summary>Reads a list. No text is so wrong that this fails: what cannot be read is in <see cref="Issues"/>.</summary>
    /// <param name="stream">UTF-8 or another superset of ASCII, or UTF-16 with a byte order mark; read to its end, not closed.</param>
    /// <param name="name">The list's name, shown as <see cref="NetworkPlace.ThreatList"/>.</param>
    public static ThreatList Read(Stream stream, string name) => ThreatListReader.Read(stream, name);
}
