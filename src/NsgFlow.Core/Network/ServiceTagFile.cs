using System.Collections.Generic;
using System.IO;

namespace NsgFlow.Network;

/// <summary>
/// Azure's service tags, as Microsoft publishes them in <c>ServiceTags_Public_….json</c> (and for other clouds), and as
/// <c>Get-AzNetworkServiceTag | ConvertTo-Json -Depth 5</c> gives them.
/// </summary>
public sealed class ServiceTagFile
{
    internal ServiceTagFile(string name, string? cloud, long? changeNumber, IReadOnlyList<ServiceTagEntry> tags, IReadOnlyList<NetworkIssue> issues)
    {
        Name = name;
        Cloud = cloud;
        ChangeNumber = changeNumber;
        Tags = tags;
        Issues = issues;
        foreach (var tag in tags)
        {
            PrefixCount += tag.Ranges.Count;
        }
    }

    /// <summary>The name given to the file.</summary>
    public string Name { get; }

    /// <summary>The cloud (<c>Public</c>), or null when the file does not say.</summary>
    public string? Cloud { get; }

    /// <summary>The publication's number, or null when the file does not say.</summary>
    public long? ChangeNumber { get; }

    /// <summary>How many prefixes were read.</summary>
    public int PrefixCount { get; }

    /// <summary>What was not taken, the first hundred one by one.</summary>
    public IReadOnlyList<NetworkIssue> Issues { get; }

    internal IReadOnlyList<ServiceTagEntry> Tags { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">UTF-8, or UTF-16 with a byte order mark; read to its end, not closed.</param>
    /// <param name="name">What issues call the file.</param>
    /// <exception cref="System.FormatException">It is no JSON, or has no list <c>values</c>. Single wrong prefixes are <see cref="Issues"/>.</exception>
    public static ServiceTagFile Read(Stream stream, string name) => ServiceTagReader.Read(NetworkFile.ReadAll(stream, "The service-tag file"), name);
}
