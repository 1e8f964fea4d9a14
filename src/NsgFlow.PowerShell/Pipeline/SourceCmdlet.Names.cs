using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

// By the names of Azure resources alone: the flow logs, and with them the storage accounts, are found through ARM.
public abstract partial class SourceCmdlet
{
    private NamedSources? _named;
    private FlowScope? _clusters;

    /// <summary>Whether it was already said why there is nothing: no resource, no flow log, or none that could be asked.</summary>
    private protected bool IsNothingNamed => IsByName && _named is { HasSources: false };

    /// <summary>Whose flows; made anew for each object from the pipeline, which may bring a resource id.</summary>
    private protected FlowScope MakeScope() => IsByName && _named is { } named ? named.Scope(ReadsTargetsTogether) : ByName(Clusters());

    private bool IsByName => ParameterSetName is SourceSets.Name or SourceSets.FlowLog;

    private FlowScope ByName(FlowScope clusters) => new()
    {
        Nsg = Nsg,
        VirtualNetwork = VirtualNetwork,
        Subnet = Subnet,
        NetworkInterface = NetworkInterface,
        Resources = clusters.Resources,
        ResourceId = OwnIds(),
        // A cluster is in another group than its network, and was looked for in this one.
        ResourceGroup = AksCluster.Length > 0 ? [] : ResourceGroupName,
        SubscriptionId = AksCluster.Length > 0 ? [] : SubscriptionId,
    };

    // Get-AzStorageAccount brings its own id along, which says where to read and not whose flows.
    private string[] OwnIds() => Array.FindAll(ResourceId, static id => new ResourceId(id).Segment("storageAccounts") is null);

    /// <summary>The clusters that were named: no log names one, so where it is read from does not matter, ARM must be asked.</summary>
    private FlowScope Clusters()
    {
        if (AksCluster.Length == 0)
            return FlowScope.Everything;
        if (_clusters is { } known)
            return known;
        try
        {
            var question = new FlowLogQuestion { AksCluster = AksCluster, ResourceGroups = ResourceGroupName, Subscriptions = SubscriptionId };
            _clusters = new FlowLogFinder(Finder, Say).FindScope(question, out var warnings, Cancellation);
            foreach (var warning in warnings)
                WriteWarning(warning);
            return _clusters;
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, string.Join(", ", AksCluster)));
            throw;
        }
    }

    private IEnumerable<FlowBlob> InAzure()
    {
        var names = new[] { Nsg, VirtualNetwork, Subnet, NetworkInterface, AksCluster, ResourceId, Array.ConvertAll(FlowLog, static log => log.Name), ResourceGroupName, SubscriptionId };
        if (names.All(static given => given.Length == 0))
            ThrowTerminatingError(FlowErrors.SourceMissing(MyInvocation.MyCommand.Name));
        var target = string.Join(", ", Array.Find(names, static given => given.Length > 0) ?? []);
        try
        {
            _named ??= new NamedSources(new FlowLogFinder(Finder, Say));
            var found = _named.Find(Question(), Cancellation);
            foreach (var warning in found.Warnings)
                WriteWarning(warning);
            foreach (var failure in found.Failures)
                Report(FlowErrors.Failure(failure, target));
            var listings = found.Sources.Select(source => InSource(source, found.Scope)).ToList();
            return listings.Count == 1 ? listings[0] : BlobMerge.Merge(listings);
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, target));
            throw;
        }
    }

    private FlowLogQuestion Question() => new()
    {
        Nsg = Nsg,
        VirtualNetwork = VirtualNetwork,
        Subnet = Subnet,
        NetworkInterface = NetworkInterface,
        AksCluster = AksCluster,
        ResourceId = ResourceId,
        FlowLogs = FlowLog,
        ResourceGroups = ResourceGroupName,
        Subscriptions = SubscriptionId,
    };

    private IEnumerable<FlowBlob> InSource(FlowLogSource source, FlowScope scope)
    {
        AddPlace($"storage account {source.Account}");
        Say($"Azure: {string.Join(", ", source.FlowLogs.Select(static log => log.Name).Take(10))} write to {source}");
        var query = new FlowBlobQuery { Scope = scope, FlowLogs = source.FlowLogs, Start = Time.Start, End = Time.End, MacAddresses = MacAddress };
        return Listed(_named!.Store(source, one => StorageOpener.Open(one, OpenAzure(), Say)), query, source.ToString());
    }
}
