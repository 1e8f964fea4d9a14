using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Unit.Network;

/// <summary>
/// A small network as Azure answers, after the REST specifications: a hub with gateways and a spoke with an AKS cluster, a machine with a public address, a private
/// endpoint; ids in several spellings, types in lower case as Resource Graph writes them.
/// </summary>
internal static class AzureNetwork
{
    public const string Subscription = "11111111-1111-1111-1111-111111111111";
    public const string Rg = "/subscriptions/" + Subscription + "/resourceGroups/rg-net/providers/Microsoft.Network/";
    public const string NodeRg = "/subscriptions/" + Subscription + "/resourceGroups/MC_rg_prod_weu";
    public const string ScaleSetId = NodeRg + "/providers/Microsoft.Compute/virtualMachineScaleSets/aks-np1-vmss";
    public const string ClusterId = "/subscriptions/" + Subscription + "/resourcegroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/prod";

    public const string Hub = $$"""
        { "id": "{{Rg}}virtualNetworks/hub", "name": "hub", "type": "microsoft.network/virtualnetworks", "location": "westeurope",
          "properties": { "addressSpace": { "addressPrefixes": [ "10.0.0.0/16" ] }, "flowTimeoutInMinutes": 10,
            "subnets": [
              { "id": "{{Rg}}virtualNetworks/hub/subnets/web", "name": "web",
                "properties": { "addressPrefix": "10.0.1.0/24", "networkSecurityGroup": { "id": "{{Rg}}networkSecurityGroups/web-nsg" }, "delegations": [] } },
              { "id": "{{Rg}}virtualNetworks/hub/subnets/GatewaySubnet", "name": "GatewaySubnet", "properties": { "addressPrefixes": [ "10.0.0.0/27", "fd00::/64" ] } },
              { "id": "{{Rg}}virtualNetworks/hub/subnets/apps", "name": "apps",
                "properties": { "addressPrefix": "10.0.2.0/24", "delegations": [ { "name": "d", "properties": { "serviceName": "Microsoft.Web/serverFarms" } } ] } } ],
            "virtualNetworkPeerings": [
              { "name": "to-far", "properties": { "peeringState": "Connected", "remoteVirtualNetwork": { "id": "/subscriptions/2/resourceGroups/other/providers/Microsoft.Network/virtualNetworks/far" },
                "remoteAddressSpace": { "addressPrefixes": [ "10.9.0.0/16" ] } } },
              { "name": "to-aks", "properties": { "peeringState": "Connected", "remoteVirtualNetwork": { "id": "{{Rg}}virtualNetworks/aks" }, "remoteAddressSpace": { "addressPrefixes": [ "10.1.0.0/16" ] } } } ] } }
        """;

    public const string AksNetwork = $$"""
        { "id": "{{Rg}}virtualNetworks/aks", "name": "aks", "type": "microsoft.network/virtualnetworks", "location": "westeurope",
          "properties": { "addressSpace": { "addressPrefixes": [ "10.1.0.0/16" ] },
            "subnets": [ { "id": "{{Rg}}virtualNetworks/aks/subnets/nodes", "name": "nodes", "properties": { "addressPrefix": "10.1.0.0/22" } },
                         { "id": "{{Rg}}virtualNetworks/aks/subnets/pods", "name": "pods", "properties": { "addressPrefix": "10.1.16.0/20" } } ] } }
        """;

    public const string Nic = $$"""
        { "id": "{{Rg}}networkInterfaces/vm1-nic", "name": "vm1-nic", "type": "microsoft.network/networkinterfaces", "location": "westeurope",
          "properties": { "macAddress": "00-0D-3A-F8-80-1A", "primary": true,
            "networkSecurityGroup": { "id": "{{Rg}}networkSecurityGroups/vm1-nsg" },
            "virtualMachine": { "id": "/subscriptions/{{Subscription}}/resourceGroups/rg-net/providers/Microsoft.Compute/virtualMachines/vm1" },
            "ipConfigurations": [
              { "name": "second", "properties": { "privateIPAddress": "10.0.1.5", "primary": false, "subnet": { "id": "{{Rg}}virtualNetworks/hub/subnets/web" } } },
              { "name": "first", "properties": { "privateIPAddress": "10.0.1.4", "primary": true, "subnet": { "id": "{{Rg}}virtualNetworks/hub/subnets/web" },
                "publicIPAddress": { "id": "{{Rg}}publicIPAddresses/vm1-ip" } } } ] } }
        """;

