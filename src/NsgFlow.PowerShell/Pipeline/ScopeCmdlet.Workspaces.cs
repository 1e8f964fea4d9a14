using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

// In Log Analytics, where rows tell names and ids of what they are of.
public abstract partial class ScopeCmdlet
{
    /// <summary>What is asked for in a workspace when nobody says: with less there would often be nothing, since rows take their time to come.</summary>
    private protected static readonly TimeSpan UsualAskedTime = TimeSpan.FromHours(24);

    /// <summary>Whose rows of a workspace; Azure is asked about clusters and names of subscriptions only.</summary>
    private protected FlowScope InWorkspace(IReadOnlyList<FlowLog> flowLogs)
    {
        var ids = OwnIds();
        var isTold = !Array.Exists(ids, static id => new ResourceId(id).Segment("managedClusters") is not null);
        var question = new FlowLogQuestion { FlowLogs = flowLogs, ResourceId = isTold ? [] : ids };
        var found = flowLogs.Count + question.ResourceId.Count == 0 ? FlowScope.Everything : Found(question, ids);
        return ByName(isTold ? ids : [], [.. Clusters().Resources, .. found.Resources], SubscriptionIds());
    }

    // Rows have ids only: a name would be compared with these, and let nothing pass without a word.
    private string[] SubscriptionIds() =>
        AksCluster.Length > 0 || Array.TrueForAll(SubscriptionId, IsOfId) ? SubscriptionId : [.. SubscriptionId.SelectMany(given => IsOfId(given) ? [given] : Finder.SubscriptionIds(given, Cancellation))];

    private static bool IsOfId(string given) => Guid.TryParse(given, out _)
        || (given.IndexOfAny(['*', '?']) >= 0 && given.All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or '-' or '*' or '?'));

    /// <summary>Finds workspaces, where Connect-NsgFlow said if nobody says otherwise.</summary>
    private protected WorkspaceFinder Workspaces => new(() => Finder, Say);
}
