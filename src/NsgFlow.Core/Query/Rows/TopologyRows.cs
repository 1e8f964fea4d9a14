using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Rows about the network itself: NSGs, subnets, machines, connections. They differ too much for columns of our own, and come as they are.</summary>
internal static class TopologyRows
{
    private static readonly Topology _nsg = new("AzureNetworkAnalytics_CL", $"{Custom.Text("SubType_s")} =~ \"Topology\"", Custom.Guid("Subscription_g"))
    {
        Nsg = [Custom.Text("Name_s")],
        VirtualNetwork = [Custom.Text("Name_s")],
        Subnet = [Custom.Text("Name_s")],
        NetworkInterface = [Custom.Text("Name_s")],
        Name = Custom.Text("Name_s"),
    };

    private static readonly Topology _virtualNetwork = new("NTATopologyDetails", null, Custom.Text("Subscription"))
    {
        // What Microsoft tells of this table is not complete, so its columns, too, may be missing.
        Nsg = Texts("Name", "Nsg"),
        VirtualNetwork = Texts("Name", "Network", "Subnetwork", "VirtualNetwork1", "VirtualNetwork2", "Subnet1", "Subnet2"),
        Subnet = Texts("Name", "Subnetwork", "Subnet1", "Subnet2"),
        NetworkInterface = Texts("Name"),
        Name = Custom.Text("Name"),
        MacAddress = Custom.Text("MacAddress"),
    };

    /// <summary>The tables that have topology.</summary>
    public static IEnumerable<string> Tables(IReadOnlyList<TrafficAnalyticsTable> kinds) => Of(kinds).Select(static table => table.Table);

    /// <summary>The rows that came in the time asked for, and name what the scope names.</summary>
    public static string Of(AnalyticsQuestion question, KqlScript script)
    {
        var legs = Of(question.Tables).Select(table => Leg(table, question, script)).ToList();
        var rows = legs.Count == 1 ? legs[0] : "union isfuzzy=true\n(\n" + string.Join("),\n(\n", legs) + ")\n";
        return rows + $"| order by {FlowTables.TimeGenerated} asc\n";
    }

    private static IEnumerable<Topology> Of(IReadOnlyList<TrafficAnalyticsTable> kinds)
    {
        if (kinds.Count == 0 || kinds.Contains(TrafficAnalyticsTable.Nsg))
            yield return _nsg;
        if (kinds.Count == 0 || kinds.Contains(TrafficAnalyticsTable.VirtualNetwork))
            yield return _virtualNetwork;
    }

    private static string Leg(Topology table, AnalyticsQuestion question, KqlScript script)
    {
        var conditions = new List<string>();
        if (question.Start is { } start)
            conditions.Add($"{FlowTables.TimeGenerated} >= {KqlText.Of(start)}");
        if (question.End is { } end)
            conditions.Add($"{FlowTables.TimeGenerated} < {KqlText.Of(end)}");
        if (table.Condition is { } condition)
            conditions.Add(condition);
        conditions.AddRange(OfScope(table, question.Filter.Scope, script));

        // A GUID in one table and a text in the other: one name for both types would come as two columns.
        return table.Table + "\n" + NormalRows.Where(conditions) + $"| extend TenantId = tostring({Custom.Text("TenantId")})\n";
    }

    private static IEnumerable<string> OfScope(Topology table, FlowScope scope, KqlScript script)
    {
        if (scope.Nsg.Count > 0)
            yield return Named(scope.Nsg, table.Nsg);
        if (scope.VirtualNetwork.Count > 0)
            yield return Named(scope.VirtualNetwork, table.VirtualNetwork);
        if (scope.Subnet.Count > 0)
            yield return Named(scope.Subnet, table.Subnet);
        if (scope.NetworkInterface.Count > 0)
            yield return Named(scope.NetworkInterface, table.NetworkInterface);
        if (scope.ResourceGroup.Count > 0)
            yield return $"{table.Name} matches regex {KqlText.Of(NameConditions.Regex(Patterns(scope.ResourceGroup), "(?i)^", "/", "[^/]"))}";
        if (scope.SubscriptionId.Count > 0)
            yield return NameConditions.Of(Patterns(scope.SubscriptionId), table.Subscription);
        if (scope.ResourceId.Count > 0)
            yield return OfResources(table, scope.ResourceId, static part => new NamePattern(part).ToRegex("[^/]"), [], script);
        foreach (var resources in scope.Resources)
            yield return OfResources(table, resources.Ids, NamePattern.EscapeRegex, resources.MacAddresses, script);
    }

