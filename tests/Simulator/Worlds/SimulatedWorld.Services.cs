using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <content>Where flow logs go, and the flow logs.</content>
public sealed partial class SimulatedWorld
{
    private readonly Dictionary<string, string> _storageKeys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A storage account.</summary>
    /// <param name="blobEndpoint">Where its blobs are: an emulator; null for what Azure's address would be.</param>
    /// <param name="key">What <c>listKeys</c> gives; null for one made up.</param>
    public string AddStorageAccount(
        string group, string name, string? blobEndpoint = null, string kind = "StorageV2", string sku = "Standard_LRS",
        string? location = null, bool allowsSharedKey = true, string firewall = "Allow", string bypass = "AzureServices", string? key = null)
    {
        var made = New(group, "Microsoft.Storage/storageAccounts", name, location, Json.Object(new
        {
            allowSharedKeyAccess = allowsSharedKey,
            allowBlobPublicAccess = false,
            isHnsEnabled = false,
            minimumTlsVersion = "TLS1_2",
            supportsHttpsTrafficOnly = true,
            publicNetworkAccess = "Enabled",
            networkAcls = new { bypass, virtualNetworkRules = Array.Empty<object>(), ipRules = Array.Empty<object>(), defaultAction = firewall },
            primaryEndpoints = new { blob = blobEndpoint ?? $"https://{name}.blob.core.windows.net/" },
            primaryLocation = location ?? State.Get(group).Text("location"),
            statusOfPrimary = "available",
        }));
        made["kind"] = kind;
        made["sku"] = Json.Object(new { name = sku, tier = sku[..sku.IndexOf('_', StringComparison.Ordinal)] });
        var id = State.Put(made);
        if (key is not null)
        {
            _storageKeys[id] = key;
        }

        return id;
    }

    /// <summary>A Log Analytics workspace. Azure writes its id in lower case, all but its names.</summary>
    public string AddWorkspace(string group, string name, string? location = null)
    {
        var made = New(group, "Microsoft.OperationalInsights/workspaces", name, location, Json.Object(new
        {
            customerId = Guids.From(group + name),
            sku = new { name = "PerGB2018" },
            retentionInDays = 30,
            publicNetworkAccessForIngestion = "Enabled",
            publicNetworkAccessForQuery = "Enabled",
        }));
        made["id"] = WorkspaceId(ResourceId.Parse(made.Text("id")!));
        return State.Put(made);
    }

    /// <summary>A flow log that is already there, even one of an NSG.</summary>
    /// <param name="workspace">The id of the workspace of its Traffic Analytics; null for none.</param>
    public string AddFlowLog(
        string watcher, string name, string target, string storage, string? workspace = null, int interval = 60, int retentionDays = 0,
        bool enabled = true)
    {
        var body = Json.Object(new
        {
            properties = new
            {
                targetResourceId = target,
                storageId = storage,
                enabled,
                retentionPolicy = new { days = retentionDays, enabled = retentionDays > 0 },
                format = new { type = "JSON", version = 2 },
            },
        });
        if (workspace is not null)
        {
            var known = State.Get(workspace);
            body.Properties()["flowAnalyticsConfiguration"] = Json.Object(new
            {
                networkWatcherFlowAnalyticsConfiguration = new
                {
                    enabled = true,
                    workspaceId = known.Properties().Text("customerId"),
                    workspaceRegion = known.Text("location"),
                    workspaceResourceId = workspace,
                    trafficAnalyticsInterval = interval,
                },
            });
        }

        var owner = State.Get(watcher);
        var targetId = ResourceId.Parse(target);
        var made = FlowLogJson.Make(ResourceId.Parse($"{watcher}/flowLogs/{name}"), owner, body, null, Children.Resolve(State, targetId)!);
        made.Properties()["provisioningState"] = "Succeeded";
        if (!targetId.IsChild && !targetId.IsType("Microsoft.Network/networkInterfaces"))
        {
            State.Get(target).OwnList("flowLogs").Add(Json.Reference(made.Text("id")!));
        }

        return State.Put(made);
    }

    internal static string WorkspaceId(ResourceId id) =>
        $"/subscriptions/{id.Subscription}/resourcegroups/{id.Group}/providers/microsoft.operationalinsights/workspaces/{id.Name}";
}
