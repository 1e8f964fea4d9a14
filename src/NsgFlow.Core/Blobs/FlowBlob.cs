using System;

namespace NsgFlow;

/// <summary>One <c>PT1H.json</c>: a blob in a storage account or a file in a folder, with what its name tells.</summary>
public sealed class FlowBlob
{
    /// <summary>Storage account; null for a file.</summary>
    public string? Account { get; init; }

    /// <summary>Container; null for a file.</summary>
    public string? Container { get; init; }

    /// <summary>Name in the container, or full path of the file.</summary>
    public required string Name { get; init; }

    /// <summary>NSG or VNet flow log, told by the name; null when the name does not tell (a loose file).</summary>
    public FlowLogKind? Kind { get; init; }

    /// <summary>Name of what is logged (NSG), or of the flow log (VNet), as the blob name has it; null when the name does not tell.</summary>
    public string? Target { get; init; }

    /// <summary>ARM id in the blob name (of the NSG, or of the VNet flow log), null when the name has none.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Resource group in the name; null when the name does not tell.</summary>
    public string? ResourceGroup { get; init; }

    /// <summary>Subscription id in the name; null when the name does not tell.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>MAC of the logging network interface, 12 upper-case hex digits; null when the name does not tell.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Start of the hour the blob covers, UTC; null when the name does not tell.</summary>
    public DateTime? Hour { get; init; }

    /// <summary>Bytes, as listed; a blob of the running hour grows.</summary>
    public long Length { get; init; }

    /// <summary>Last change, UTC.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>ETag as listed; null for a file.</summary>
    public string? ETag { get; init; }

    /// <summary>True while Azure may still append: until ten minutes after the hour ended.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Where the blob is read from; null for an object that did not come from a store (then it cannot be read).</summary>
    internal Blobs.IFlowBlobStore? Store { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
