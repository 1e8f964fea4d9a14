using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Network;

namespace NsgFlow.Setup;

/// <summary>
/// Services whose traffic no flow log writes, by the delegation of their subnets
/// (https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview#incompatible-services).
/// </summary>
internal static class UnsupportedServices
{
    private static readonly Dictionary<string, string> _services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.ContainerInstance/containerGroups"] = "Azure Container Instances",
        ["Microsoft.App/environments"] = "Azure Container Apps",
        ["Microsoft.Web/serverFarms"] = "App Service, Functions and Logic Apps",
        ["Microsoft.Web/hostingEnvironments"] = "App Service Environments",
        ["Microsoft.Logic/integrationServiceEnvironments"] = "Logic Apps",
        ["Microsoft.Network/dnsResolvers"] = "Azure DNS Private Resolver",
        ["Microsoft.DBforMySQL/flexibleServers"] = "Azure Database for MySQL",
        ["Microsoft.DBforMySQL/serversv2"] = "Azure Database for MySQL",
        ["Microsoft.DBforPostgreSQL/flexibleServers"] = "Azure Database for PostgreSQL",
        ["Microsoft.DBforPostgreSQL/serversv2"] = "Azure Database for PostgreSQL",
        ["Microsoft.DBforPostgreSQL/singleServers"] = "Azure Database for PostgreSQL",
        ["Microsoft.NetApp/volumes"] = "Azure NetApp Files",
        ["Microsoft.Sql/managedInstances"] = "Azure SQL Managed Instance",
        ["Microsoft.PowerPlatform/enterprisePolicies"] = "Power Platform",
        ["Microsoft.PowerPlatform/vnetaccesslinks"] = "Power Platform",
    };

    /// <summary>Why nothing in a subnet can be logged, or null.</summary>
    public static string? In(InventorySubnet? subnet) =>
        subnet?.Delegations.Select(static service => _services.TryGetValue(service, out var name) ? name : null).FirstOrDefault(static name => name is not null) is { } found
            ? $"Flow logs do not support {found}, to which the subnet is delegated."
            : null;

    /// <summary>Why a network interface cannot be logged, or null.</summary>
    public static string? Of(InventoryNetworkInterface nic) =>
        nic.PrivateEndpoint is null ? null : "Traffic of a private endpoint is logged at its other end only.";
}
