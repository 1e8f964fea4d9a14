using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Blobs;

namespace NsgFlow.Resources;

/// <summary>Where flow logs write to. Each storage account is asked for its endpoint once; the name alone would do in a cloud that is known, and only there.</summary>
internal sealed class FlowLogSources(ResourceFinder finder, Action<string> verbose)
{
    private readonly Dictionary<ResourceId, Account> _accounts = [];

    /// <summary>The containers of some flow logs. An account that is gone is a failure, one that may not be asked is not.</summary>
    public IReadOnlyList<FlowLogSource> Of(IReadOnlyList<FlowLog> logs, List<NsgFlowException> failures, CancellationToken cancellation)
    {
        var unknown = logs.Select(static log => new ResourceId(log.StorageId)).Distinct().Where(id => !_accounts.ContainsKey(id)).ToList();
        foreach (var (id, account) in unknown.Zip(SideBySide.Select(unknown, id => Ask(id, cancellation), cancellation), static (id, account) => (id, account)))
            _accounts[id] = account;
        var places = logs.GroupBy(static log => (Id: new ResourceId(log.StorageId), log.Kind)).ToList();
        failures.AddRange(places.Select(place => _accounts[place.Key.Id].Failure).OfType<NsgFlowException>().Distinct());
        return [.. places.Where(place => _accounts[place.Key.Id].Failure is null).Select(place => new FlowLogSource
        {
            StorageId = place.Key.Id.Text,
            BlobEndpoint = _accounts[place.Key.Id].Endpoint,
            Container = place.Key.Kind == FlowLogKind.Nsg ? FlowContainers.Nsg : FlowContainers.VirtualNetwork,
            FlowLogs = [.. place],
        })];
    }

    private Account Ask(ResourceId id, CancellationToken cancellation)
    {
        try
        {
            return finder.Arm.Get(id.Text, ResourceKind.StorageAccount.ApiVersion, cancellation) is { } account
                ? new Account(account.Properties["primaryEndpoints"]["blob"].Text, null)
                : new Account(null, new NsgFlowException(
                    "StorageAccountNotFound", $"Storage account '{id.Name}', which a flow log writes to, does not exist (any more).",
                    "Give the flow log another account: Set-NsgFlowLog -StorageAccount."));
        }
        catch (NsgFlowException e) when (e.ErrorId is "ArmAccessDenied" or "ArmRequestFailed" or "ArmUnavailable" or "ArmThrottled")
        {
            verbose($"Azure: storage account '{id.Name}' could not be asked for its endpoint, so its usual one is taken: {e.Message}");
            return new Account(null, null);
        }
    }

    private sealed record Account(string? Endpoint, NsgFlowException? Failure);
}