    public const string EndpointNic = $$"""
        { "id": "{{Rg}}networkInterfaces/pe.nic", "name": "pe.nic", "type": "microsoft.network/networkinterfaces", "location": "westeurope",
          "properties": { "macAddress": "", "privateEndpoint": { "id": "{{Rg}}privateEndpoints/pe" },
            "ipConfigurations": [ { "properties": { "privateIPAddress": "10.0.1.9", "primary": true, "subnet": { "id": "{{Rg}}virtualNetworks/hub/subnets/web" } } } ] } }
        """;

    public const string Machine = $$"""
        { "id": "/subscriptions/{{Subscription}}/resourceGroups/RG-NET/providers/Microsoft.Compute/virtualMachines/vm1", "name": "vm1", "type": "microsoft.compute/virtualmachines",
          "location": "westeurope", "properties": { "hardwareProfile": { "vmSize": "Standard_D2s_v5" } } }
        """;

    public const string Nsg = $$"""
        { "id": "{{Rg}}networkSecurityGroups/web-nsg", "name": "web-nsg", "type": "microsoft.network/networksecuritygroups", "location": "westeurope",
          "properties": {
            "securityRules": [
              { "name": "out", "properties": { "protocol": "*", "sourcePortRange": "*", "sourcePortRanges": [], "sourceAddressPrefix": "*", "destinationPortRange": "*", "destinationAddressPrefix": "Internet",
                "access": "Deny", "priority": 100, "direction": "Outbound" } },
              { "name": "web", "properties": { "description": "shop", "protocol": "Tcp", "sourcePortRange": "*", "destinationPortRanges": [ "80", "443" ], "sourceAddressPrefix": "Internet",
                "destinationAddressPrefix": "", "destinationAddressPrefixes": [], "destinationApplicationSecurityGroups": [ { "id": "{{Rg}}applicationSecurityGroups/shop" } ],
                "access": "Allow", "priority": 200, "direction": "Inbound" } } ],
            "defaultSecurityRules": [
              { "name": "DenyAllInBound", "properties": { "protocol": "*", "sourcePortRange": "*", "destinationPortRange": "*", "sourceAddressPrefix": "*", "destinationAddressPrefix": "*",
                "access": "Deny", "priority": 65500, "direction": "Inbound" } } ],
            "subnets": [ { "id": "{{Rg}}virtualNetworks/hub/subnets/web" } ] } }
        """;

    public const string LoadBalancer = $$"""
        { "id": "{{NodeRg}}/providers/Microsoft.Network/loadBalancers/kubernetes-internal", "name": "kubernetes-internal", "type": "microsoft.network/loadbalancers", "location": "westeurope",
          "sku": { "name": "Standard" },
          "properties": {
            "frontendIPConfigurations": [ { "name": "f1", "properties": { "privateIPAddress": "10.1.0.100", "subnet": { "id": "{{Rg}}virtualNetworks/aks/subnets/nodes" } } },
                                          { "name": "f2", "properties": { "publicIPAddress": { "id": "{{Rg}}publicIPAddresses/lb-ip" } } } ],
            "backendAddressPools": [ { "properties": { "backendIPConfigurations": [ { "id": "{{ScaleSetId}}/virtualMachines/0/networkInterfaces/aks-np1-vmss/ipConfigurations/ipconfig1" } ],
              "loadBalancerBackendAddresses": [ { "properties": { "ipAddress": "10.0.1.4" } } ] } } ] } }
        """;

    public const string MachineAddress = $$"""
        { "id": "{{Rg}}publicIPAddresses/vm1-ip", "name": "vm1-ip", "type": "microsoft.network/publicipaddresses", "location": "westeurope",
          "properties": { "ipAddress": "20.50.0.1", "ipConfiguration": { "id": "{{Rg}}networkInterfaces/vm1-nic/ipConfigurations/first" } } }
        """;

    public const string BalancerAddress = $$"""
        { "id": "{{Rg}}publicIPAddresses/lb-ip", "name": "lb-ip", "type": "microsoft.network/publicipaddresses", "location": "westeurope",
          "properties": { "ipAddress": "20.50.0.2", "ipConfiguration": { "id": "{{NodeRg}}/providers/Microsoft.Network/loadBalancers/kubernetes-internal/frontendIPConfigurations/f2" } } }
        """;

    public const string Prefix = $$"""
        { "id": "{{Rg}}publicIPPrefixes/out", "name": "out", "type": "microsoft.network/publicipprefixes", "location": "westeurope",
          "properties": { "ipPrefix": "20.50.0.16/28", "natGateway": { "id": "{{Rg}}natGateways/nat" } } }
        """;

