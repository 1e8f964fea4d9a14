using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A resource provider: its types and the api-versions it takes.</summary>
internal sealed record ResourceProvider(string Namespace, IReadOnlyList<string> Types, IReadOnlyList<string> ApiVersions)
{
    private static readonly string[] s_network =
    [
        "2026-03-01", "2026-01-01", "2025-07-01", "2025-05-01", "2025-03-01", "2025-01-01", "2024-10-01", "2024-07-01", "2024-05-01",
        "2024-03-01", "2024-01-01", "2023-11-01", "2023-09-01", "2023-06-01", "2023-05-01", "2023-04-01", "2023-02-01", "2022-11-01",
        "2022-09-01", "2022-07-01", "2022-05-01", "2022-01-01", "2021-12-01", "2021-08-01", "2021-05-01", "2021-03-01", "2021-02-01",
        "2020-11-01", "2020-08-01", "2020-07-01", "2020-06-01", "2020-05-01", "2020-04-01", "2020-03-01", "2019-12-01", "2019-11-01",
        "2019-09-01", "2019-08-01", "2019-07-01", "2019-06-01", "2019-04-01", "2019-02-01", "2018-12-01", "2018-11-01", "2018-10-01",
        "2018-08-01",
    ];

    private static readonly string[] s_compute =
    [
        "2025-11-01", "2025-04-01", "2024-11-01", "2024-07-01", "2024-03-01", "2023-09-01", "2023-07-01", "2023-03-01", "2022-11-01",
        "2022-08-01", "2022-03-01", "2021-11-01", "2021-07-01", "2021-04-01", "2021-03-01", "2020-12-01", "2020-06-01", "2019-12-01",
        "2019-07-01",
    ];

    // What Azure's own client libraries send to ARM itself, and the versions between.
    private static readonly string[] s_resources =
    [
        "2025-04-01", "2025-03-01", "2024-11-01", "2024-07-01", "2024-03-01", "2023-07-01", "2022-12-01", "2022-09-01", "2022-06-01",
        "2022-01-01", "2021-04-01", "2021-01-01", "2020-10-01", "2020-06-01", "2020-01-01", "2019-11-01", "2019-10-01", "2019-06-01",
        "2018-05-01", "2016-06-01", "2015-01-01",
    ];

    public static IReadOnlyList<ResourceProvider> All { get; } =
    [
        new(
            "Microsoft.Network",
            [
                "networkWatchers", "networkWatchers/flowLogs", "networkSecurityGroups", "networkSecurityGroups/securityRules",
                "networkSecurityGroups/defaultSecurityRules", "virtualNetworks", "virtualNetworks/subnets",
                "virtualNetworks/virtualNetworkPeerings", "networkInterfaces", "networkInterfaces/ipConfigurations", "loadBalancers",
                "loadBalancers/backendAddressPools", "loadBalancers/frontendIPConfigurations", "publicIPAddresses", "publicIPPrefixes",
                "localNetworkGateways", "virtualNetworkGateways", "connections", "applicationGateways", "applicationSecurityGroups",
                "azureFirewalls", "bastionHosts", "ddosProtectionPlans", "expressRouteCircuits", "natGateways", "networkManagers",
                "p2sVpnGateways", "privateEndpoints", "routeTables", "virtualHubs", "virtualWans", "vpnGateways", "locations",
                "locations/operations", "locations/operationResults", "locations/serviceTags",
            ],
            s_network),
        new("Microsoft.Compute", ["virtualMachines", "virtualMachineScaleSets", "virtualMachineScaleSets/virtualMachines"], s_compute),
        // The network interfaces of scale sets are the network provider's, hence its api-versions under the other's name.
        new(
            "Microsoft.Compute",
            ["virtualMachineScaleSets/networkInterfaces", "virtualMachineScaleSets/virtualMachines/networkInterfaces"],
            [.. s_network, "2018-06-01", "2018-04-01", "2017-03-30"]),
        new(
            "Microsoft.ContainerService",
            ["managedClusters", "managedClusters/agentPools"],
            [
                "2026-04-01", "2026-03-01", "2026-02-01", "2026-01-01", "2025-10-01", "2025-09-01", "2025-08-01", "2025-07-01",
                "2025-06-01", "2025-05-01", "2025-04-01", "2025-03-01", "2025-02-01", "2025-01-01", "2024-10-01", "2024-09-01",
                "2024-08-01", "2024-07-01", "2024-06-01", "2024-05-01", "2024-02-01", "2024-01-01", "2023-11-01", "2023-10-01",
                "2023-09-01", "2023-08-01", "2023-07-01", "2023-06-01", "2023-05-01", "2023-04-01", "2023-03-01", "2023-02-01",
                "2023-01-01",
            ]),
        new(
            "Microsoft.Storage",
            ["storageAccounts", "storageAccounts/blobServices", "storageAccounts/managementPolicies"],
            [
                "2025-08-01", "2025-06-01", "2025-01-01", "2024-01-01", "2023-05-01", "2023-04-01", "2023-01-01", "2022-09-01",
                "2022-05-01", "2021-09-01", "2021-08-01", "2021-06-01", "2021-04-01", "2021-02-01", "2021-01-01", "2019-06-01",
            ]),
        new(
            "Microsoft.OperationalInsights",
            ["workspaces", "workspaces/tables"],
            [
                "2025-07-01", "2025-02-01", "2023-09-01", "2022-10-01", "2021-12-01-preview", "2021-06-01", "2020-10-01", "2020-08-01",
                "2020-03-01-preview", "2015-11-01-preview",
            ]),
        new(
            "Microsoft.Insights",
            ["dataCollectionRules", "dataCollectionEndpoints", "diagnosticSettings", "components"],
            ["2024-03-11", "2023-03-11", "2022-06-01", "2021-05-01-preview", "2021-04-01", "2020-02-02"]),
        new("Microsoft.ManagedIdentity", ["userAssignedIdentities"], ["2024-11-30", "2023-01-31", "2018-11-30"]),
        new(
            "Microsoft.Authorization",
            ["locks", "roleAssignments", "roleDefinitions", "permissions"],
            ["2022-05-01-preview", "2022-04-01", "2020-05-01", "2018-07-01", "2018-01-01-preview", "2017-04-01", "2016-09-01", "2015-07-01"]),
        new("Microsoft.Resources", ["subscriptions", "resourceGroups", "resources", "providers", "tenants"], s_resources),
        new(
            "Microsoft.ResourceGraph",
            ["resources"],
            ["2024-04-01", "2022-10-01", "2021-03-01", "2020-09-01-preview", "2020-04-01-preview", "2019-04-01", "2018-09-01-preview"]),
    ];

