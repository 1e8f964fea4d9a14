using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Query;
using NsgFlow.Setup;

namespace NsgFlow.Resources;

/// <summary>
/// Finds Log Analytics workspaces: by what people call them (name, ARM id, customer id), or by the settings of Traffic Analytics of the flow logs that write
/// the flows of some resources. Who gives customer ids only needs no rights in ARM: it is not asked then.
/// </summary>
public sealed class WorkspaceFinder
{
    private const int MostShown = 5;

    private readonly Func<ResourceFinder> _finder;
    private readonly Action<string>? _verbose;

    /// <summary>Makes a finder.</summary>
    /// <param name="finder">Opens what finds resources; called once something must be asked.</param>
    /// <param name="verbose">Told what a user may want to know of the search.</param>
    public WorkspaceFinder(Func<ResourceFinder> finder, Action<string>? verbose = null)
    {
        _finder = finder ?? throw new ArgumentNullException(nameof(finder));
        _verbose = verbose;
    }

    /// <summary>The workspaces of names (wildcards allowed), ARM ids and customer ids, mixed; each once, at least one.</summary>
    /// <exception cref="NsgFlowException">
    /// <c>WorkspaceMissing</c>: nothing is named; <c>WorkspaceNotFound</c>, with names that come near; <c>ResourceAmbiguous</c>: a name without wildcards that several have;
    /// <c>WorkspaceIncomplete</c>; <c>WorkspacesTooMany</c>; or any failure of <see cref="IArm"/>.
    /// </exception>
    public IReadOnlyList<Workspace> Named(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        if (texts is null)
            throw new ArgumentNullException(nameof(texts));
        if (texts.Count == 0)
            throw Missing();
        var found = new List<Workspace>();
        var names = new List<string>();
        foreach (var text in texts)
        {
            if (Guid.TryParse(text.Trim(), out var customerId))
                found.Add(new Workspace(customerId));
            else
                names.Add(text);
        }

        if (names.Count > 0)
            found.AddRange(Search(names, cancellation));
        return Checked(found);
    }

    /// <summary>The workspaces that Traffic Analytics of some resources' flow logs names.</summary>
    /// <exception cref="NsgFlowException">
    /// <c>WorkspaceMissing</c>: nothing is named; <c>AnalyticsOff</c>: there are flow logs, and none has Traffic Analytics; <c>WorkspaceNotFound</c>, <c>WorkspacesTooMany</c>;
    /// or any failure of <see cref="IArm"/>.
    /// </exception>
    public FoundWorkspaces Of(FlowLogQuestion question, CancellationToken cancellation)
    {
        if (question is null)
            throw new ArgumentNullException(nameof(question));
        var given = new[] { question.Nsg, question.VirtualNetwork, question.Subnet, question.NetworkInterface, question.AksCluster, question.ResourceId, question.ResourceGroups, question.Subscriptions };
        if (question.FlowLogs.Count == 0 && given.All(static names => names.Count == 0))
            throw Missing();
        var finder = _finder();
        var found = new FlowLogFinder(finder, _verbose).Find(question, withSources: false, cancellation);
        var logs = found.FlowLogs.Where(static log => log.TrafficAnalytics && (log.WorkspaceId ?? log.WorkspaceResourceId) is not null).ToList();
        if (logs.Count == 0 && found.FlowLogs.Count > 0)
            throw Off(found.FlowLogs);
        foreach (var log in logs)
            _verbose?.Invoke($"Azure: Traffic Analytics of flow log '{log.Name}' writes to workspace {log.WorkspaceResourceId ?? log.WorkspaceId}");

        // The customer id is what is asked with; a flow log that does not have it has the ARM id, which leads to it.
        var known = logs.Select(static log => Guid.TryParse(log.WorkspaceId, out var id) ? new Workspace(id, log.WorkspaceResourceId) : null).OfType<Workspace>();
        var others = logs.Where(static log => !Guid.TryParse(log.WorkspaceId, out _)).Select(static log => log.WorkspaceResourceId!).ToList();
        return new FoundWorkspaces { Workspaces = Checked([.. known, .. others.Count == 0 ? [] : Search(others, cancellation)]), Found = found };
    }

    private List<Workspace> Search(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var resources = _finder().Search(new ResourceQuestion { Kind = ResourceKind.Workspace, Names = names }, out var missing, cancellation);
        if (missing.Count > 0)
            throw NotFound(missing[0]);
        foreach (var name in new NameChoice(names).Names)
        {
            var same = new NameSearch(ResourceKind.Workspace, [name], []).Named(resources).ToList();
            if (same.Count == 0)
                throw NotFound($"There is no Log Analytics workspace with a name like '{name.Text}', or you may not read it.");
            if (name.Literal is not null && same.Count > 1)
                throw Ambiguous(name.Text, same);
        }

        var found = resources.Select(static resource => new Workspace(resource)).ToList();
        return found.Find(static workspace => !Guid.TryParse(workspace.CustomerId, out _)) is { } incomplete
            ? throw new NsgFlowException("WorkspaceIncomplete", $"Azure did not say the customer id of workspace '{incomplete.Name}'.", "It may be being deleted. Check it, or give its customer id.")
            : found;
    }

    private static List<Workspace> Checked(IEnumerable<Workspace> workspaces)
    {
        var each = workspaces.GroupBy(static workspace => workspace.CustomerId, StringComparer.OrdinalIgnoreCase).Select(static same => same.First()).ToList();
        return each.Count <= LogsRequest.MostWorkspaces ? each : throw new NsgFlowException(
            "WorkspacesTooMany", $"These are {each.Count} workspaces, and one query may read {LogsRequest.MostWorkspaces}.", "Name fewer workspaces, or ask in several queries.");
    }

    private static NsgFlowException Missing() => new(
        "WorkspaceMissing",
        "Nothing says which workspace to ask.",
        "Name it with -Workspace (name, ARM id or customer id). Where what is logged can be named (-VirtualNetwork, -Nsg …), its flow logs say where their Traffic Analytics is.");

    private static NsgFlowException Off(IReadOnlyList<FlowLog> logs) => new(
        "AnalyticsOff",
        $"Traffic Analytics is off for {string.Join(", ", logs.Take(MostShown).Select(static log => $"'{log.Name}'"))}{(logs.Count > MostShown ? $" and {logs.Count - MostShown} more flow logs" : string.Empty)}, so no workspace has these flows.",
        $"The blobs have them: Get-NsgFlowRecord and Measure-NsgTraffic (without -Workspace) read those. For the future: Set-NsgFlowLog '{logs[0].Name}' -Workspace <name>. If an older workspace has them, name it with -Workspace.");

    // The finder's words, which have names that come near; under an id that says what is missing.
    private static NsgFlowException NotFound(NsgFlowException missing) =>
        missing.ErrorId == "ResourceNotFound" ? NotFound(missing.Message) : missing;

    private static NsgFlowException NotFound(string message) => new(
        "WorkspaceNotFound",
        message,
        "Check the name and the subscription you are signed in to. With the customer id (a GUID) neither is needed, nor the role *Reader*.");

    private static NsgFlowException Ambiguous(string name, List<ArmResource> same) => new(
        "ResourceAmbiguous",
        $"There are {same.Count} workspaces '{name}': {string.Join(", ", same.Take(MostShown).Select(static one => one.Id))}.",
        "Give the ARM id or the customer id; or a wildcard for all of them.");
}