    public const string Gateway = $$"""
        { "id": "{{Rg}}virtualNetworkGateways/vpn", "name": "vpn", "type": "microsoft.network/virtualnetworkgateways", "location": "westeurope",
          "properties": { "gatewayType": "Vpn", "ipConfigurations": [ { "properties": { "subnet": { "id": "{{Rg}}virtualNetworks/hub/subnets/GatewaySubnet" } } } ],
            "vpnClientConfiguration": { "vpnClientAddressPool": { "addressPrefixes": [ "172.16.201.0/24" ] } } } }
        """;

    public const string Site = $$"""
        { "id": "{{Rg}}localNetworkGateways/berlin", "name": "berlin", "type": "microsoft.network/localnetworkgateways", "location": "westeurope",
          "properties": { "gatewayIpAddress": "198.51.100.7", "localNetworkAddressSpace": { "addressPrefixes": [ "192.168.0.0/16", "not an address" ] } } }
        """;

    public const string Cluster = $$"""
        { "id": "{{ClusterId}}", "name": "prod", "type": "microsoft.containerservice/managedclusters", "location": "westeurope",
          "properties": { "nodeResourceGroup": "mc_rg_PROD_weu",
            "agentPoolProfiles": [ { "name": "np1", "count": 2, "mode": "System", "type": "VirtualMachineScaleSets", "vmSize": "Standard_D4s_v5", "vnetSubnetID": "{{Rg}}virtualNetworks/aks/subnets/nodes" },
                                   { "name": "gpu", "count": 0, "mode": "User", "type": "VirtualMachineScaleSets" } ],
            "networkProfile": { "networkPlugin": "azure", "networkPluginMode": "overlay", "podCidr": "10.244.0.0/16", "podCidrs": [ "10.244.0.0/16", "fd12::/64" ], "serviceCidr": "172.20.0.0/16",
              "dnsServiceIP": "172.20.0.10", "outboundType": "loadBalancer" } } }
        """;

    public const string ScaleSet = $$"""
        { "id": "{{ScaleSetId}}", "name": "aks-np1-vmss", "type": "microsoft.compute/virtualmachinescalesets", "location": "westeurope", "tags": { "aks-managed-poolName": "np1" },
          "properties": { "orchestrationMode": "Uniform", "virtualMachineProfile": { "networkProfile": { "networkInterfaceConfigurations": [
            { "properties": { "ipConfigurations": [ { "properties": { "subnet": { "id": "{{Rg}}virtualNetworks/aks/subnets/nodes" } } } ] } } ] } } } }
        """;

    public const string Flexible = $$"""
        { "id": "/subscriptions/{{Subscription}}/resourceGroups/rg-net/providers/Microsoft.Compute/virtualMachineScaleSets/flex", "name": "flex", "type": "microsoft.compute/virtualmachinescalesets", "location": "westeurope",
          "properties": { "orchestrationMode": "Flexible" } }
        """;

    public static IReadOnlyList<ArmResource> All { get; } =
    [
        .. new[]
        {
            ScaleSet, Flexible, Cluster, Site, Gateway, Prefix, BalancerAddress, MachineAddress, LoadBalancer, Nsg, Machine, EndpointNic, Nic, AksNetwork, Hub,
        }.Select(ArmResource.Parse),
    ];

    /// <summary>All of it, with two instances of the scale set.</summary>
    public static ListedArm Answers() => new ListedArm { Graph = All }
        .On("/subscriptions", $$"""{ "id": "/subscriptions/{{Subscription}}", "subscriptionId": "{{Subscription}}", "displayName": "Production" }""")
        .On(ScaleSetId + "/networkInterfaces", InstanceNic(1), InstanceNic(0));

    private static string InstanceNic(int instance) => $$"""
        { "id": "{{ScaleSetId}}/virtualMachines/{{instance}}/networkInterfaces/aks-np1-vmss", "name": "aks-np1-vmss",
          "properties": { "macAddress": "00-22-48-00-00-0{{instance}}", "primary": true, "virtualMachine": { "id": "{{ScaleSetId}}/virtualMachines/{{instance}}" },
            "ipConfigurations": [ { "name": "ipconfig1", "properties": { "privateIPAddress": "10.1.0.{{4 + instance}}", "primary": true,
              "subnet": { "id": "{{Rg}}virtualNetworks/aks/subnets/nodes" } } } ] } }
        """;
}