    /// <summary>The provider as it stands in a type's answer; null when Azure has none of that name here.</summary>
    public static ResourceProvider? Find(string @namespace, string type) =>
        All.FirstOrDefault(p => ResourceId.Same(p.Namespace, @namespace) && p.Types.Any(t => ResourceId.Same(t, type)));

    public static bool Exists(string @namespace) => All.Any(p => ResourceId.Same(p.Namespace, @namespace));

    /// <summary>Checks an api-version as Azure does.</summary>
    public static void CheckVersion(string? version, string @namespace, IReadOnlyList<string> types, string? location)
    {
        if (string.IsNullOrEmpty(version))
        {
            throw new ArmException(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for "
                + "all requests.");
        }

        if (!Exists(@namespace))
        {
            throw new ArmException(404, "InvalidResourceNamespace", $"The resource namespace '{@namespace}' is invalid.");
        }

        var type = string.Join('/', types);
        var provider = Find(@namespace, type) ?? throw new ArmException(
            404,
            "InvalidResourceType",
            $"The resource type '{type}' could not be found in the namespace '{@namespace}' for api version '{version}'.");
        if (provider.ApiVersions.Contains(version, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var supported = $"The supported api-versions are '{string.Join(", ", provider.ApiVersions)}'.";
        throw ResourceId.Same(@namespace, "Microsoft.Resources")
            ? new ArmException(400, "InvalidApiVersionParameter", $"The api-version '{version}' is invalid. {supported}")
            : new ArmException(
                400,
                "NoRegisteredProviderFound",
                $"No registered resource provider found for location '{location}' and API version '{version}' for type "
                    + $"'{type}'. {supported}");
    }

    /// <summary>The provider as ARM shows it to a subscription.</summary>
    public static JsonObject ToJson(string @namespace, SimulatedSubscription subscription) => Json.Object(new
    {
        id = subscription.Scope + "/providers/" + @namespace,
        @namespace,
        registrationPolicy = "RegistrationRequired",
        resourceTypes = All.Where(p => ResourceId.Same(p.Namespace, @namespace)).SelectMany(static p => p.Types.Select(type => new
        {
            resourceType = type,
            locations = Region.All.Select(static r => r.DisplayName),
            apiVersions = p.ApiVersions,
            defaultApiVersion = p.ApiVersions[0],
            capabilities = "CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SupportsTags, SupportsLocation",
        })),
        registrationState = subscription.RegistrationOf(@namespace),
    });
}
