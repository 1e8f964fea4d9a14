using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>A search by name: which resources to have listed, and which of those are meant.</summary>
internal sealed class NameSearch(ResourceKind kind, IReadOnlyList<NamePattern> names, IReadOnlyList<NamePattern> groups)
{
    /// <summary>What is looked for.</summary>
    public ResourceKind Kind => kind;

    /// <summary>Resource groups; empty for all.</summary>
    public IReadOnlyList<NamePattern> Groups => groups;

    /// <summary>What is listed for it: subnets come inside their virtual networks.</summary>
    public ResourceKind Listed => kind == ResourceKind.Subnet ? ResourceKind.VirtualNetwork : kind;

    /// <summary>What must be found first, since only under each of these is the kind listed.</summary>
    public ResourceKind? Parent => kind == ResourceKind.FlowLog ? ResourceKind.NetworkWatcher
        : kind == ResourceKind.ScaleSetNetworkInterface ? ResourceKind.ScaleSet
        : null;

    /// <summary>Names of what is listed; empty for all.</summary>
    public IReadOnlyList<NamePattern> ListedNames =>
        kind != ResourceKind.Subnet ? names
        : names.All(static name => Network(name.Text) is not null) ? [.. names.Select(static name => new NamePattern(Network(name.Text)!))]
        : [];

    /// <summary>Those that are meant, of what was listed.</summary>
    public IEnumerable<ArmResource> Choose(IEnumerable<ArmResource> listed)
    {
        var inGroups = listed.Where(one => groups.Count == 0 || groups.Any(group => group.Matches(one.ResourceGroup)));
        var all = kind != ResourceKind.Subnet ? inGroups
            : inGroups.SelectMany(static network => network.Properties["subnets"].Items.Select(static subnet => new ArmResource(subnet)));
        return names.Count == 0 ? all : Named(all);
    }

    /// <summary>Those that are meant, of resources of the kind.</summary>
    public IEnumerable<ArmResource> Named(IEnumerable<ArmResource> all) => all.Where(HasName);

    /// <summary>Whether a resource of the kind has one of the names.</summary>
    public bool HasName(ArmResource one) => names.Any(name => Is(one, name));

    /// <summary>Names without wildcards that nothing has.</summary>
    public IEnumerable<string> Missing(IReadOnlyList<ArmResource> found) =>
        names.Where(name => IsLiteral(name) && !found.Any(one => Is(one, name))).Select(static name => name.Text);

    /// <summary>A resource as somebody would call it.</summary>
    public string NameOf(ArmResource one) =>
        kind == ResourceKind.Subscription ? SubscriptionNames.NameOf(one)
        : kind == ResourceKind.Subnet ? one.ResourceId.VirtualNetwork + "/" + one.Name
        : one.Name;

    private static string? Network(string text) => text.IndexOf('/') is > 0 and var slash ? text.Substring(0, slash) : null;

    private static bool IsLiteral(NamePattern name) => name.Literal is not null;

    private bool Is(ArmResource one, NamePattern name)
    {
        if (kind == ResourceKind.Subscription)
            return name.Matches(SubscriptionNames.NameOf(one)) || name.Matches(one.SubscriptionId);
        if (kind != ResourceKind.Subnet || Network(name.Text) is not { } network)
            return name.Matches(one.Name);
        return new NamePattern(network).Matches(one.ResourceId.VirtualNetwork) && new NamePattern(name.Text.Substring(network.Length + 1)).Matches(one.Name);
    }
}
