using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>
/// Whose flows, as conditions. The tables know more than the logs do: subnet and network interface of the logged end. What a flow log is on, they tell of
/// virtual network flow logs (<c>Target</c>); of NSG flow logs it is the NSG.
/// </summary>
internal static class ScopeConditions
{
    // One NSG, or several with a separator between them.
    private const string ListStart = "(?i)(?:^|[ ,;])[^/]+/[^/]+/";
    private const string ListEnd = "(?:$|[ ,;])";
    private const int MostOfOneRegex = 100;
    private static readonly string[] _idColumns = ["NsgId", "TargetId", "FlowLogId"];

    /// <summary>The conditions of a scope: one for each property, and for each set of resources found in Azure.</summary>
    public static IEnumerable<string> Of(FlowScope scope, KqlScript script)
    {
        if (scope.Nsg.Count > 0)
            yield return Or(Names(scope.Nsg, "NsgPath", ListStart, ListEnd), Ids(scope.Nsg, ["NsgId"], "networkSecurityGroups", string.Empty));
        if (scope.VirtualNetwork.Count > 0)
        {
            yield return Or(
                Names(scope.VirtualNetwork, "LoggedSubnet", "(?i)(?:^|/)", "/[^/]+$"),
                Names(scope.VirtualNetwork, "TargetId", "(?i)/virtualNetworks/", "(?:/|$)"),
                Ids(scope.VirtualNetwork, ["TargetId", "LoggedSubnetId"], "virtualNetworks", "(?:/subnets/[^/]+)?"));
        }

        if (scope.Subnet.Count > 0)
        {
            yield return Or(
                Names(scope.Subnet, "LoggedSubnet", "(?i)/", "$"),
                Names(scope.Subnet, "TargetId", "(?i)/subnets/", "$"),
                Ids(scope.Subnet, ["TargetId", "LoggedSubnetId"], "subnets", string.Empty));
        }

        if (scope.NetworkInterface.Count > 0)
        {
            yield return Or(
                Names(scope.NetworkInterface, "LoggedNic", "(?i)(?:^|/)", "$"),
                Names(scope.NetworkInterface, "TargetId", "(?i)/networkInterfaces/", "$"),
                Ids(scope.NetworkInterface, ["TargetId", "LoggedNicId"], "networkInterfaces", string.Empty));
        }

        if (scope.ResourceGroup.Count > 0)
            yield return Or(Names(scope.ResourceGroup, "Target", "(?i)^[^/]+/", "/"));
        if (scope.SubscriptionId.Count > 0)
            yield return Or(Names(scope.SubscriptionId, "Target", "(?i)^", "/"));
        if (scope.ResourceId.Count > 0)
        {
            var patterns = scope.ResourceId.Where(static id => id.IndexOf('/') >= 0).Select(static id => new NamePattern("/" + id.Trim().Trim('/'))).ToList();
            yield return Or([.. OfIds(patterns.Select(static pattern => pattern.Literal).OfType<string>(), script), .. OfPatterns([.. patterns.Where(static pattern => pattern.Literal is null)])]);
        }

        foreach (var resources in scope.Resources)
            yield return Of(resources, script);
    }

    private static string Of(ScopeResources resources, KqlScript script)
    {
        var conditions = new List<string?>();
        if (resources.MacAddresses.Count > 0)
            conditions.Add($"MacAddress in~ ({script.Let("macs", KqlText.Dynamic(resources.MacAddresses))})");
        if (resources.NsgGuids.Count > 0)
            conditions.Add($"NsgPath in~ ({script.Let("groups", KqlText.Dynamic(resources.NsgGuids))})");
        conditions.AddRange(OfIds(resources.Ids, script));
        conditions.AddRange(resources.Parts.GroupBy(static part => "/" + part.TargetResourceId.Trim('/'), System.StringComparer.OrdinalIgnoreCase).Select(parts =>
            $"(TargetId =~ {KqlText.Of(parts.Key)} and {AddressConditions.Of(AddressSet.Of(parts.SelectMany(static part => part.Addresses.Ranges)), "LoggedAddress", script)})"));
        return Or([.. conditions]);
    }