    /// <summary>Whether one of some columns has one of some names as a part of its path (<c>group/network/subnet</c>). Of an id its last name counts.</summary>
    private static string Named(IReadOnlyList<string> texts, IReadOnlyList<string> columns)
    {
        var names = texts.Select(static text => new NamePattern(text.IndexOf('/') < 0 ? text.Trim() : new ResourceId(text.Trim()).Name ?? string.Empty)).ToList();
        var regex = KqlText.Of(NameConditions.Regex(names, "(?i)(?:^|/)", "(?:/|$)", "[^/]"));
        return string.Join(" or ", columns.Select(column => $"{column} matches regex {regex}"));
    }

    private static string OfResources(Topology table, IReadOnlyCollection<string> ids, Func<string, string> toRegex, IReadOnlyCollection<string> macs, KqlScript script)
    {
        var conditions = new List<string>();
        var paths = ids.Select(id => PathOf(id, toRegex)).OfType<string>().ToList();
        if (paths.Count > 0)
            conditions.Add($"{table.Name} matches regex {KqlText.Of("(?i)(?:^|/)(?:" + string.Join("|", paths) + ")(?:/|$)")}");
        if (macs.Count > 0 && table.MacAddress is { } column)
            conditions.Add($"toupper(replace_regex({column}, \"[^0-9A-Fa-f]\", \"\")) in ({script.Let("macs", KqlText.Dynamic(macs))})");
        var subscriptions = ids.Where(static id => new ResourceId(id).Type == "Microsoft.Resources/subscriptions").Select(static id => new ResourceId(id).SubscriptionId).OfType<string>().ToList();
        if (subscriptions.Count > 0)
            conditions.Add($"{table.Subscription} in~ {KqlText.List(subscriptions)}");
        return conditions.Count == 0 ? "false" : string.Join(" or ", conditions);
    }

    /// <summary>The path of an id as the tables write it, as a regular expression: the group, and the names.</summary>
    private static string? PathOf(string id, Func<string, string> toRegex)
    {
        var resource = new ResourceId("/" + id.Trim().Trim('/'));
        var names = new[] { resource.VirtualNetwork, resource.Subnet ?? (resource.VirtualNetwork is null ? resource.Name : null) };
        if (resource.ResourceGroup is not { } group)
            return null;
        var parts = resource.Type == "Microsoft.Resources/subscriptions/resourceGroups" ? [group] : new[] { group }.Concat(names.OfType<string>());
        return string.Join("/", parts.Select(toRegex));
    }

    private static string[] Texts(params string[] columns) => [.. columns.Select(Custom.Text)];

    private static List<NamePattern> Patterns(IReadOnlyList<string> names) => [.. names.Select(static name => new NamePattern(name.Trim()))];

    /// <summary>A table, and the columns in which it names resources.</summary>
    private sealed class Topology(string table, string? condition, string subscription)
    {
        public string Table { get; } = table;

        public string? Condition { get; } = condition;

        public string Subscription { get; } = subscription;

        public required string Name { get; init; }

        public required IReadOnlyList<string> Nsg { get; init; }

        public required IReadOnlyList<string> VirtualNetwork { get; init; }

        public required IReadOnlyList<string> Subnet { get; init; }

        public required IReadOnlyList<string> NetworkInterface { get; init; }

        public string? MacAddress { get; init; }
    }
}
