using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Resources;

/// <summary>A subnet's name means little without its network's.</summary>
internal static class SubnetNames
{
    /// <summary>Names of networks and subnets, given apart, as <c>network/subnet</c>; as they are when one of them is an id or joined already.</summary>
    public static (IReadOnlyList<string> Networks, IReadOnlyList<string> Subnets) Joined(IReadOnlyList<string> networks, IReadOnlyList<string> subnets) =>
        networks.Count > 0 && subnets.Count > 0 && networks.Concat(subnets).All(static name => name.IndexOf('/') < 0)
            ? ([], [.. networks.SelectMany(network => subnets.Select(subnet => network.Trim() + "/" + subnet.Trim()))])
            : (networks, subnets);
}
