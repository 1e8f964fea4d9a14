using System;

namespace NsgFlow;

/// <summary>
/// What one JSON element of <c>records</c> says about all its tuples: who wrote it, when, for which target. Made once per entry
/// and shared by its groups; immutable. Ids keep the case they were written in and compare without case.
/// </summary>
public sealed class FlowEntry
{
    /// <summary>Name of the blob, path of the file, or another name of the input; empty when it has none.</summary>
    public string Blob { get; init; } = string.Empty;

    /// <summary>Byte offset of the entry's opening brace in the (decompressed) blob.</summary>
    public long Offset { get; init; }

    /// <summary>NSG or VNet flow log.</summary>
    public FlowLogKind Kind { get; init; }

    /// <summary>1 or 2 (NSG), 4 (VNet), or what a later version says; 0 when the entry does not say.</summary>
    public int FormatVersion { get; init; }

    /// <summary>When Azure wrote the entry, UTC; null when missing or unreadable.</summary>
    public DateTime? Time { get; init; }

    /// <summary>MAC of the logging network interface as 12 upper-case hex digits; null when missing (then the group may have it).</summary>
    public string? MacAddress { get; init; }

    /// <summary>ARM id of what is logged: the NSG, or the virtual network, subnet or network interface; null when missing.</summary>
    public string? TargetResourceId { get; init; }

    /// <summary>ARM id of the flow log (VNet logs only); null when missing.</summary>
    public string? FlowLogResourceId { get; init; }
}
