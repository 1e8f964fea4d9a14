using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Resources;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet about flow logs: says by what they log which are meant.</summary>
public abstract class FlowLogCmdlet : AzureCmdlet
{
    private FlowLogSetup? _setup;

    /// <summary>Names or ids of network security groups.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("NetworkSecurityGroup", "NsgName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NsgCompleter))]
    public string[] Nsg { get; set; } = [];

    /// <summary>Names or ids of virtual networks; with -Subnet, of those that the subnets are in.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("VNet", "VirtualNetworkName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VirtualNetworkCompleter))]
    public string[] VirtualNetwork { get; set; } = [];

    /// <summary>Names or ids of subnets.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("SubnetName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SubnetCompleter))]
    public string[] Subnet { get; set; } = [];

    /// <summary>Names or ids of network interfaces.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("Nic", "NetworkInterfaceName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NetworkInterfaceCompleter))]
    public string[] NetworkInterface { get; set; } = [];

    /// <summary>ARM ids of what is logged, or of flow logs.</summary>
    // Objects of Az have both, and TargetResourceId says more.
    [Parameter(ParameterSetName = FlowLogSets.Target, ValueFromPipelineByPropertyName = true)]
    [Alias("TargetResourceId", "Id")]
    [ValidateNotNullOrEmpty]
    [ResourceIdTransformation]
    public string[] ResourceId { get; set; } = [];

    /// <summary>Resource groups of what is logged.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("ResourceGroup")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    public string[] ResourceGroupName { get; set; } = [];

    /// <summary>Subscriptions, by id or name.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("Subscription")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>Plans and writes flow logs; remembers what it asked for as long as the cmdlet runs.</summary>
    internal FlowLogSetup Setup => _setup ??= new FlowLogSetup(Arm);

    /// <summary>Whether a parameter was given.</summary>
    internal bool Has(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Does something about one flow log or target; what Azure refuses is its error, and the next one follows.</summary>
    internal void Guard(object? target, Action act)
    {
        try
        {
            Tick();
            act();
        }
        catch (NsgFlowException e)
        {
            Report(FlowErrors.Failure(e, target));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped: there is nobody left to be told.
        }
    }

    /// <summary>Does what nothing goes on without.</summary>
    internal T Needed<T>(object? target, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, target));
            throw;
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>A failure of something that somebody named.</summary>
    internal void Fail(string target, NsgFlowException failure) => Report(FlowErrors.Failure(failure, target));

    /// <summary>What the parameters say.</summary>
    /// <param name="names">Names of flow logs.</param>
    /// <param name="locations">Regions.</param>
    /// <param name="ids">ARM ids, from the pipeline too.</param>
    /// <param name="kind">NSG or virtual network flow logs; null for both.</param>
    /// <param name="enabled">Those that log, or do not; null for both.</param>
    internal FlowLogChoice Choice(IReadOnlyList<string> names, IReadOnlyList<string> locations, IReadOnlyList<string> ids, FlowLogKind? kind = null, bool? enabled = null)
    {
        var (networks, subnets) = SubnetNames.Joined(VirtualNetwork, Subnet);
        return new FlowLogChoice
        {
            Names = names,
            Nsgs = Nsg,
            VirtualNetworks = networks,
            Subnets = subnets,
            NetworkInterfaces = NetworkInterface,
            Ids = [.. ids.Select(static id => "/" + id.Trim('/', ' ')).Distinct(StringComparer.OrdinalIgnoreCase)],
            ResourceGroups = ResourceGroupName,
            Subscriptions = SubscriptionId,
            Locations = locations,
            Kind = kind,
            Enabled = enabled,
        };
    }
}
