using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Filtering;
using static NsgFlow.Network.InventoryIds;
using static NsgFlow.Network.InventoryText;

namespace NsgFlow.Network;

/// <summary>What ARM and Resource Graph say of a resource as what an inventory says of it: both write the same properties. For one thread.</summary>
internal sealed class InventoryShapes(ICollection<string> issues)
{
    private string _about = string.Empty;

    public InventoryVirtualNetwork VirtualNetwork(ArmResource network, IReadOnlyList<InventoryGateway> gateways) => new()
    {
        Id = About(network),
        Name = network.Name,
        Location = network.Location,
        AddressPrefixes = Prefixes(network.Properties["addressSpace"]["addressPrefixes"]),
        Subnets = [.. network.Properties["subnets"].Items.Select(Subnet).OrderBy(static subnet => subnet.Name, StringComparer.OrdinalIgnoreCase)],
        Peerings = [.. network.Properties["virtualNetworkPeerings"].Items.Select(Peering).OrderBy(static peering => peering.Name, StringComparer.OrdinalIgnoreCase)],
        Gateways = gateways,
        FlowTimeoutInMinutes = (int?)network.Properties["flowTimeoutInMinutes"].Number,
    };

    public static InventoryGateway Gateway(ArmResource gateway) => new() { Id = gateway.Id, Name = gateway.Name, Type = gateway.Properties["gatewayType"].Text };

    /// <summary>Ids of the virtual networks in which a gateway is: one.</summary>
    public static IEnumerable<string> NetworksOf(ArmResource gateway) => gateway.Properties["ipConfigurations"].Items
        .Select(static configuration => Owner(IdOf(configuration["properties"]["subnet"]))).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    /// <param name="nic">The network interface.</param>
    /// <param name="machine">Id of its virtual machine where its own answer may lack it.</param>
    /// <param name="location">Its region, when its own answer has none.</param>
    public InventoryNetworkInterface NetworkInterface(ArmResource nic, string? machine = null, string? location = null)
    {
        var configurations = nic.Properties["ipConfigurations"].Items.Select(static configuration => configuration["properties"])
            .OrderBy(static configuration => configuration["primary"].Flag == true ? 0 : 1).ToList();
        return new InventoryNetworkInterface
        {
            Id = About(nic),
            Name = nic.Name,
            Location = nic.Location ?? location,
            MacAddress = MacSet.TryNormalize(nic.Properties["macAddress"].Text, out _, out _) ? nic.Properties["macAddress"].Text : null,
            Addresses = Addresses(configurations.Select(static configuration => configuration["privateIPAddress"].Text)),
            Subnet = configurations.Select(static configuration => SubnetId(configuration["subnet"])).FirstOrDefault(static id => id is not null),
            Nsg = IdOf(nic.Properties["networkSecurityGroup"]),
            VirtualMachine = IdOf(nic.Properties["virtualMachine"]) ?? machine,
            IsPrimary = nic.Properties["primary"].Flag,
            PrivateEndpoint = IdOf(nic.Properties["privateEndpoint"]),
        };
    }

    public InventoryNsg Nsg(ArmResource nsg) => new()
    {
        Id = About(nsg),
        Name = nsg.Name,
        Location = nsg.Location,
        Rules = [.. Rules(nsg.Properties["securityRules"], isDefault: false), .. Rules(nsg.Properties["defaultSecurityRules"], isDefault: true)],
        Subnets = Ids(nsg.Properties["subnets"]),
        NetworkInterfaces = Ids(nsg.Properties["networkInterfaces"]),
    };

