using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests.Requests;

/// <summary>How requests of ours differ from those of Microsoft's client: method, path, query and body, each value by its place.</summary>
internal static partial class RequestDifference
{
    /// <summary>Fails on a difference that has no reason, and on a reason that has no difference.</summary>
    /// <param name="ours">Our requests: one that asks, or those that write and those that wait for them.</param>
    /// <param name="theirs">Theirs.</param>
    /// <param name="reasons">Why they may differ, by place: <c>api-version</c>, <c>body.properties.enabled</c>, <c>waiting</c>.</param>
    /// <param name="headers">The headers that say what is asked; none when left out.</param>
    public static void Explained(
        IReadOnlyList<RecordedRequest> ours, IReadOnlyList<RecordedRequest> theirs, IReadOnlyDictionary<string, string> reasons, params string[] headers)
    {
        var differences = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Assert.Equal(theirs.Where(Counts).Select(static r => r.Status), ours.Where(Counts).Select(static r => r.Status));
        foreach (var (our, their) in ours.Where(Counts).Zip(theirs.Where(Counts)))
        {
            Compare(our, their, headers, differences);
        }

        var waiting = (Ours: Waiting(ours), Theirs: Waiting(theirs));
        if (!string.Equals(waiting.Ours, waiting.Theirs, StringComparison.OrdinalIgnoreCase))
        {
            differences["waiting"] = $"{waiting.Ours} of ours, {waiting.Theirs} of theirs";
        }

        var unexplained = differences.Where(d => !reasons.ContainsKey(d.Key)).Select(static d => $"{d.Key}: {d.Value}").ToArray();
        Assert.True(unexplained.Length == 0, $"{ours[0]} differs without a reason:\n{string.Join('\n', unexplained)}");
        var stale = reasons.Keys.Where(place => !differences.ContainsKey(place)).ToArray();
        Assert.True(stale.Length == 0, $"{ours[0]} does not differ in: {string.Join(", ", stale)}");

        bool Counts(RecordedRequest request) => request.Writes || request == ours[0] || request == theirs[0];
        string Waiting(IEnumerable<RecordedRequest> all) => string.Join(", ", all.Where(r => !Counts(r)).Select(Line).Distinct());
    }

    private static void Compare(RecordedRequest ours, RecordedRequest theirs, string[] headers, SortedDictionary<string, string> differences)
    {
        var a = Values(ours, headers);
        var b = Values(theirs, headers);
        ComparePaths(ours.Path, theirs.Path, differences);
        foreach (var place in a.Keys.Union(b.Keys))
        {
            var (our, their) = (a.GetValueOrDefault(place, "nothing"), b.GetValueOrDefault(place, "nothing"));
            if (our != their)
            {
                differences[place] = $"{our} of ours, {their} of theirs";
            }
        }
    }

    // Each operation has an id of its own.
    private static string Line(RecordedRequest request) => $"{request.Method} {Operation().Replace(request.Path, "$1{id}")}";

    // What means the same to Azure has a place of its own, so that its reason covers nothing else.
    private static void ComparePaths(string ours, string theirs, SortedDictionary<string, string> differences)
    {
        var shown = $"{ours} of ours, {theirs} of theirs";
        if (theirs.Contains("//", StringComparison.Ordinal))
        {
            theirs = theirs.Replace("//", "/", StringComparison.Ordinal);
            differences["path (empty segment)"] = shown;
        }

        if (!ours.Equals(theirs, StringComparison.OrdinalIgnoreCase))
        {
            differences["path"] = shown;
        }
        else if (ours != theirs)
        {
            differences["path (case)"] = shown;
        }
    }

    private static Dictionary<string, string> Values(RecordedRequest request, string[] headers)
    {
        var values = new Dictionary<string, string> { ["method"] = request.Method };
        foreach (var (name, value) in request.Query)
        {
            values[name] = value;
        }

        foreach (var name in headers.Where(request.Headers.ContainsKey))
        {
            values["header " + name] = request.Headers[name];
        }

        Add(values, "body", request.Json);
        return values;
    }

    private static void Add(Dictionary<string, string> values, string place, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } known:
                foreach (var (name, value) in known)
                {
                    Add(values, $"{place}.{name}", value);
                }

                break;
            case JsonArray { Count: > 0 } list:
                for (var i = 0; i < list.Count; i++)
                {
                    Add(values, $"{place}[{i}]", list[i]);
                }

                break;
            case not null:
                values[place] = node.ToJsonString();
                break;
        }
    }

    [GeneratedRegex("(?<=/)(operations/|operationResults/)[^/]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Operation();
}
