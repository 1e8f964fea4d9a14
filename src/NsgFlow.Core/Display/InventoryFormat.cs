using System.Collections;
using System.Globalization;
using System.Linq;
using NsgFlow.Network;

namespace NsgFlow.Display;

/// <summary>What the views of inventories, addresses and coverage show. Names go through <see cref="FlowFormat.Text"/>: no escape sequence in one reaches the terminal.</summary>
public static class InventoryFormat
{
    private const int MostNames = 5;

    /// <summary>Whether there is nothing in it.</summary>
    public static bool IsEmpty(NetworkInventory inventory) =>
        inventory.VirtualNetworks.Count + inventory.NetworkInterfaces.Count + inventory.Nsgs.Count + inventory.PublicAddresses.Count + inventory.AksClusters.Count == 0;

    /// <summary><c>1 subnet</c>, <c>2 subnets</c>.</summary>
    public static string Number(int number, string what) => number.ToString(CultureInfo.InvariantCulture) + " " + what + (number == 1 ? string.Empty : "s");

    /// <summary>The main numbers in a phrase.</summary>
    public static string Summary(NetworkInventory inventory) => string.Join(
        ", ",
        Number(inventory.VirtualNetworks.Count, "virtual network"),
        Number(inventory.NetworkInterfaces.Count, "network interface"),
        Number(inventory.Nsgs.Count, "network security group"),
        Number(inventory.AksClusters.Count, "AKS cluster"));

    /// <summary>How many there are, and the first names; empty lists show 0.</summary>
    /// <param name="items">Texts, or what has a name.</param>
    public static string Names(IEnumerable items)
    {
        var all = items.Cast<object?>().ToList();
        var shown = string.Join(", ", all.Take(MostNames).Select(static item => FlowFormat.Text(item is INamedResource one ? NameOf(one) : item?.ToString())));
        return all.Count == 0 ? "0" : $"{all.Count.ToString(CultureInfo.InvariantCulture)}  {shown}{(all.Count > MostNames ? ", …" : string.Empty)}";
    }

    /// <summary>Virtual networks, with how many subnets.</summary>
    public static string Networks(NetworkInventory inventory) => Names(inventory.VirtualNetworks.Select(static one => $"{NameOf(one)} ({Number(one.Subnets.Count, "subnet")})"));

    /// <summary>AKS clusters, with how many nodes.</summary>
    public static string Clusters(NetworkInventory inventory) =>
        Names(inventory.AksClusters.Select(static one => $"{NameOf(one)} ({Number(one.NodePools.Sum(static pool => pool.Count ?? 0), "node")})"));

    /// <summary>What somebody wants to read of an address: its machine, load balancer, pods, site, tag.</summary>
    public static string What(AddressInfo info) => FlowFormat.Text(
        info.VirtualMachine ?? info.NetworkInterface ?? (info.LoadBalancer is { } balancer ? "load balancer " + balancer : null)
        ?? Pods(info) ?? info.Site ?? Threat(info) ?? info.ServiceTag
        // Azure's without a service tag: 168.63.129.16, which Traffic Analytics shows by this name.
        ?? (info.Kind == PlaceKind.Azure ? "Microsoft virtual public IP" : new ResourceId(info.ResourceId).Name));

    /// <summary>Where it is: network and subnet.</summary>
    public static string Where(AddressInfo info) => FlowFormat.Text(info.Subnet is null ? info.VirtualNetwork : info.VirtualNetwork + "/" + info.Subnet);

    /// <summary>The cluster and the pool.</summary>
    /// <remarks>PowerShell hands over an empty text where there is none.</remarks>
    public static string Aks(string? cluster, string? pool) => FlowFormat.Text(string.IsNullOrEmpty(pool) ? cluster : cluster + "/" + pool);

    /// <summary>By which flow logs it is logged: targets, NSGs marked as such.</summary>
    public static string By(FlowLogCoverage coverage) => FlowFormat.Text(
        coverage.Unsupported ?? (coverage.FlowLogs.Count > 0 ? string.Join(", ", coverage.FlowLogs.Select(Target))
            : coverage.DisabledFlowLogs.Count > 0 ? "disabled: " + string.Join(", ", coverage.DisabledFlowLogs.Select(Target)) : null));

    private static string? NameOf(INamedResource one) => one.Name ?? new ResourceId(one.Id).Name;

    private static string Target(FlowLog log) => log.TargetKind switch
    {
        FlowLogTargetKind.Nsg => "NSG ",
        FlowLogTargetKind.VirtualNetwork => "VNet ",
        FlowLogTargetKind.Subnet => "subnet ",
        FlowLogTargetKind.NetworkInterface => "NIC ",
        _ => string.Empty,
    } + log.Target;

    private static string? Pods(AddressInfo info) =>
        info.AksRange is not { } range ? null : (range == AksRange.Pod ? "pod" : "service") + (info.AksCluster is { } cluster ? " of " + cluster : " range of several clusters");

    private static string? Threat(AddressInfo info) =>
        info.ThreatList is null ? null : info.ThreatType is null ? "threat (" + info.ThreatList + ")" : info.ThreatType + " (" + info.ThreatList + ")";
}
