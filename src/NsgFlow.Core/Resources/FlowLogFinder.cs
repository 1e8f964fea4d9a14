using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>
/// Finds out which flow logs write the flows of resources, where to, and which of the flows there are theirs: of an NSG its own flow log and those of
/// virtual networks, subnets and network interfaces that it decides for; of a virtual network its flow log and those in it; of a subnet or a network
/// interface its own and those of what it lies in; of an AKS cluster those of its NSGs and subnets.
/// </summary>
/// <remarks>
/// For names of one kind: one query for the resources, one for the network watchers of their subscriptions, one list for each watcher of their regions, one GET
/// for each storage account; and one or two queries more for NSGs on network interfaces and for AKS clusters. Not for several threads.
/// </remarks>
public sealed class FlowLogFinder
{
    private readonly ResourceFinder _finder;
    private readonly Action<string> _verbose;
    private readonly WatcherLogs _watchers;
    private readonly FlowTargets _targets;
    private readonly FlowLogSources _sources;
    private readonly List<string> _warnings = [];

    /// <summary>Makes a finder; what it asks for once, it keeps.</summary>
    /// <param name="finder">Finds the resources.</param>
    /// <param name="verbose">Told what a user may want to know of the search.</param>
    public FlowLogFinder(ResourceFinder finder, Action<string>? verbose = null)
    {
        _finder = finder ?? throw new ArgumentNullException(nameof(finder));
        _verbose = verbose ?? (static _ => { });
        _watchers = new WatcherLogs(finder);
        _targets = new FlowTargets(finder, _warnings.Add);
        _sources = new FlowLogSources(finder, _verbose);
    }

    /// <summary>Finds.</summary>
    /// <exception cref="NsgFlowException">Nothing can be found at all: nobody is signed in, ARM does not answer.</exception>
    public FoundFlowLogs Find(FlowLogQuestion question, CancellationToken cancellation) => Find(question, withSources: true, cancellation);

    /// <summary>Finds; where the flow logs write to is not asked for if nobody will read there.</summary>
    internal FoundFlowLogs Find(FlowLogQuestion question, bool withSources, CancellationToken cancellation)
    {
        if (question is null)
            throw new ArgumentNullException(nameof(question));
        var failures = new List<NsgFlowException>();
        var clauses = Clauses(question, failures, cancellation);
        if (clauses.Count == 0 && failures.Count == 0)
            clauses.Add(AllIn(question, failures, cancellation));
        foreach (var clause in clauses)
            FindLogs(clause, failures, cancellation);
        var logs = Common(clauses);
        foreach (var log in logs.Where(static log => !log.Enabled))
            Tell(log, clauses);
        var sources = withSources ? _sources.Of(logs, failures, cancellation) : [];
        return new FoundFlowLogs
        {
            FlowLogs = logs,
            Sources = sources,
            Scope = ScopeOf(clauses),
            Warnings = TakeWarnings(),
            Failures = failures,
        };
    }

    /// <summary>Which flows are those of the resources, wherever these are written: asks for no flow log.</summary>
    /// <exception cref="NsgFlowException">There is no such resource, several have the name, or ARM does not answer.</exception>
    public FlowScope FindScope(FlowLogQuestion question, out IReadOnlyList<string> warnings, CancellationToken cancellation)
    {
        var failures = new List<NsgFlowException>();
        var clauses = Clauses(question ?? throw new ArgumentNullException(nameof(question)), failures, cancellation);
        warnings = TakeWarnings();
        return failures.Count == 0 ? ScopeOf(clauses) : throw failures[0];
    }

    private static FlowScope ScopeOf(List<FlowClause> clauses) => new() { Resources = clauses.ConvertAll(static clause => clause.ToScope()) };

    // Different properties AND: only a flow log that writes flows of both is of interest.
    private static List<FlowLog> Common(List<FlowClause> clauses)
    {
        var common = clauses.Select(static clause => clause.FlowLogs.Select(static log => new ResourceId(log.Id)))
            .Aggregate((IEnumerable<ResourceId>?)null, static (left, right) => left?.Intersect(right) ?? right) ?? [];
        var wanted = new HashSet<ResourceId>(common);
        return [.. clauses.SelectMany(static clause => clause.FlowLogs).Where(log => wanted.Remove(new ResourceId(log.Id)))];
    }

