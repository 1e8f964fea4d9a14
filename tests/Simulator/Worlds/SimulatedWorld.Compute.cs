using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <content>Machines and clusters.</content>
public sealed partial class SimulatedWorld
{
    public string AddVirtualMachine(string group, string name, params string[] networkInterfaces)
    {
        var id = Add(group, "Microsoft.Compute/virtualMachines", name, new
        {
            vmId = Guids.From(group + name),
            hardwareProfile = new { vmSize = "Standard_D2s_v5" },
            networkProfile = new { networkInterfaces = networkInterfaces.Select(static nic => new { id = nic }) },
        });
        foreach (var nic in networkInterfaces)
        {
            State.Get(nic).Properties()["virtualMachine"] = Json.Reference(id);
        }

        return id;
    }

    /// <summary>A scale set, empty.</summary>
    public string AddScaleSet(string group, string name, string subnet, string? nsg = null)
    {
        var configuration = Json.Object(new
        {
            name,
            properties = new
            {
                primary = true,
                enableAcceleratedNetworking = true,
                ipConfigurations = new[]
                {
                    new { name = "ipconfig1", properties = new { primary = true, subnet = new { id = subnet }, privateIPAddressVersion = "IPv4" } },
                },
            },
        });
        if (nsg is not null)
        {
            configuration.Properties()["networkSecurityGroup"] = Json.Reference(nsg);
        }

        var made = New(group, ScaleSets.Type, name, null, Json.Object(new
        {
            singlePlacementGroup = false,
            orchestrationMode = "Uniform",
            virtualMachineProfile = new { networkProfile = new { networkInterfaceConfigurations = new[] { configuration } } },
        }));
        made["sku"] = Json.Object(new { name = "Standard_D4ds_v5", tier = "Standard", capacity = 0 });
        return State.Put(made);
    }

    /// <summary>An instance of a scale set with its network interface: neither is in any list of the subscription.</summary>
    /// <returns>The id of the network interface.</returns>
    public string AddInstance(string scaleSet, int number, string subnet, string mac, string[] addresses, string? nsg = null)
    {
        var set = State.Get(scaleSet);
        set["sku"]!["capacity"] = State.OfType(ScaleSets.MachineType, scaleSet).Count + 1;
        var instance = $"{scaleSet}/virtualMachines/{number.ToString(CultureInfo.InvariantCulture)}";
        var nic = $"{instance}/networkInterfaces/{set.Text("name")}";
        State.Put(Json.Object(new
        {
            name = $"{set.Text("name")}_{number}",
            id = instance,
            type = ScaleSets.MachineType,
            location = set.Text("location"),
            instanceId = number.ToString(CultureInfo.InvariantCulture),
            sku = new { name = "Standard_D4ds_v5", tier = "Standard" },
            properties = new
            {
                vmId = Guids.From(instance),
                latestModelApplied = true,
                provisioningState = "Succeeded",
                osProfile = new { computerName = $"{set.Text("name")}{number:D6}" },
                networkProfile = new { networkInterfaces = new[] { new { id = nic, properties = new { primary = true } } } },
            },
        }));
        var properties = InterfaceProperties(nic, subnet, mac, addresses, nsg);
        properties["provisioningState"] = "Succeeded";
        properties["resourceGuid"] = Guids.From(nic);
        properties["virtualMachine"] = Json.Reference(instance);
        return State.Put(Json.Object(new { name = set.Text("name"), id = nic, etag = ETag(nic), type = ScaleSets.InterfaceType, properties }));
    }

    /// <summary>An AKS cluster.</summary>
    /// <param name="nodeGroup">The name of the resource group that has its nodes.</param>
    /// <param name="subnet">The subnet its owner brought; null when AKS manages the virtual network.</param>
    /// <param name="podCidr">The pods' own range (overlay, kubenet); null when pods have addresses of the subnet.</param>
    public string AddAksCluster(string group, string name, string nodeGroup, string? subnet = null, string? podCidr = null, params string[] pools)
    {
        var network = Json.Object(new
        {
            networkPlugin = "azure",
            networkDataplane = "azure",
            loadBalancerSku = "standard",
            serviceCidr = "10.0.0.0/16",
            serviceCidrs = new[] { "10.0.0.0/16" },
            dnsServiceIP = "10.0.0.10",
            outboundType = "loadBalancer",
            ipFamilies = new[] { "IPv4" },
        });
        if (podCidr is not null)
        {
            network["networkPluginMode"] = "overlay";
            network["podCidr"] = podCidr;
            network["podCidrs"] = Json.Array(podCidr);
        }

        var made = New(group, "Microsoft.ContainerService/managedClusters", name, null, Json.Object(new
        {
            powerState = new { code = "Running" },
            kubernetesVersion = "1.33",
            currentKubernetesVersion = "1.33.2",
            dnsPrefix = name,
            fqdn = name + "-dns.hcp.example.azmk8s.io",
            agentPoolProfiles = (pools.Length > 0 ? pools : ["agentpool"]).Select((pool, i) => Pool(pool, subnet, isSystem: i == 0)),
            nodeResourceGroup = nodeGroup,
            enableRBAC = true,
            networkProfile = network,
            resourceUID = Guids.From(group + name),
        }));
        made["sku"] = Json.Object(new { name = "Base", tier = "Free" });
        made["identity"] = Json.Object(new { type = "SystemAssigned", principalId = Guids.From("identity" + group + name), tenantId = TenantId });
        var id = State.Put(made);

        // A node group says whose it is.
        if (State.Find($"/subscriptions/{ResourceId.Parse(group).Subscription}/resourceGroups/{nodeGroup}") is { } known)
        {
            known["managedBy"] = id;
        }

        return id;
    }

    private static JsonObject Pool(string name, string? subnet, bool isSystem)
    {
        var pool = Json.Object(new
        {
            name,
            count = 3,
            vmSize = "Standard_D4ds_v5",
            osDiskType = "Ephemeral",
            maxPods = 30,
            type = "VirtualMachineScaleSets",
            provisioningState = "Succeeded",
            powerState = new { code = "Running" },
            orchestratorVersion = "1.33",
            mode = isSystem ? "System" : "User",
            osType = "Linux",
        });
        if (subnet is not null)
        {
            pool["vnetSubnetID"] = subnet;
        }

        return pool;
    }
}