    /// <summary>
    /// Ids of targets, flow logs, NSGs and of what these lie in; and of the subnet and network interface that logged. Groups and subscriptions are
    /// those of the flow log's target: a network interface that it covers may lie in another.
    /// </summary>
    private static IEnumerable<string> OfIds(IEnumerable<string> ids, KqlScript script)
    {
        foreach (var kind in ids.GroupBy(static id => new ResourceId(id).Type?.ToUpperInvariant()))
        {
            string List() => script.Let("ids", KqlText.Dynamic(kind));
            IReadOnlyList<string> conditions = kind.Key switch
            {
                "MICROSOFT.NETWORK/NETWORKSECURITYGROUPS" => [OfGroups([.. kind], script)],
                "MICROSOFT.NETWORK/VIRTUALNETWORKS" => [$"TargetId in~ ({List()})", .. Below(kind, "TargetId", "LoggedSubnetId")],
                "MICROSOFT.NETWORK/VIRTUALNETWORKS/SUBNETS" => [$"TargetId in~ ({List()})", $"LoggedSubnetId in~ ({List()})"],
                "MICROSOFT.NETWORK/NETWORKINTERFACES" => [$"TargetId in~ ({List()})", $"LoggedNicId in~ ({List()})"],
                "MICROSOFT.NETWORK/NETWORKWATCHERS/FLOWLOGS" => [$"FlowLogId in~ ({List()})"],
                "MICROSOFT.NETWORK/NETWORKWATCHERS" => [.. Below(kind, "FlowLogId")],
                "MICROSOFT.RESOURCES/SUBSCRIPTIONS" or "MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS" => [.. Below(kind, "NsgId", "TargetId", "FlowLogId")],
                _ => [],
            };
            foreach (var condition in conditions)
                yield return condition;
        }
    }

    /// <summary>The same for ids with wildcards.</summary>
    private static IEnumerable<string> OfPatterns(IReadOnlyList<NamePattern> patterns) => patterns.Count == 0 ? []
        : _idColumns.Select(column => $"{column} matches regex {KqlText.Of(NameConditions.Regex(patterns, "(?is)^", "(?:/.*)?$"))}");

    /// <summary>What lies in resources.</summary>
    private static IEnumerable<string> Below(IEnumerable<string> ids, params string[] columns)
    {
        var regex = KqlText.Of("(?i)^(?:" + string.Join("|", ids.Select(NamePattern.EscapeRegex)) + ")/");
        return columns.Select(column => $"{column} matches regex {regex}");
    }

    /// <summary>NSGs. Nearly all rows are of one, and a list is searched at once; only in rows of several is a path looked for.</summary>
    private static string OfGroups(IReadOnlyList<string> ids, KqlScript script)
    {
        var paths = ids.Select(PathOf).ToList();
        var regexes = paths.Select(static (path, at) => (path, at)).GroupBy(static one => one.at / MostOfOneRegex, static one => NamePattern.EscapeRegex(one.path))
            .Select(static some => $"NsgPath matches regex {KqlText.Of("(?i)(?:^|[ ,;])(?:" + string.Join("|", some) + ")" + ListEnd)}");
        return $"NsgPath in~ ({script.Let("paths", KqlText.Dynamic(paths))}) or (NsgPath matches regex {KqlText.Of("[ ,;]")} and ({Kql.Any(regexes)}))";
    }

    /// <summary>An NSG's path as the tables write it.</summary>
    private static string PathOf(string id)
    {
        var resource = new ResourceId(id);
        return $"{resource.SubscriptionId}/{resource.ResourceGroup}/{resource.Name}";
    }

    private static string? Names(IReadOnlyList<string> texts, string column, string before, string after)
    {
        var names = texts.Where(static text => text.IndexOf('/') < 0).Select(static text => new NamePattern(text.Trim())).ToList();
        return names.Count == 0 ? null : $"{column} matches regex {KqlText.Of(NameConditions.Regex(names, before, after, "[^/ ,;]"))}";
    }

    /// <summary>Ids among the values of a property: of a resource of its type, and what lies in it.</summary>
    private static string? Ids(IReadOnlyList<string> texts, IReadOnlyList<string> columns, string type, string below)
    {
        var ids = texts.Where(static text => text.IndexOf('/') >= 0).Select(static text => new NamePattern("/" + text.Trim().Trim('/'))).ToList();
        return ids.Count == 0 ? null : string.Join(" or ", columns.Select(column =>
            $"({column} contains {KqlText.Of("/" + type + "/")} and {column} matches regex {KqlText.Of(NameConditions.Regex(ids, "(?is)^", below + "$"))})"));
    }

    private static string Or(params string?[] conditions) => Kql.Any(conditions.OfType<string>());
}
