using System.Linq;
using System.Text.Json.Nodes;
using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>
/// Bodies of PUT, which replaces everything: what is there stays, also what this version does not know, but for what is read-only
/// and what is to change.
/// </summary>
internal static class FlowLogBody
{
    private static readonly string[] _readOnly = ["id", "name", "type", "etag", "systemData"];
    private static readonly string[] _readOnlyProperties = ["provisioningState", "targetResourceGuid"];
    private static readonly string[] _readOnlyIdentity = ["principalId", "tenantId"];

    // Azure answers in any case of names; a second member that differs by case only would be refused.
    private static readonly JsonNodeOptions _anyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The body that makes a flow log as it is wanted.</summary>
    /// <param name="target">What it logs.</param>
    /// <param name="actual">The flow log as it is; null for a new one.</param>
    /// <param name="wanted">As it is to be.</param>
    public static string Make(FlowLogTarget target, FlowLog? actual, FlowLogState wanted)
    {
        var body = actual is null ? new JsonObject(_anyCase) : Kept(actual);
        var had = actual is null ? null : FlowLogState.Of(actual);
        if (actual?.Location is null)
            body["location"] = Region.Short(target.Location);
        var properties = Member(body, "properties");
        properties["targetResourceId"] = actual is null ? target.Id.Text : actual.TargetResourceId;
        if (had?.StorageId != wanted.StorageId)
            properties["storageId"] = wanted.StorageId;
        properties["enabled"] = wanted.Enabled;
        if (had?.RetentionDays != wanted.RetentionDays)
            SetRetention(Member(properties, "retentionPolicy"), wanted.RetentionDays);
        if (wanted.FormatVersion is { } version && had?.FormatVersion != version)
            SetFormat(Member(properties, "format"), version);
        if (had?.RecordTypes != wanted.RecordTypes)
            SetText(properties, "recordTypes", string.Join(",", wanted.RecordTypes.ToCharArray()));
        if (had?.FilteringCriteria != wanted.FilteringCriteria)
            SetText(properties, "enabledFilteringCriteria", wanted.FilteringCriteria);
        SetAnalytics(properties, wanted);
        if (!(had?.Identity ?? []).SequenceEqual(wanted.Identity))
            SetIdentity(body, wanted);
        if (!(had?.Tags ?? wanted.Tags).SequenceEqual(wanted.Tags) || (had is null && wanted.Tags.Count > 0))
            SetTags(body, wanted);
        return body.ToJsonString();
    }

    /// <summary>The body that makes a network watcher.</summary>
    public static string Watcher(string location) => new JsonObject { ["location"] = location, ["properties"] = new JsonObject() }.ToJsonString();

    /// <summary>The body that makes a resource group.</summary>
    public static string Group(string location) => new JsonObject { ["location"] = location }.ToJsonString();

    /// <summary>A body as if Azure had taken it in and answered.</summary>
    public static FlowLog AsAnswer(string id, string body)
    {
        var resource = (JsonObject)JsonNode.Parse(body, _anyCase)!;
        resource["id"] = id;
        resource["name"] = new ResourceId(id).Name;
        resource["type"] = ResourceKind.FlowLog.Type;
        return new FlowLog(ArmResource.Parse(resource.ToJsonString()));
    }

    /// <summary>What of an answer can be sent back.</summary>
    private static JsonObject Kept(FlowLog actual)
    {
        var body = (JsonObject)JsonNode.Parse(actual.Resource.Root.Json, _anyCase)!;
        Remove(body, _readOnly);
        Remove(Member(body, "properties"), _readOnlyProperties);
        if (body["identity"] is JsonObject identity)
        {
            Remove(identity, _readOnlyIdentity);
            if (identity["userAssignedIdentities"] is JsonObject users)
            {
                foreach (var id in users.Select(static user => user.Key).ToList())
                    users[id] = new JsonObject();
            }
        }

        return body;
    }

    private static void SetRetention(JsonObject policy, int days)
    {
        policy["days"] = days;
        policy["enabled"] = days > 0;
    }

    private static void SetFormat(JsonObject format, int version)
    {
        format["type"] = "JSON";
        format["version"] = version;
    }

    // Azure takes a missing "enabled" as false and says nothing. What was known of the workspace stays when Analytics goes off.
    private static void SetAnalytics(JsonObject properties, FlowLogState wanted)
    {
        var analytics = Member(Member(properties, "flowAnalyticsConfiguration"), "networkWatcherFlowAnalyticsConfiguration");
        analytics["enabled"] = wanted.TrafficAnalytics;
        if (!wanted.TrafficAnalytics)
            return;
        analytics["workspaceId"] = wanted.WorkspaceId;
        analytics["workspaceRegion"] = wanted.WorkspaceRegion;
        analytics["workspaceResourceId"] = wanted.WorkspaceResourceId;
        analytics["trafficAnalyticsInterval"] = wanted.Interval;
    }

    private static void SetIdentity(JsonObject body, FlowLogState wanted)
    {
        var identity = new JsonObject { ["type"] = wanted.Identity.Count == 0 ? "None" : "UserAssigned" };
        if (wanted.Identity.Count > 0)
        {
            var users = new JsonObject();
            foreach (var id in wanted.Identity)
                users[id] = new JsonObject();
            identity["userAssignedIdentities"] = users;
        }

        body["identity"] = identity;
    }

    private static void SetTags(JsonObject body, FlowLogState wanted)
    {
        var tags = new JsonObject();
        foreach (var tag in wanted.Tags)
            tags[tag.Key] = tag.Value;
        body["tags"] = tags;
    }

    // Not given means all, to Azure.
    private static void SetText(JsonObject properties, string name, string text)
    {
        if (text.Length == 0)
            properties.Remove(name);
        else
            properties[name] = text;
    }

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject there)
            return there;
        var made = new JsonObject(_anyCase);
        parent[name] = made;
        return made;
    }

    private static void Remove(JsonObject parent, string[] names)
    {
        foreach (var name in names)
            parent.Remove(name);
    }
}