    private List<FlowClause> Clauses(FlowLogQuestion question, List<NsgFlowException> failures, CancellationToken cancellation)
    {
        var clauses = new List<FlowClause>();
        var (networks, subnets) = SubnetNames.Joined(question.VirtualNetwork, question.Subnet);
        Add("NSG", ResourceKind.Nsg, question.Nsg);
        Add("virtual network", ResourceKind.VirtualNetwork, networks);
        Add("subnet", ResourceKind.Subnet, subnets);
        Add("network interface", ResourceKind.NetworkInterface, question.NetworkInterface);
        Add("AKS cluster", ResourceKind.AksCluster, question.AksCluster);
        if (question.ResourceId.Count > 0)
            clauses.Add(OfIds(question.ResourceId, failures, cancellation));
        if (question.FlowLogs.Count > 0)
            clauses.Add(new FlowClause("flow log " + string.Join(" or ", question.FlowLogs.Select(static log => log.Name)), [.. question.FlowLogs.Select(OfLog)]));
        return clauses;

        void Add(string noun, ResourceKind kind, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
                clauses.Add(new FlowClause($"{noun} {string.Join(" or ", names)}", Named(kind, names, question, failures, cancellation)));
        }
    }

    private IReadOnlyList<FlowTarget> Named(
        ResourceKind kind, IReadOnlyList<string> names, FlowLogQuestion question, List<NsgFlowException> failures, CancellationToken cancellation)
    {
        var asked = new ResourceQuestion { Kind = kind, Names = names, ResourceGroups = question.ResourceGroups, Subscriptions = question.Subscriptions };
        var found = _finder.Search(asked, out var missing, cancellation);
        failures.AddRange(missing);
        if (found.Count == 0 && missing.Count == 0)
            _warnings.Add($"Nothing in Azure that you may read is a {kind.Word} with a name like {string.Join(" or ", names)}{_finder.Where(question.ResourceGroups, question.Subscriptions)}.");
        var ambiguous = new HashSet<ResourceId>();
        foreach (var name in new NameChoice(names).Names.Where(static name => name.Literal is not null))
        {
            var same = new NameSearch(kind, [name], []).Named(found).ToList();
            if (same.Count < 2)
                continue;
            failures.Add(ResourceErrors.Ambiguous(kind, name.Text, same));
            ambiguous.UnionWith(same.Select(static one => one.ResourceId));
        }

        var isNamed = new NameSearch(kind, [.. new NameChoice(names).Names.Where(static name => name.Literal is not null)], []);
        return [.. found.Where(one => !ambiguous.Contains(one.ResourceId)).Select(one =>
        {
            var target = _targets.Of(kind, one, cancellation);
            target.IsNamed = !new NameChoice(names).Names.Any(name => name.Literal is null) || isNamed.HasName(one);
            return target;
        })];
    }

    private FlowClause OfIds(IReadOnlyList<string> ids, List<NsgFlowException> failures, CancellationToken cancellation)
    {
        var targets = new List<FlowTarget>();
        foreach (var id in ids)
        {
            try
            {
                targets.AddRange(OfId("/" + id.Trim('/', ' '), failures, cancellation));
            }
            catch (NsgFlowException e) when (e.ErrorId is "InvalidResourceId" or "ResourceNotFound" or "ArmAccessDenied")
            {
                failures.Add(e);
            }
        }

        return new FlowClause("resource " + string.Join(" or ", ids), targets);
    }

    private IEnumerable<FlowTarget> OfId(string id, List<NsgFlowException> failures, CancellationToken cancellation)
    {
        var parsed = new ResourceId(id);
        var kind = ResourceKind.OfType(parsed.Type) ?? (parsed.NetworkInterface is null ? null : ResourceKind.NetworkInterface);
        if (kind == ResourceKind.ResourceGroup || kind == ResourceKind.Subscription)
        {
            return AllIn(
                new FlowLogQuestion { Subscriptions = [parsed.SubscriptionId!], ResourceGroups = parsed.ResourceGroup is { } group ? [group] : [] }, failures, cancellation).Targets;
        }

        var isTarget = kind == ResourceKind.Nsg || kind == ResourceKind.VirtualNetwork || kind == ResourceKind.Subnet || kind == ResourceKind.NetworkInterface || kind == ResourceKind.AksCluster;
        if (!isTarget && kind != ResourceKind.FlowLog)
        {
            throw new NsgFlowException(
                "InvalidResourceId", $"'{id}' names nothing that has flow logs.",
                "Give the id of an NSG, virtual network, subnet, network interface, AKS cluster, flow log, resource group or subscription.");
        }

        var resource = _finder.Find(new ResourceQuestion { Kind = kind!, Names = [id] }, cancellation)[0];
        if (kind == ResourceKind.FlowLog)
            return [OfLog(new FlowLog(resource))];
        var target = _targets.Of(kind!, resource, cancellation);
        target.IsNamed = true;
        return [target];
    }

