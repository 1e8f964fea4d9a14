using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Network;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet that asks Azure what there is in the network, as far as its parameters narrow that.</summary>
public abstract class InventoryCmdlet : AzureCmdlet
{
    // A warning is read by people; all of them are in the inventory.
    private const int MostShown = 10;

    /// <summary>Subscriptions by id or name; without, all that you see.</summary>
    [Parameter]
    [Alias("Subscription")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>Resource groups in which the resources themselves are.</summary>
    [Parameter]
    [Alias("ResourceGroup")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    public string[] ResourceGroupName { get; set; } = [];

    /// <summary>Virtual networks by name or ARM id, with what is in them.</summary>
    [Parameter]
    [Alias("VNet")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VirtualNetworkCompleter))]
    public string[] VirtualNetwork { get; set; } = [];

    /// <summary>AKS clusters by name or ARM id, with their nodes and networks.</summary>
    [Parameter]
    [Alias("Aks")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AksClusterCompleter))]
    public string[] AksCluster { get; set; } = [];

    /// <summary>Azure regions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Location { get; set; } = [];

    /// <summary>Whether something was said of what Azure is to be asked for.</summary>
    private protected bool IsNarrowed => SubscriptionId.Length + ResourceGroupName.Length + VirtualNetwork.Length + AksCluster.Length + Location.Length > 0;

    /// <summary>Asks Azure; what could not be read is warned about. Null when the user stopped it.</summary>
    private protected NetworkInventory? AskInventory()
    {
        NetworkInventory inventory;
        try
        {
            inventory = new InventoryBuilder(Arm, Say).Build(
                new InventoryScope
                {
                    Subscriptions = Subscriptions(),
                    ResourceGroups = ResourceGroupName,
                    VirtualNetworks = VirtualNetwork,
                    AksClusters = AksCluster,
                    Locations = Location,
                },
                Cancellation);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (NsgFlowException e)
        {
            Tick();
            ThrowTerminatingError(FlowErrors.Failure(e, null));
            throw;
        }

        Tick();
        foreach (var issue in inventory.Issues.Take(MostShown))
            WriteWarning(issue);
        if (inventory.Issues.Count > MostShown)
            WriteWarning($"{inventory.Issues.Count - MostShown} more could not be read; the inventory's Issues have them all.");
        return inventory;
    }

    /// <summary>Those that were given, else those that Connect-NsgFlow was told.</summary>
    private IReadOnlyList<string> Subscriptions() => SubscriptionId.Length > 0 ? SubscriptionId : Finder.DefaultSubscriptions;
}
