using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using NsgFlow.Arm;
using Xunit;

namespace NsgFlow.Unit.Resources;

/// <summary>ARM in memory: resources by id, lists by what an id lies in, and as much of Resource Graph's language as the module writes. Every call is noted.</summary>
internal sealed class FakeArm : IArm
{
    private readonly List<ArmResource> _all = [];
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>GET, LIST and QUERY with what was asked, in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Called before each answer with the call's text; may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Rows of an answer of Resource Graph.</summary>
    public int PageSize { get; set; } = 1000;

    public FakeArm Add(string id, string? location = "westeurope", string properties = "{}")
    {
        var type = new ResourceId(id).Type;
        var place = location is null ? string.Empty : $"\"location\":\"{location}\",";
        _all.Add(ArmResource.Parse($$"""{"id":"{{id}}","name":"{{new ResourceId(id).Name}}","type":"{{type}}",{{place}}"properties":{{properties}}}"""));
        return this;
    }

    public FakeArm AddSubscription(string id, string name)
    {
        _all.Add(ArmResource.Parse($$"""{"id":"/subscriptions/{{id}}","subscriptionId":"{{id}}","displayName":"{{name}}","state":"Enabled"}"""));
        return this;
    }

    public ArmResource? Get(string id, string apiVersion, CancellationToken cancellation)
    {
        Note("GET " + id + " " + apiVersion);
        return _all.Find(one => one.ResourceId == new ResourceId(id));
    }

    public IEnumerable<ArmResource> List(string path, string apiVersion, CancellationToken cancellation)
    {
        Note("LIST " + path + " " + apiVersion);
        if (path == "/subscriptions")
            return _all.Where(static one => one.ResourceId.Type == "Microsoft.Resources/subscriptions");
        var found = _all.Where(one => IsListed(one, path)).ToList();
        return path.Contains("/resourceGroups/", StringComparison.OrdinalIgnoreCase) && found.Count == 0 && !path.EndsWith("/flowLogs", StringComparison.Ordinal)
            ? throw new NsgFlowException("ResourceNotFound", "ResourceGroupNotFound", string.Empty)
            : found;
    }

    public IEnumerable<ArmResource> Query(GraphQuery query, CancellationToken cancellation)
    {
        var rows = _all.Where(one => IsOf(one, query)).OrderBy(static one => one.Id, StringComparer.OrdinalIgnoreCase).ToList();
        for (var at = 0; at == 0 || at < rows.Count; at += PageSize)
        {
            Note("QUERY " + query.Text);
            foreach (var row in rows.Skip(at).Take(PageSize))
                yield return row;
        }
    }

    public ArmResource Put(string id, string apiVersion, string body, ArmWait wait, CancellationToken cancellation) => throw new NotSupportedException();

    public bool Delete(string id, string apiVersion, ArmWait wait, CancellationToken cancellation) => throw new NotSupportedException();

    public ArmNode Post(string path, string apiVersion, string? body, CancellationToken cancellation) => throw new NotSupportedException();

    private static bool IsListed(ArmResource one, string path)
    {
        if (path.EndsWith("/resourcegroups", StringComparison.Ordinal))
            return one.ResourceId.Type == "Microsoft.Resources/subscriptions/resourceGroups" && one.Id.StartsWith(path[..^"resourcegroups".Length], StringComparison.OrdinalIgnoreCase);
        var at = path.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        var type = path[(at + "/providers/".Length)..];
        var isChild = new ResourceId(path + "/x").Type is { } child && type.Split('/').Length % 2 == 0 && type.Split('/').Length > 2 && one.ResourceId.Type == child;
        return isChild ? one.ResourceId.Parent == new ResourceId(path[..path.LastIndexOf('/')])
            : string.Equals(one.ResourceId.Type, type, StringComparison.OrdinalIgnoreCase) && one.Id.StartsWith(path[..at] + "/", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsOf(ArmResource one, GraphQuery query)
    {
        var where = query.Text.Split(" | ")[1]["where ".Length..];
        return (query.Subscriptions.Count == 0 || query.Subscriptions.Contains(one.SubscriptionId, StringComparer.OrdinalIgnoreCase))
            && !one.Id.Contains("/virtualMachineScaleSets/x/", StringComparison.Ordinal)
            && s_conditions.Split(where).All(condition => s_or.Split(condition.Trim('(')).Any(part => Holds(one, part)));
    }

    private static bool Holds(ArmResource one, string condition)
    {
        var match = s_comparison.Match(condition);
        Assert.True(match.Success, condition);
        var value = match.Groups["column"].Value switch
        {
            "type" => one.ResourceId.Type,
            "id" => one.Id,
            "name" => one.Name,
            _ => one.ResourceGroup,
        } ?? string.Empty;
        var texts = s_literal.Matches(match.Groups["rest"].Value).Select(static literal => literal.Value[1..^1].Replace("\\'", "'").Replace("\\\\", "\\")).ToList();
        return match.Groups["operator"].Value == "startswith"
            ? value.StartsWith(texts.Single(), StringComparison.OrdinalIgnoreCase)
            : texts.Contains(value, StringComparer.OrdinalIgnoreCase);
    }

    private static readonly Regex s_conditions = new(" and ");

    private static readonly Regex s_or = new(" or ");

    private static readonly Regex s_comparison = new("^(?<column>type|id|name|resourceGroup) (?<operator>=~|in~|startswith) (?<rest>.*)$");

    private static readonly Regex s_literal = new(@"'(?:[^'\\]|\\.)*'");

    private void Note(string call)
    {
        _calls.Enqueue(call);
        Before(call);
    }
}
