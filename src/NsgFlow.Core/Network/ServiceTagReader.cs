using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>
/// Reads Microsoft's JSON: <c>{"changeNumber":1,"cloud":"Public","values":[{"name":"Storage.WestEurope","properties":{"region":
/// "westeurope","addressPrefixes":["20.38.108.0/23"]}}]}</c>. ARM's answer has the same shape.
/// </summary>
internal static class ServiceTagReader
{
    // Words of security rules for what is not Azure's. The published files do not have them; lists made of rules may.
    private static readonly HashSet<string> _notAzure = new(StringComparer.OrdinalIgnoreCase) { "Internet", "VirtualNetwork", "Any" };

    /// <exception cref="FormatException">It is no JSON, or has no list <c>values</c>.</exception>
    public static ServiceTagFile Read(byte[] utf8, string name) => JsonNode.Read(utf8, "the service-tag file", root => Read(root, name));

    private static ServiceTagFile Read(JsonNode root, string name)
    {
        if (root.Property("values") is null)
        {
            throw root.Wrong("It has no list values. Microsoft publishes the file as ServiceTags_Public_….json.");
        }

        var issues = new NetworkIssues(name);
        var tags = new List<ServiceTagEntry>();
        foreach (var node in root.List("values"))
        {
            try
            {
                if (Tag(node, issues) is { } tag)
                {
                    tags.Add(tag);
                }
            }
            catch (JsonNodeException problem)
            {
                issues.AddElement(problem.Path, problem.Reason, null);
            }
        }

        if (!tags.Any(tag => tag.Ranges.Count > 0))
        {
            issues.AddElement("values", "There is no prefix in the file.", null);
        }

        long? number = long.TryParse(Optional(root, "changeNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        return new ServiceTagFile(name, Optional(root, "cloud"), number, tags, issues.ToList());
    }

    private static string? Optional(JsonNode root, string name)
    {
        try
        {
            return root.Text(name);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ServiceTagEntry? Tag(JsonNode node, NetworkIssues issues)
    {
        var name = node.Text("name") ?? node.Text("id") ?? throw node.Wrong("The tag has no name.");
        if (_notAzure.Contains(name) || node.Property("properties") is not { } properties)
        {
            return null;
        }

        var ranges = new List<AddressRange>();
        foreach (var element in properties.List("addressPrefixes"))
        {
            var text = element.Text();
            if (!AddressSet.TryParse(text, out var range, out var error))
            {
                issues.AddElement(element.Path, error!, text);
            }
            else if (AddressWidth.IsTooWide(range))
            {
                issues.AddElement(element.Path, AddressWidth.Reason, text);
            }
            else
            {
                ranges.Add(range);
            }
        }

        var region = properties.Text("region");
        return new ServiceTagEntry(name, string.IsNullOrWhiteSpace(region) ? null : region, ranges);
    }
}