    public InventoryLoadBalancer LoadBalancer(ArmResource balancer)
    {
        var pools = balancer.Properties["backendAddressPools"].Items.Select(static pool => pool["properties"]).ToList();
        var backends = pools.SelectMany(static pool => pool["backendIPConfigurations"].Items).Select(static configuration => Owner(IdOf(configuration)))
            .Concat(pools.SelectMany(static pool => pool["loadBalancerBackendAddresses"].Items).Select(static address =>
                Owner(IdOf(address["properties"]["networkInterfaceIPConfiguration"])) ?? Filled(address["properties"]["ipAddress"].Text)));
        return new InventoryLoadBalancer
        {
            Id = About(balancer),
            Name = balancer.Name,
            Location = balancer.Location,
            Sku = balancer.Root["sku"]["name"].Text,
            Frontends = [.. balancer.Properties["frontendIPConfigurations"].Items.Select(Frontend)],
            Backends = Sorted(backends),
        };
    }

    public InventoryPublicAddress PublicAddress(ArmResource address)
    {
        var properties = address.Properties;
        var owner = Owner(IdOf(properties["ipConfiguration"])) ?? IdOf(properties["natGateway"]) ?? Owner(IdOf(properties["loadBalancerFrontendIpConfiguration"]));
        var isInterface = new ResourceId(owner).NetworkInterface is not null;
        return new InventoryPublicAddress
        {
            Id = About(address),
            Name = address.Name,
            Location = address.Location,
            Addresses = Addresses([properties["ipAddress"].Text ?? properties["ipPrefix"].Text]),
            NetworkInterface = isInterface ? owner : null,
            Resource = isInterface ? null : owner,
        };
    }

    public InventorySite Site(ArmResource gateway) => new()
    {
        Id = About(gateway),
        Name = gateway.Name,
        Location = gateway.Location,
        AddressPrefixes = Prefixes(gateway.Properties["localNetworkAddressSpace"]["addressPrefixes"]),
        GatewayAddress = Filled(gateway.Properties["gatewayIpAddress"].Text),
    };

    public InventorySite PointToSite(ArmResource gateway) => new()
    {
        Id = About(gateway),
        Name = gateway.Name,
        Location = gateway.Location,
        AddressPrefixes = Prefixes(gateway.Properties["vpnClientConfiguration"]["vpnClientAddressPool"]["addressPrefixes"]),
    };

    public InventoryAksCluster AksCluster(ArmResource cluster, Func<string, string?> subnetOfPool)
    {
        var network = cluster.Properties["networkProfile"];
        return new InventoryAksCluster
        {
            Id = About(cluster),
            Name = cluster.Name,
            Location = cluster.Location,
            NodeResourceGroup = cluster.Properties["nodeResourceGroup"].Text,
            NetworkPlugin = network["networkPlugin"].Text,
            NetworkPluginMode = network["networkPluginMode"].Text,
            OutboundType = network["outboundType"].Text,
            PodRanges = Ranges(network["podCidrs"], network["podCidr"]),
            ServiceRanges = Ranges(network["serviceCidrs"], network["serviceCidr"]),
            DnsServiceAddress = network["dnsServiceIP"].Text,
            NodePools = [.. cluster.Properties["agentPoolProfiles"].Items.Select(pool => NodePool(pool, subnetOfPool)).OrderBy(static pool => pool.Name, StringComparer.OrdinalIgnoreCase)],
        };
    }

    private static InventoryNodePool NodePool(ArmNode pool, Func<string, string?> subnetOfPool) => new()
    {
        Name = pool["name"].Text,
        Count = (int?)pool["count"].Number,
        Mode = pool["mode"].Text,
        Type = pool["type"].Text,
        VmSize = pool["vmSize"].Text,
        Subnet = Filled(pool["vnetSubnetID"].Text) ?? subnetOfPool(pool["name"].Text ?? string.Empty),
        PodSubnet = Filled(pool["podSubnetID"].Text),
    };

    private string About(ArmResource resource) => _about = resource.Id;

