using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Parts of resources that have ids of their own, and stand in their owner: subnets, rules, peerings, agent pools.</summary>
internal static class Children
{
    // A part's type, and the owner's property that holds it where that has another name.
    private static readonly Dictionary<string, string> s_lists = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Network/virtualNetworks/subnets"] = "subnets",
        ["Microsoft.Network/virtualNetworks/virtualNetworkPeerings"] = "virtualNetworkPeerings",
        ["Microsoft.Network/networkSecurityGroups/securityRules"] = "securityRules",
        ["Microsoft.Network/networkSecurityGroups/defaultSecurityRules"] = "defaultSecurityRules",
        ["Microsoft.Network/networkInterfaces/ipConfigurations"] = "ipConfigurations",
        ["Microsoft.Network/loadBalancers/frontendIPConfigurations"] = "frontendIPConfigurations",
        ["Microsoft.Network/loadBalancers/backendAddressPools"] = "backendAddressPools",
        ["Microsoft.ContainerService/managedClusters/agentPools"] = "agentPoolProfiles",
    };

    public static bool IsEmbedded(ResourceId id) => s_lists.ContainsKey(id.Type);

    /// <summary>The resource, or the part of one; null when it is not there.</summary>
    public static JsonObject? Resolve(AzureState state, ResourceId id)
    {
        if (!IsEmbedded(id))
        {
            return state.Find(id.Text);
        }

        return state.Find(id.Parent.Text) is { } owner
            ? List(owner, id).FirstOrDefault(part => ResourceId.Same(part.Text("name"), id.Name))
            : null;
    }

    public static IReadOnlyList<JsonObject> List(JsonObject owner, ResourceId id) =>
        [.. owner.Properties().List(s_lists[id.Type]).OfType<JsonObject>().Select(child => Shape(owner, child, id))];

    /// <summary>Adds or replaces a part.</summary>
    /// <returns>Whether it is new.</returns>
    public static bool Put(JsonObject owner, ResourceId id, JsonObject body)
    {
        var list = owner.OwnList(s_lists[id.Type]);
        var child = new JsonObject
        {
            ["name"] = id.Name,
            ["id"] = $"{owner.Text("id")}/{id.Types[^1]}/{id.Name}",
            ["etag"] = $"W/\"{Guid.NewGuid():D}\"",
            ["properties"] = body.Properties().DeepClone(),
            ["type"] = id.Type,
        };
        child.Properties()["provisioningState"] = "Succeeded";
        var isNew = !Remove(owner, id);
        list.Add(child);
        return isNew;
    }

    /// <summary>Gives the parts that came inside their owner what they have as resources.</summary>
    public static void Complete(JsonObject owner)
    {
        var prefix = owner.Text("type") + "/";
        foreach (var (type, list) in s_lists.Where(l => l.Value != "agentPoolProfiles" && l.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var part in owner.Properties().List(list).OfType<JsonObject>())
            {
                part["id"] = $"{owner.Text("id")}/{list}/{part.Text("name")}";
                part["etag"] = owner.Text("etag");
                part["type"] = type;
                part.Properties()["provisioningState"] = "Succeeded";
            }
        }
    }

    public static bool Remove(JsonObject owner, ResourceId id)
    {
        var list = owner.OwnList(s_lists[id.Type]);
        return list.FirstOrDefault(c => ResourceId.Same(c.Text("name"), id.Name)) is { } known && list.Remove(known);
    }

    // An agent pool stands in its cluster without an id, and its settings beside its name.
    private static JsonObject Shape(JsonObject owner, JsonObject child, ResourceId id)
    {
        if (child["id"] is not null)
        {
            return child;
        }

        var settings = child.Copy();
        settings.Remove("name");
        return new JsonObject
        {
            ["id"] = $"{owner.Text("id")}/{id.Types[^1]}/{child.Text("name")}",
            ["name"] = child.Text("name"),
            ["type"] = id.Type,
            ["properties"] = settings,
        };
    }
}
