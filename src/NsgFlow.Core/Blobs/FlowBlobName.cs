using System;

namespace NsgFlow.Blobs;

/// <summary>
/// What the name of a blob, or the path of its copy in a folder, tells. Knows the NSG form and the three forms of VNet flow logs,
/// in any case, with slashes or backslashes, with folders before and any file name behind; what is
/// missing or malformed is null. Names of folders on the way are read just so, which is what lets a listing leave out whole trees.
/// </summary>
public sealed class FlowBlobName
{
    /// <summary>
    /// How long before its hour a blob's first tuples may be: an entry is filed by the time it was written, and its tuples are up to
    /// some 64 seconds older (in three of four real blobs the first tuples are of the minute before the hour).
    /// </summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(2);

    /// <summary>How long after its hour ended a blob may still grow.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);

    /// <summary>NSG or VNet flow log; null when the name does not tell.</summary>
    public FlowLogKind? Kind { get; internal init; }

    /// <summary>Name of the NSG, or of the VNet flow log; null when the name does not tell.</summary>
    public string? Target { get; internal init; }

    /// <summary>ARM id of the NSG or of the VNet flow log; null when the name has none, as that of most VNet blobs.</summary>
    public string? ResourceId { get; internal init; }

    /// <summary>Resource group of the NSG, or of the network watcher (which is not the target's); null when the name does not tell.</summary>
    public string? ResourceGroup { get; internal init; }

    /// <summary>Subscription; null when the name does not tell.</summary>
    public string? SubscriptionId { get; internal init; }

    /// <summary>MAC of the logging network interface, 12 upper-case hex digits; null when the name does not tell.</summary>
    public string? MacAddress { get; internal init; }

    /// <summary>Start of the hour the blob covers, UTC; null when the name does not tell.</summary>
    public DateTime? Hour { get; internal init; }

    /// <summary>Start of the year, month, day or hour the name tells, UTC; null when it tells no year.</summary>
    internal DateTime? PeriodStart { get; init; }

    /// <summary>End, exclusive, of the year, month, day or hour the name tells; null when it tells no year.</summary>
    internal DateTime? PeriodEnd { get; init; }

    /// <summary>Reads a name. Never fails: what cannot be read is null.</summary>
    public static FlowBlobName Parse(string name) => FlowBlobNameParser.Parse(name ?? throw new ArgumentNullException(nameof(name)));

    /// <summary>Reads a name.</summary>
    /// <param name="name">A blob name or a path.</param>
    /// <param name="parsed">What the name tells; never null.</param>
    /// <returns>True when it is a flow log blob's: kind and hour are told.</returns>
    public static bool TryParse(string? name, out FlowBlobName parsed)
    {
        parsed = FlowBlobNameParser.Parse(name ?? string.Empty);
        return parsed.Kind is not null && parsed.Hour is not null;
    }

    /// <summary>Whether Azure may still append to a blob of an hour: until ten minutes after the hour ended.</summary>
    /// <param name="hour">Start of the hour, UTC; null when not known, which counts as ended.</param>
    /// <param name="now">The present, UTC.</param>
    public static bool IsOpen(DateTime? hour, DateTime now) => hour is { } start && now - start < TimeSpan.FromHours(1) + Lag;
}
