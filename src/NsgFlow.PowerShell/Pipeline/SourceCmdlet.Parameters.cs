using System;
using System.Management.Automation;
using System.Security;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;

namespace NsgFlow.PowerShell.Pipeline;

// The scope, storage, offline and time parameters: the same on every cmdlet that finds blobs.
public abstract partial class SourceCmdlet
{
    private DateTime? _startTime;
    private DateTime? _endTime;
    private TimeSpan? _last;
    private string[] _paths = [];

    /// <summary>Files or folders with flow logs, wildcards allowed. Folders are searched with everything below them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SourceSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathTransformation]
    public string[] Path { get => _paths; set => _paths = value; }

    /// <summary>Files or folders with flow logs, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get => _paths; set => _paths = value; }

    /// <summary>Name, URL or ARM id of the storage account that the flow logs are written to; emulator for a local Azurite.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Storage, ValueFromPipelineByPropertyName = true)]
    [Alias("StorageAccountName", "StorageId", "StorageAccountId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StorageAccountCompleter))]
    public string StorageAccount { get; set; } = string.Empty;

    /// <summary>Containers; both that Azure writes flow logs to when not given.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [Parameter(ParameterSetName = SourceSets.ConnectionString)]
    [Alias("ContainerName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[] Container { get; set; } = [];

    /// <summary>Shared access signature with the rights to list and read.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? SasToken { get; set; }

    /// <summary>A key of the storage account.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? AccountKey { get; set; }

    /// <summary>An Entra access token for https://storage.azure.com/.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Connection string of the storage account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.ConnectionString)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? ConnectionString { get; set; }

    /// <summary>Flow logs from Get-NsgFlowLog: what they wrote.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.FlowLog, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public FlowLog[] FlowLog { get; set; } = [];

    /// <summary>Names of network security groups.</summary>
    [Parameter]
    [Alias("NetworkSecurityGroup", "NsgName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NsgCompleter))]
    public string[] Nsg { get; set; } = [];

    /// <summary>Names of virtual networks.</summary>
    [Parameter]
    [Alias("VNet", "VirtualNetworkName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VirtualNetworkCompleter))]
    public string[] VirtualNetwork { get; set; } = [];

    /// <summary>Names of subnets.</summary>
    [Parameter]
    [Alias("SubnetName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SubnetCompleter))]
    public string[] Subnet { get; set; } = [];

    /// <summary>Names of network interfaces.</summary>
    [Parameter]
    [Alias("Nic", "NetworkInterfaceName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NetworkInterfaceCompleter))]
    public string[] NetworkInterface { get; set; } = [];

    /// <summary>Names of AKS clusters: the flows of their NSGs and subnets.</summary>
    [Parameter]
    [Alias("AksClusterName", "Cluster")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AksClusterCompleter))]
    public string[] AksCluster { get; set; } = [];

    /// <summary>ARM ids of targets, or of what they lie in.</summary>
    // Not by property name with blobs, whose ResourceId is not always a target's.
    [Parameter(ParameterSetName = SourceSets.Name, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.Path, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.LiteralPath)]
    [Parameter(ParameterSetName = SourceSets.Storage, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.ConnectionString, ValueFromPipelineByPropertyName = true)]
    [Alias("TargetResourceId", "Id")]
    [ValidateNotNullOrEmpty]
    [ResourceIdTransformation]
    public string[] ResourceId { get; set; } = [];

    /// <summary>Resource groups of targets.</summary>
    [Parameter]
    [Alias("ResourceGroup")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    public string[] ResourceGroupName { get; set; } = [];

    /// <summary>Subscriptions of targets, by id; by name, too, where Azure is asked.</summary>
    [Parameter]
    [Alias("Subscription")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>MAC addresses of logging network interfaces, in any spelling.</summary>
    [Parameter]
    [Alias("Mac")]
    [ValidateNotNullOrEmpty]
    [MacAddressTransformation]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    public string[] MacAddress { get; set; } = [];

    /// <summary>Flows from this moment on: 2026-11-23T09 (UTC), 6h (ago), or a DateTime.</summary>
    [Parameter]
    [Alias("Since")]
    [TimeTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DateTime StartTime { get => _startTime.GetValueOrDefault(); set => _startTime = value; }

    /// <summary>Flows before this moment.</summary>
    [Parameter]
    [Alias("Until")]
    [TimeTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DateTime EndTime { get => _endTime.GetValueOrDefault(); set => _endTime = value; }

    /// <summary>Flows of this long before now (or before -EndTime): 90m, 6h, 7d, or a TimeSpan.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Last { get => _last.GetValueOrDefault(); set => _last = value; }
}
