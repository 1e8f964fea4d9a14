using System;
using System.Collections.Generic;

namespace NsgFlow.Setup;

/// <summary>
/// Services whose traffic no flow log writes, by the delegation of their subnets
/// (https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview#incompatible-services).
/// </summary>
internal static class UnsupportedService
{
    private static readonly Dictionary<string, string> _services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.ContainerInstance/containerGroups"] = "Container Instances",
        ["Microsoft.App/environments"] = "Container Apps",
        ["Microsoft.Logic/integrationServiceEnvironments"] = "Logic Apps",
        ["Microsoft.Web/serverFarms"] = "App Service, Functions and Logic Apps",
        ["Microsoft.Web/hostingEnvironments"] = "App Service Environment",
        ["Microsoft.Network/dnsResolvers"] = "DNS Private Resolver",
        ["Microsoft.DBforMariaDB/servers"] = "Database for MariaDB",
        ["Microsoft.DBforMySQL/flexibleServers"] = "Database for MySQL",
        ["Microsoft.DBforMySQL/servers"] = "Database for MySQL",
        ["Microsoft.DBforMySQL/serversv2"] = "Database for MySQL",
        ["Microsoft.DBforPostgreSQL/flexibleServers"] = "Database for PostgreSQL",
        ["Microsoft.DBforPostgreSQL/serversv2"] = "Database for PostgreSQL",
        ["Microsoft.DBforPostgreSQL/singleServers"] = "Database for PostgreSQL",
        ["Microsoft.NetApp/volumes"] = "NetApp Files",
        ["Microsoft.Sql/managedInstances"] = "SQL Managed Instance",
        ["Microsoft.PowerPlatform/vnetaccesslinks"] = "Power Platform",
        ["Microsoft.PowerPlatform/enterprisePolicies"] = "Power Platform",
    };

    /// <summary>The service of a delegation, or null when flow logs support it.</summary>
    public static string? Of(string delegation) => _services.TryGetValue(delegation, out var service) ? service : null;
}