    private InventorySubnet Subnet(ArmNode subnet) => new()
    {
        Id = subnet["id"].Text,
        Name = subnet["name"].Text ?? new ResourceId(subnet["id"].Text).Name,
        AddressPrefixes = Ranges(subnet["properties"]["addressPrefixes"], subnet["properties"]["addressPrefix"]),
        Nsg = IdOf(subnet["properties"]["networkSecurityGroup"]),
        Delegations = [.. subnet["properties"]["delegations"].Items.Select(static delegation => delegation["properties"]["serviceName"].Text).OfType<string>()],
    };

    private InventoryPeering Peering(ArmNode peering) => new()
    {
        Name = peering["name"].Text,
        VirtualNetwork = IdOf(peering["properties"]["remoteVirtualNetwork"]),
        AddressPrefixes = Prefixes(peering["properties"]["remoteAddressSpace"]["addressPrefixes"]),
        State = peering["properties"]["peeringState"].Text,
    };

    private InventoryFrontend Frontend(ArmNode frontend) => new()
    {
        Name = frontend["name"].Text,
        Addresses = Addresses([frontend["properties"]["privateIPAddress"].Text]),
        Subnet = SubnetId(frontend["properties"]["subnet"]),
        PublicAddress = IdOf(frontend["properties"]["publicIPAddress"]) ?? IdOf(frontend["properties"]["publicIPPrefix"]),
    };

    private static IEnumerable<InventoryRule> Rules(ArmNode rules, bool isDefault) => rules.Items.Select(rule => Rule(rule, isDefault))
        .OrderBy(static rule => rule.Direction, StringComparer.OrdinalIgnoreCase).ThenBy(static rule => rule.Priority).ThenBy(static rule => rule.Name, StringComparer.OrdinalIgnoreCase);

    private static InventoryRule Rule(ArmNode rule, bool isDefault)
    {
        var properties = rule["properties"];
        return new InventoryRule
        {
            Name = rule["name"].Text,
            IsDefault = isDefault,
            Priority = (int?)properties["priority"].Number,
            Direction = properties["direction"].Text,
            Access = properties["access"].Text,
            Protocol = properties["protocol"].Text,
            SourceAddresses = Both(properties["sourceAddressPrefix"], properties["sourceAddressPrefixes"]),
            SourcePorts = Both(properties["sourcePortRange"], properties["sourcePortRanges"]),
            SourceGroups = Ids(properties["sourceApplicationSecurityGroups"]),
            DestinationAddresses = Both(properties["destinationAddressPrefix"], properties["destinationAddressPrefixes"]),
            DestinationPorts = Both(properties["destinationPortRange"], properties["destinationPortRanges"]),
            DestinationGroups = Ids(properties["destinationApplicationSecurityGroups"]),
            Description = Filled(properties["description"].Text),
        };
    }

    // A rule has one value or a list, and Azure may send an empty one of the other.
    private static IReadOnlyList<string> Both(ArmNode one, ArmNode many) => [.. many.Items.Select(static item => item.Text).Prepend(one.Text).Select(Filled).OfType<string>()];

    private List<string> Ranges(ArmNode many, ArmNode one)
    {
        var all = Prefixes(many);
        return all.Count > 0 ? all : Addresses([one.Text]);
    }

    private List<string> Prefixes(ArmNode list) => Addresses(list.Items.Select(static item => item.Text));

    // What is no address (a slip in a local network gateway, a text that a later version writes) must not make the whole inventory unreadable.
    private List<string> Addresses(IEnumerable<string?> texts)
    {
        var addresses = new List<string>();
        foreach (var text in texts.Select(Filled).OfType<string>())
        {
            if (AddressSet.TryParse(text, out _, out var error))
                addresses.Add(text);
            else
                issues.Add($"{_about}: {error} It was left out.");
        }

        return addresses;
    }

    private static string? SubnetId(ArmNode reference) => IdOf(reference) is { } id && new ResourceId(id) is { VirtualNetwork: not null, Subnet: not null } ? id : null;

    private static IReadOnlyList<string> Ids(ArmNode references) => Sorted(references.Items.Select(IdOf));
}
