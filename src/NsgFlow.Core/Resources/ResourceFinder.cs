using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>
/// Finds resources over all subscriptions that the caller sees: by name with one query of Resource Graph, by id with one GET. When Resource Graph
/// refuses or fails, ARM's own lists are asked instead, one for each subscription. Safe for many threads; subscriptions are listed once.
/// </summary>
public sealed class ResourceFinder : IResourceFinder
{
    /// <summary>As many rows as Resource Graph gives at once.</summary>
    internal const int OnePage = 1000;

    // A query may have so many characters only; ids are long.
    private const int MostNames = 200;
    private const int MostNear = 5000;

    private readonly IArm _arm;
    private readonly Action<string> _verbose;
    private readonly SubscriptionNames _subscriptions;
    private readonly ResourceLists _lists;
    private volatile bool _hasNoGraph;

    /// <summary>Makes a finder.</summary>
    /// <param name="arm">Whom to ask.</param>
    /// <param name="verbose">Told what is asked in other ways than usual; may be called on any thread.</param>
    public ResourceFinder(IArm arm, Action<string>? verbose = null)
    {
        _arm = arm ?? throw new ArgumentNullException(nameof(arm));
        _verbose = verbose ?? (static _ => { });
        _subscriptions = new SubscriptionNames(arm);
        _lists = new ResourceLists(arm, _subscriptions, _verbose);
    }

    /// <summary>Where to look when a question names no subscription: ids or names, wildcards allowed; empty for everywhere.</summary>
    public IReadOnlyList<string> DefaultSubscriptions { get; init; } = [];

    /// <summary>Whom it asks.</summary>
    internal IArm Arm => _arm;

    /// <inheritdoc/>
    public IReadOnlyList<ArmResource> Find(ResourceQuestion question, CancellationToken cancellation)
    {
        var found = Search(question, out var missing, cancellation);
        return missing.Count == 0 ? found : throw missing[0];
    }

    /// <inheritdoc/>
    public ArmResource FindOne(ResourceQuestion question, CancellationToken cancellation)
    {
        var found = Find(question, cancellation);
        var name = string.Join(", ", question.Names);
        return found.Count switch
        {
            0 => throw ResourceErrors.NotFound(question.Kind, name, string.Empty, []),
            1 => found[0],
            _ => throw ResourceErrors.Ambiguous(question.Kind, name, found),
        };
    }

    /// <summary>Ids of the subscriptions that a name means (wildcards allowed).</summary>
    /// <param name="name">The name, or an id.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException"><c>ResourceNotFound</c>: there is none; or any failure of <see cref="IArm"/>.</exception>
    public IReadOnlyList<string> SubscriptionIds(string name, CancellationToken cancellation) =>
        _subscriptions.Choose([name], cancellation) ?? throw ResourceErrors.NotFound(ResourceKind.Subscription, name, string.Empty, []);

