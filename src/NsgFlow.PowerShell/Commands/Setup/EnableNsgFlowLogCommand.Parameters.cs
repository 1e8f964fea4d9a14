using System.Collections;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;

namespace NsgFlow.PowerShell.Commands;

// What a flow log is to be: the same on Enable-NsgFlowLog and Set-NsgFlowLog.
public sealed partial class EnableNsgFlowLogCommand
{
    /// <summary>Name or ARM id of the storage account to write to.</summary>
    [Parameter]
    [Alias("StorageAccountName", "StorageId", "StorageAccountId")]
    [ValidateNotNullOrEmpty]
    public string StorageAccount { get; set; } = string.Empty;

    /// <summary>Days that blobs are kept; 0 for ever.</summary>
    [Parameter]
    [Alias("RetentionPolicyDays")]
    public int RetentionDays { get; set; }

    /// <summary>Format of an NSG flow log, 1 or 2.</summary>
    [Parameter]
    public int FormatVersion { get; set; }

    /// <summary>Records to write: B, C, E, D or the words; an empty list for all.</summary>
    [Parameter]
    [Alias("RecordTypes")]
    [AllowEmptyCollection]
    [StateTransformation]
    public FlowState[] RecordType { get; set; } = [];

    /// <summary>Flows to write, in Azure's own language; an empty text for all.</summary>
    [Parameter]
    [Alias("EnabledFilteringCriteria")]
    [AllowEmptyString]
    public string FilteringCriteria { get; set; } = string.Empty;

    /// <summary>Switches Traffic Analytics on; -TrafficAnalytics:$false switches it alone off.</summary>
    [Parameter]
    [Alias("EnableTrafficAnalytics")]
    public SwitchParameter TrafficAnalytics { get; set; }

    /// <summary>Name or ARM id of the Log Analytics workspace of Traffic Analytics, which it switches on.</summary>
    [Parameter]
    [Alias("WorkspaceResourceId", "TrafficAnalyticsWorkspaceId")]
    [ValidateNotNullOrEmpty]
    public string Workspace { get; set; } = string.Empty;

    /// <summary>Minutes between two runs of Traffic Analytics: 10 or 60.</summary>
    [Parameter]
    public int TrafficAnalyticsInterval { get; set; }

    /// <summary>ARM id of a user-assigned managed identity; an empty text for none.</summary>
    [Parameter]
    [Alias("UserAssignedIdentityId")]
    [AllowEmptyString]
    public string Identity { get; set; } = string.Empty;

    /// <summary>All tags of the flow log; an empty table for none.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Tag { get; set; } = new Hashtable();

    bool? Pipeline.IFlowLogSettings.WithTrafficAnalytics => Has(nameof(TrafficAnalytics)) ? TrafficAnalytics : null;
}
