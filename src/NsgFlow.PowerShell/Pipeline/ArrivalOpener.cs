using System;
using System.Collections.Generic;
using NsgFlow.Arm;
using NsgFlow.Blobs;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Opens the containers that flow logs write to, each once, as whoever is signed in.</summary>
internal sealed class ArrivalOpener(Func<AzureAccess> access, Action<string> verbose)
{
    private readonly Dictionary<string, IFlowBlobStore> _stores = new(StringComparer.OrdinalIgnoreCase);

    public IFlowBlobStore Open(FlowLog log, ArmResource? account)
    {
        var source = new FlowLogSource
        {
            StorageId = log.StorageId,
            BlobEndpoint = account?.Properties["primaryEndpoints"]["blob"].Text,
            Container = log.Kind == FlowLogKind.Nsg ? FlowContainers.Nsg : FlowContainers.VirtualNetwork,
            FlowLogs = [log],
        };
        var key = source.StorageId + "/" + source.Container;
        if (!_stores.TryGetValue(key, out var store))
            _stores[key] = store = StorageOpener.Open(source, access(), verbose);
        return store;
    }
}
