using System;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;

namespace NsgFlow.PowerShell.Pipeline;

// Whose flows and of when: the same on every cmdlet that asks about flows, wherever these are.
public abstract partial class ScopeCmdlet
{
    private DateTime? _startTime;
    private DateTime? _endTime;
    private TimeSpan? _last;

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
    // The pipeline brings it in some parameter sets and not in others, which only the cmdlet has.
    public abstract string[] ResourceId { get; set; }

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
