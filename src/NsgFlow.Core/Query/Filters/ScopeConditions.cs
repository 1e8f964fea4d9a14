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
            yield return Or([.. OfResources(scope.ResourceId, script)]);
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
        conditions.AddRange(OfResources([.. resources.Ids], script));
        conditions.AddRange(resources.Parts.Select(part =>
            $"(TargetId =~ {KqlText.Of("/" + part.TargetResourceId.Trim('/'))} and {AddressConditions.Of(part.Addresses, "LoggedAddress", script)})"));
        return Or([.. conditions]);
    }

    /// <summary>Ids of targets, flow logs, NSGs and of what these lie in; and, where the tables tell it, of the subnet and network interface that logged.</summary>
    private static IEnumerable<string?> OfResources(IReadOnlyList<string> ids, KqlScript script)
    {
        var patterns = ids.Where(static id => id.IndexOf('/') >= 0).Select(static id => new NamePattern("/" + id.Trim().Trim('/'))).ToList();
        var literals = patterns.Select(static pattern => pattern.Literal).OfType<string>().Where(static id => id.Length > 1).ToList();
        var wildcards = patterns.Where(static pattern => pattern.Literal is null).ToList();
        if (literals.Count > 0)
        {
            var list = script.Let("ids", KqlText.Dynamic(literals));
            foreach (var column in new[] { "NsgId", "TargetId", "FlowLogId", "LoggedSubnetId", "LoggedNicId" })
                yield return $"{column} in~ ({list})";
        }

        // Groups and subscriptions are the target's, not those of the logged network interface, which may lie elsewhere.
        foreach (var id in literals)
        {
            var isNetwork = new ResourceId(id).VirtualNetwork is not null;
            foreach (var column in isNetwork ? ["TargetId", "LoggedSubnetId"] : new[] { "NsgId", "TargetId", "FlowLogId" })
            {
                if (isNetwork ? new ResourceId(id).Subnet is null : new ResourceId(id).Type?.StartsWith("Microsoft.Resources/", System.StringComparison.Ordinal) == true)
                    yield return $"{column} startswith {KqlText.Of(id + "/")}";
            }
        }

        foreach (var column in wildcards.Count > 0 ? ["NsgId", "TargetId", "FlowLogId"] : System.Array.Empty<string>())
            yield return $"{column} matches regex {KqlText.Of(NameConditions.Regex(wildcards, "(?is)^", "(?:/.*)?$"))}";
    }

    private static string? Names(IReadOnlyList<string> texts, string column, string before, string after)
    {
        var names = texts.Where(static text => text.IndexOf('/') < 0).Select(static text => new NamePattern(text.Trim())).ToList();
        return names.Count == 0 ? null : $"{column} matches regex {KqlText.Of(before + "(?:" + string.Join("|", names.Select(static name => name.ToRegex("[^/ ,;]"))) + ")" + after)}";
    }

    /// <summary>Ids among the values of a property: of a resource of its type, and what lies in it.</summary>
    private static string? Ids(IReadOnlyList<string> texts, IReadOnlyList<string> columns, string type, string below)
    {
        var ids = texts.Where(static text => text.IndexOf('/') >= 0).Select(static text => new NamePattern("/" + text.Trim().Trim('/'))).ToList();
        return ids.Count == 0 ? null : string.Join(" or ", columns.Select(column =>
            $"({column} contains {KqlText.Of("/" + type + "/")} and {column} matches regex {KqlText.Of(NameConditions.Regex(ids, "(?is)^", below + "$"))})"));
    }

    private static string Or(params string?[] conditions)
    {
        var given = conditions.OfType<string>().ToList();
        return given.Count == 0 ? "false" : string.Join(" or ", given);
    }
}
