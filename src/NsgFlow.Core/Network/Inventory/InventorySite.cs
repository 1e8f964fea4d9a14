using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A site of the customer, or a point-to-site gateway, with the addresses behind it. It needs an id or a name.</summary>
public sealed class InventorySite : INamedResource
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region of the gateway, or null.</summary>
    public string? Location { get; init; }

    /// <summary>The prefixes (in JSON <c>addressPrefixes</c>, or <c>addressPools</c>).</summary>
    public IReadOnlyList<string> AddressPrefixes { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The public address of the site's own VPN device, or null.</summary>
    public string? GatewayAddress { get; init; }
}
