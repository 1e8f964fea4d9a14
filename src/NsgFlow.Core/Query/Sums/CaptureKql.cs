using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>
/// Each flow once, in KQL: rows become captures (a flow without its source port, in an hour, by who saw it), and of the captures of one flow the one of the
/// lowest rank counts, as <see cref="Measuring.CaptureKey"/> has it.
/// </summary>
internal static class CaptureKql
{
    /// <summary>Columns of the normal rows that tell a capture.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["Table", "IntervalStart", "Direction", "SourceAddress", "DestinationAddress", "DestinationPort", "Protocol", "Decision", "IsAtHop"];

    /// <summary>What the captures of one flow have in common.</summary>
    public static IReadOnlyList<string> Identity { get; } =
        ["SourceAddress", "DestinationAddress", "DestinationPort", "Protocol", "Decision", "End", "CaptureHour"];

    /// <summary>Whether a capture of a rank is of what comes in.</summary>
    public const string IsInbound = "Rank % 4 >= 2";

    /// <summary>Makes <see cref="Identity"/> and <c>Rank</c>. A hop of a user-defined route captures again what an end has captured, so it comes last.</summary>
    public static IReadOnlyList<string> Made { get; } =
    [
        $"End = iff({IsInside("SourceAddress")} and {IsInside("DestinationAddress")}, \"\", Direction)",
        "CaptureHour = bin(IntervalStart, 1h)",
        "Rank = iff(IsAtHop, 4, 0) + iff(Direction == \"Outbound\", 0, 2) + iff(Table == \"VirtualNetwork\", 0, 1)",
    ];

    /// <summary>Of captures, one row for each rank, those of the lowest rank.</summary>
    /// <param name="identity">What the captures of one flow have in common.</param>
    public static string Best(IEnumerable<string> identity) => Kql.Summarize(["arg_min(Rank, *)"], identity);

    /// <summary>The same, where a capture has several rows, one for each piece of its hour.</summary>
    /// <param name="captures">Name of the captures.</param>
    /// <param name="identity">What the captures of one flow have in common.</param>
    public static string BestOfMany(string captures, IReadOnlyCollection<string> identity) =>
        $"{captures}\n| join kind=leftsemi ({captures}{Kql.Summarize(["Rank = min(Rank)"], identity)}) on {Kql.List(identity.Append("Rank"))}";

    // The ranges are those of InsideAddresses (a test compares). What is no IPv4 address is asked for as an IPv6 one; what is none either is not inside.
    private static string IsInside(string address) =>
        $"coalesce(ipv4_is_in_any_range({address}, \"10.0.0.0/8\", \"172.16.0.0/12\", \"192.168.0.0/16\", \"100.64.0.0/10\"), "
        + $"ipv6_is_in_any_range({address}, \"fc00::/7\"), false)";
}