    private static FlowTarget OfLog(FlowLog log)
    {
        var target = new FlowTarget(ResourceKind.FlowLog, log.Resource);
        target.Ids.Add(log.Id);
        target.Ids.Add(log.TargetResourceId);
        target.FlowLogs.Add(log);
        return target;
    }

    private FlowClause AllIn(FlowLogQuestion question, List<NsgFlowException> failures, CancellationToken cancellation)
    {
        var groups = new NameChoice(question.ResourceGroups);
        var subscriptions = _watchers.LoadAll(question.Subscriptions, cancellation);
        foreach (var subscription in subscriptions)
            failures.AddRange(_watchers.FailuresIn(subscription, null));
        List<FlowTarget> targets = [.. subscriptions.SelectMany(subscription => _watchers.In(subscription, null))
            .Where(log => groups.Matches(new ResourceId(log.TargetResourceId).ResourceGroup)).Select(OfLog)];
        var where = string.Join(", ", new[] { Words("resource group", question.ResourceGroups), Words("subscription", question.Subscriptions) }.Where(static text => text.Length > 0));
        if (targets.Count == 0)
            failures.Add(FlowLogErrors.NoneIn(_finder.Where(question.ResourceGroups, question.Subscriptions)));
        return new FlowClause(where, targets);

        static string Words(string noun, IReadOnlyList<string> names) => names.Count == 0 ? string.Empty : $"{noun} {string.Join(" or ", names)}";
    }

    private void FindLogs(FlowClause clause, List<NsgFlowException> failures, CancellationToken cancellation)
    {
        List<FlowTarget> open = [.. clause.Targets.Where(static target => target.Kind != ResourceKind.FlowLog)];
        _watchers.Load(open.Select(static target => (target.Subscription, target.Location)), cancellation);
        var broken = open.SelectMany(target => _watchers.FailuresIn(target.Subscription, target.Location)).Distinct().ToList();
        failures.AddRange(broken.Except(failures));
        LoadInterfaces(open, cancellation);
        foreach (var target in open)
        {
            foreach (var log in _watchers.In(target.Subscription, target.Location))
            {
                if (target.IsLoggedBy(log, id => _targets.SubnetsOfInterface(id, cancellation)))
                    target.Add(log);
            }
        }

        List<FlowTarget> without = [.. open.Where(target => target.FlowLogs.Count == 0 && !_watchers.FailuresIn(target.Subscription, target.Location).Any())];
        _targets.AddNsgsOfSubnets(without, cancellation);
        var isAny = clause.FlowLogs.Any();
        failures.AddRange(without.Where(static target => target.IsNamed).Select(target => FlowLogErrors.NotFound(target, LogsOf(target))));
        var unnamed = without.FindAll(static target => !target.IsNamed);
        if (unnamed.Count == 0)
            return;
        var error = FlowLogErrors.NotFound(unnamed, unnamed.SelectMany(LogsOf).Distinct());
        if (isAny || unnamed.Count < without.Count)
            _warnings.Add(error.Message);
        else
            failures.Add(error);
    }

    private IEnumerable<FlowLog> LogsOf(FlowTarget target) =>
        _watchers.In(target.Subscription, target.Location).Where(log => target.NsgsNearby.Contains(new ResourceId(log.TargetResourceId)));

    // In one query what would be asked for one by one.
    private void LoadInterfaces(List<FlowTarget> targets, CancellationToken cancellation) =>
        _targets.Load(
            targets.Where(static target => target.Networks.Count > 0 || target.Subnets.Count > 0)
                .SelectMany(target => _watchers.In(target.Subscription, target.Location))
                .Where(static log => log.TargetKind == FlowLogTargetKind.NetworkInterface).Select(static log => log.TargetResourceId),
            cancellation);

    // After a move from one flow log to another the old one stays, disabled: that is nothing to warn of.
    private void Tell(FlowLog log, List<FlowClause> clauses)
    {
        var isAll = clauses.SelectMany(static clause => clause.Targets).Any(target => target.FlowLogs.Contains(log) && target.FlowLogs.TrueForAll(static one => !one.Enabled));
        var text = $"Flow log '{log.Name}' of '{log.Target}' is disabled: it writes no new flows. Enable-NsgFlowLog switches it on.";
        if (isAll)
            _warnings.Add(text);
        else
            _verbose(text);
    }

    private List<string> TakeWarnings()
    {
        List<string> warnings = [.. _warnings.Distinct()];
        _warnings.Clear();
        return warnings;
    }
}
