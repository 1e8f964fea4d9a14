using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A rule of a network security group. Texts are as Azure has them: <c>*</c>, prefixes, service tags, port ranges.</summary>
public sealed class InventoryRule
{
    /// <summary>The name, as flow logs have it behind <c>UserRule_</c> or <c>DefaultRule_</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is one of those that every group has.</summary>
    public bool? IsDefault { get; init; }

    /// <summary>The lowest that fits counts.</summary>
    public int? Priority { get; init; }

    /// <summary><c>Inbound</c> or <c>Outbound</c>.</summary>
    public string? Direction { get; init; }

    /// <summary><c>Allow</c> or <c>Deny</c>.</summary>
    public string? Access { get; init; }

    /// <summary><c>Tcp</c>, <c>Udp</c>, <c>Icmp</c>, <c>Esp</c>, <c>Ah</c>, or <c>*</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>Prefixes, service tags, <c>*</c>.</summary>
    public IReadOnlyList<string> SourceAddresses { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Ports, ranges, <c>*</c>.</summary>
    public IReadOnlyList<string> SourcePorts { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM ids of application security groups.</summary>
    public IReadOnlyList<string> SourceGroups { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Prefixes, service tags, <c>*</c>.</summary>
    public IReadOnlyList<string> DestinationAddresses { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Ports, ranges, <c>*</c>.</summary>
    public IReadOnlyList<string> DestinationPorts { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM ids of application security groups.</summary>
    public IReadOnlyList<string> DestinationGroups { get; init => field = OutputList.Of(value); } = [];

    /// <summary>What somebody wrote about it, or null.</summary>
    public string? Description { get; init; }
}