    /// <summary>What matches; and an error for each name or id that is not there.</summary>
    internal IReadOnlyList<ArmResource> Search(ResourceQuestion question, out IReadOnlyList<NsgFlowException> missing, CancellationToken cancellation)
    {
        if (question is null)
            throw new ArgumentNullException(nameof(question));
        var choice = new NameChoice(question.Names);
        var errors = new List<NsgFlowException>();
        var found = new List<ArmResource>();
        foreach (var (id, resource) in choice.Ids.Zip(SideBySide.Select(choice.Ids, id => Get(id, question.Kind, cancellation), cancellation), static (id, resource) => (id, resource)))
        {
            if (resource is null)
                errors.Add(ResourceErrors.NotFound(question.Kind, id, string.Empty, []));
            else
                found.Add(resource);
        }

        if (choice.Ids.Count == 0 || choice.Names.Count > 0)
        {
            var subscriptions = _subscriptions.Choose(question.Subscriptions.Count > 0 ? question.Subscriptions : DefaultSubscriptions, cancellation);
            var search = new NameSearch(question.Kind, choice.Names, new NameChoice(question.ResourceGroups).Names);
            if (subscriptions is not null)
                found.AddRange(search.Choose(Candidates(search, subscriptions, cancellation)));
            foreach (var name in search.Missing(found))
                errors.Add(ResourceErrors.NotFound(question.Kind, name, Where(question.ResourceGroups, question.Subscriptions), subscriptions is null ? [] : Near(search, name, subscriptions, cancellation)));
        }

        missing = errors;
        return [.. found.GroupBy(static one => one.ResourceId).Select(static same => same.First()).OrderBy(static one => one.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Resources by their ids, in one query if that can be; those that do not exist are left out.</summary>
    internal IReadOnlyList<ArmResource> Fetch(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var wanted = ids.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var inGraph = wanted.FindAll(static id => !IsScaleSetInterface(id));
        IReadOnlyList<ArmResource>? found = inGraph.Count < 2 ? null
            : Graph(() => [.. Slices(inGraph).SelectMany(slice => _arm.Query(new GraphQuery(GraphText.Of(slice), [.. SubscriptionsOf(slice)]), cancellation))]);
        var rest = found is null ? wanted : wanted.FindAll(IsScaleSetInterface);
        return [.. found ?? [], .. SideBySide.Select(rest, id => VersionOf(id) is { } version ? _arm.Get(id, version, cancellation) : null, cancellation).OfType<ArmResource>()];
    }

    /// <summary>Some of what matches, with little more than names, in one request or two: for a person to choose from. What is not there is no error.</summary>
    internal IReadOnlyList<ArmResource> FirstPage(ResourceQuestion question, CancellationToken cancellation)
    {
        if (question.Kind == ResourceKind.Subscription)
            return _subscriptions.All(cancellation);
        var subscriptions = _subscriptions.Choose(question.Subscriptions.Count > 0 ? question.Subscriptions : DefaultSubscriptions, cancellation);
        var search = new NameSearch(question.Kind, new NameChoice(question.Names).Names, new NameChoice(question.ResourceGroups).Names);
        return subscriptions is null ? []
            : [.. search.Choose(_arm.Query(new GraphQuery(GraphText.NamesOf(search.Listed, search.ListedNames, search.Groups), subscriptions), cancellation).Take(OnePage))];
    }

    /// <summary>Where a question looks, with a space before each part; empty for everywhere. What nobody gave here is said to come from elsewhere.</summary>
    internal string Where(IReadOnlyList<string> groups, IReadOnlyList<string> subscriptions) =>
        (groups.Count == 0 ? string.Empty : $" in resource group {string.Join(" or ", groups)}")
        + (subscriptions.Count > 0 ? $" in subscription {string.Join(" or ", subscriptions)}"
            : DefaultSubscriptions.Count > 0 ? $" in subscription {string.Join(" or ", DefaultSubscriptions)} (Connect-NsgFlow -SubscriptionId)"
            : string.Empty);

    /// <summary>All resources of some kinds in a resource group.</summary>
    internal IReadOnlyList<ArmResource> InGroup(IReadOnlyList<ResourceKind> kinds, string subscription, string group, CancellationToken cancellation)
    {
        var groups = new[] { new NamePattern(group) };
        return Graph(() => [.. _arm.Query(new GraphQuery(GraphText.Of(kinds, [], groups), [subscription]), cancellation)])
            ?? [.. kinds.SelectMany(kind => _lists.Of(kind, [subscription], groups, cancellation))];
    }

    private static IEnumerable<string> SubscriptionsOf(IEnumerable<string> ids) =>
        ids.Select(static id => new ResourceId(id).SubscriptionId).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<IReadOnlyList<T>> Slices<T>(IReadOnlyList<T> all)
    {
        for (var at = 0; at == 0 || at < all.Count; at += MostNames)
            yield return [.. all.Skip(at).Take(MostNames)];
    }

    private static bool IsScaleSetInterface(string id) => new ResourceId(id) is var parsed && parsed.NetworkInterface is not null && parsed.Segment("virtualMachineScaleSets") is not null;

    private static string? VersionOf(string id) =>
        IsScaleSetInterface(id) ? ResourceKind.ScaleSetNetworkInterface.ApiVersion : ResourceKind.OfType(new ResourceId(id).Type)?.ApiVersion;

    private ArmResource? Get(string id, ResourceKind kind, CancellationToken cancellation)
    {
        if (ResourceKind.OfType(new ResourceId(id).Type) != kind && !(kind == ResourceKind.NetworkInterface && IsScaleSetInterface(id)))
            throw new NsgFlowException("InvalidResourceId", $"'{id}' is not the id of a {kind.Word}.", $"Give the id of a {kind.Word}, or its name.");
        return _arm.Get(id, VersionOf(id)!, cancellation);
    }

    /// <summary>Resources among which are those that are searched; a subnet's candidates are virtual networks.</summary>
    private IEnumerable<ArmResource> Candidates(NameSearch search, IReadOnlyList<string> subscriptions, CancellationToken cancellation)
    {
        if (search.Parent is { } parent)
        {
            // Resource Graph has no such rows, or late ones: what holds them is found, and each is asked.
            var holders = new NameSearch(parent, [], search.Groups);
            var all = holders.Choose(Candidates(holders, subscriptions, cancellation)).ToList();
            return SideBySide.Select(all, one => _arm.List(one.Id + "/" + search.Kind.Type.Substring(parent.Type.Length + 1), search.Kind.ApiVersion, cancellation).ToList(), cancellation)
                .SelectMany(static list => list);
        }

        var found = search.Listed == ResourceKind.Subscription ? null
            : Graph(() => [.. Slices(search.ListedNames).SelectMany(names => _arm.Query(new GraphQuery(GraphText.Of([search.Listed], names, search.Groups), subscriptions), cancellation))]);
        return found ?? _lists.Of(search.Listed, subscriptions, search.Groups, cancellation);
    }

    private IReadOnlyList<string> Near(NameSearch search, string name, IReadOnlyList<string> subscriptions, CancellationToken cancellation)
    {
        var anywhere = new NameSearch(search.Kind, [], []);
        var others = anywhere.Choose(Candidates(anywhere, subscriptions, cancellation)).Take(MostNear).ToList();
        return [.. NearNames.Of(name, others.Select(search.NameOf)).Select(near =>
            others.Find(one => search.NameOf(one) == near)?.ResourceGroup is { } group ? $"'{near}' (in {group})" : $"'{near}'")];
    }

    /// <summary>What Resource Graph answers; null when it does not, and from then on.</summary>
    private IReadOnlyList<ArmResource>? Graph(Func<IReadOnlyList<ArmResource>> ask)
    {
        if (_hasNoGraph)
            return null;
        try
        {
            return ask();
        }
        catch (NsgFlowException e) when (e.ErrorId is not ("NotSignedIn" or "ArmUnauthorized"))
        {
            // What another way of asking may mend; without a sign-in none does.
            _hasNoGraph = true;
            _verbose($"Azure: Resource Graph did not answer, so ARM is asked for each subscription: {e.Message}");
            return null;
        }
    }
}
