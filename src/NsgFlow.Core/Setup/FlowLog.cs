using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Display;

namespace NsgFlow;

/// <summary>A flow log: the ARM resource under a network watcher that says what is logged, where to and for how long.</summary>
public sealed class FlowLog
{
    /// <summary>When NSG flow logs end: the service deletes them (https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview).</summary>
    public static readonly DateTime NsgRetirement = new(2027, 9, 30, 0, 0, 0, DateTimeKind.Utc);

    private readonly ArmNode _analytics;

    /// <summary>Wraps what ARM gave.</summary>
    public FlowLog(ArmResource resource)
    {
        Resource = resource ?? throw new ArgumentNullException(nameof(resource));
        var properties = resource.Properties;
        _analytics = properties["flowAnalyticsConfiguration"]["networkWatcherFlowAnalyticsConfiguration"];
        TargetResourceId = properties["targetResourceId"].Text ?? string.Empty;
        TargetKind = KindOf(new ResourceId(TargetResourceId));
        Enabled = properties["enabled"].Flag ?? false;
        StorageId = properties["storageId"].Text ?? string.Empty;
    }

    /// <summary>The name, which is unique under its watcher.</summary>
    public string Name => Resource.Name;

    /// <summary>The ARM id.</summary>
    public string Id => Resource.Id;

    /// <summary>The region: the watcher's, the target's and the storage account's.</summary>
    public string? Location => Resource.Location;

    /// <summary>Name of the network watcher.</summary>
    public string? NetworkWatcher => Resource.ResourceId.Segment("networkWatchers");

    /// <summary>Resource group of the network watcher.</summary>
    public string? ResourceGroup => Resource.ResourceGroup;

    /// <summary>The subscription: the watcher's and the target's.</summary>
    public string? SubscriptionId => Resource.SubscriptionId;

    /// <summary>What sort of thing is logged.</summary>
    public FlowLogTargetKind TargetKind { get; }

    /// <summary>Name of what is logged.</summary>
    public string? Target => new ResourceId(TargetResourceId).Name;

    /// <summary>ARM id of what is logged.</summary>
    public string TargetResourceId { get; }

    /// <summary>Which of the two formats it writes.</summary>
    public FlowLogKind Kind => TargetKind == FlowLogTargetKind.Nsg ? FlowLogKind.Nsg : FlowLogKind.VirtualNetwork;

    /// <summary>Whether it logs.</summary>
    public bool Enabled { get; }

    /// <summary>ARM id of the storage account.</summary>
    public string StorageId { get; }

    /// <summary>Name of the storage account.</summary>
    public string? StorageAccount => new ResourceId(StorageId).Name;

    /// <summary>How many days blobs are kept; 0 for ever.</summary>
    public int RetentionDays => Resource.Properties["retentionPolicy"]["enabled"].Flag == true ? (int)(Resource.Properties["retentionPolicy"]["days"].Number ?? 0) : 0;

    /// <summary>The format version set (1 or 2); null when the answer has none. Virtual network flow logs say 2, though their blobs say 4.</summary>
    public int? FormatVersion => (int?)Resource.Properties["format"]["version"].Number;

    /// <summary>Which records are written (<c>B,C,E,D</c>); null for all.</summary>
    public string? RecordTypes => Filled(Resource.Properties["recordTypes"].Text);

    /// <summary>Which flows are written; null for all.</summary>
    public string? FilteringCriteria => Filled(Resource.Properties["enabledFilteringCriteria"].Text);

    /// <summary>Whether Traffic Analytics is on.</summary>
    public bool TrafficAnalytics => _analytics["enabled"].Flag ?? false;

    /// <summary>ARM id of the workspace of Traffic Analytics, or null.</summary>
    public string? WorkspaceResourceId => Filled(_analytics["workspaceResourceId"].Text);

    /// <summary>Name of that workspace, or null.</summary>
    public string? Workspace => WorkspaceResourceId is { } id ? new ResourceId(id).Name : null;

    /// <summary>The workspace's own id (customer id), with which it is queried, or null.</summary>
    public string? WorkspaceId => Filled(_analytics["workspaceId"].Text);

    /// <summary>The workspace's region, or null.</summary>
    public string? WorkspaceRegion => Filled(_analytics["workspaceRegion"].Text);

    /// <summary>Minutes between two runs of Traffic Analytics: 10 or 60; null when it was never on.</summary>
    public int? TrafficAnalyticsInterval => (int?)_analytics["trafficAnalyticsInterval"].Number;

    /// <summary><c>Succeeded</c>, <c>Updating</c>, <c>Deleting</c> or <c>Failed</c>; null when the answer has none.</summary>
    public string? ProvisioningState => Resource.Properties["provisioningState"].Text;

    /// <summary>Whether it is going: it writes no more, or soon will not, and takes no change.</summary>
    internal bool IsBeingDeleted => string.Equals(ProvisioningState, "Deleting", StringComparison.OrdinalIgnoreCase);

    /// <summary>When the service deletes it: NSG flow logs only, else null.</summary>
    public DateTime? RetirementDate => TargetKind == FlowLogTargetKind.Nsg ? NsgRetirement : null;

    /// <summary>ARM ids of its user-assigned identities.</summary>
    public IReadOnlyList<string> Identity => OutputList.Of(Resource.Root["identity"]["userAssignedIdentities"].Members.Select(static member => member.Key));

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags => Resource.Tags;

    /// <summary>All that ARM gave; a change keeps what it does not know.</summary>
    internal ArmResource Resource { get; }

    /// <summary>What sort of target an ARM id names.</summary>
    public static FlowLogTargetKind KindOf(ResourceId id) =>
        id.Nsg is not null ? FlowLogTargetKind.Nsg
        : id.Subnet is not null ? FlowLogTargetKind.Subnet
        : id.VirtualNetwork is not null ? FlowLogTargetKind.VirtualNetwork
        : id.NetworkInterface is not null ? FlowLogTargetKind.NetworkInterface
        : FlowLogTargetKind.Unknown;

    /// <summary>The name and the target.</summary>
    public override string ToString() => $"{Name} ({Target})";

    // What Traffic Analytics was switched off with: some clients write a dash for nothing.
    private static string? Filled(string? text) => string.IsNullOrEmpty(text) || text == "-" ? null : text;
}
