using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;
using NsgFlow.Arm;
using NsgFlow.Setup;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Setup;

/// <summary>Bodies of PUT: exactly what is wanted, and everything else as it was.</summary>
public class FlowLogBodyTests
{
    [Fact]
    public void A_new_flow_log() => Same(
        $$$$$"""
        {"location":"westeurope","properties":{"targetResourceId":"{{{{{Place.Hub}}}}}","storageId":"{{{{{Place.Storage}}}}}","enabled":true,
         "retentionPolicy":{"days":30,"enabled":true},"format":{"type":"JSON","version":2},
         "flowAnalyticsConfiguration":{"networkWatcherFlowAnalyticsConfiguration":{"enabled":true,"workspaceId":"{{{{{Place.CustomerId}}}}}",
          "workspaceRegion":"northeurope","workspaceResourceId":"{{{{{Place.Law}}}}}","trafficAnalyticsInterval":10}}}}
        """,
        Body(new FlowLogSettings { StorageId = Place.Storage, RetentionDays = 30, Workspace = Place.LawNet(), TrafficAnalyticsInterval = 10 }));

    [Fact]
    public void Analytics_are_said_to_be_off_and_not_left_out() => Same(
        $$$$$"""
        {"location":"westeurope","properties":{"targetResourceId":"{{{{{Place.Hub}}}}}","storageId":"{{{{{Place.Storage}}}}}","enabled":true,
         "retentionPolicy":{"days":0,"enabled":false},"format":{"type":"JSON","version":2},
         "flowAnalyticsConfiguration":{"networkWatcherFlowAnalyticsConfiguration":{"enabled":false}}}}
        """,
        Body(new FlowLogSettings { StorageId = Place.Storage }));

    [Fact]
    public void Everything_that_can_be_set() => Same(
        $$$$$"""
        {"location":"westeurope","tags":{"a":"b"},
         "identity":{"type":"UserAssigned","userAssignedIdentities":{"/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1":{}}},
         "properties":{"targetResourceId":"{{{{{Place.Hub}}}}}","storageId":"{{{{{Place.Storage}}}}}","enabled":true,
          "retentionPolicy":{"days":0,"enabled":false},"format":{"type":"JSON","version":2},"recordTypes":"B,E","enabledFilteringCriteria":"dstPort=22",
          "flowAnalyticsConfiguration":{"networkWatcherFlowAnalyticsConfiguration":{"enabled":false}}}}
        """,
        Body(new FlowLogSettings
        {
            StorageId = Place.Storage,
            Tags = new Dictionary<string, string> { ["a"] = "b" },
            RecordTypes = ["e", "b"],
            FilteringCriteria = "dstPort=22",
            IdentityId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1",
        }));

    [Fact]
    public void Disabling_keeps_everything_else_unknown_things_too() => Same(
        $$$$$"""
        {"location":"westeurope","tags":{"owner":"net"},"futureTop":{"a":[1,2.50]},
         "properties":{"targetResourceId":"{{{{{Place.Hub}}}}}","storageId":"{{{{{Place.Storage}}}}}","enabled":false,"futureSetting":{"deep":true},
          "retentionPolicy":{"days":7,"enabled":true},"format":{"type":"JSON","version":2},
          "flowAnalyticsConfiguration":{"networkWatcherFlowAnalyticsConfiguration":{"enabled":false,"workspaceId":"{{{{{Place.CustomerId}}}}}",
           "workspaceRegion":"northeurope","workspaceResourceId":"{{{{{Place.Law}}}}}","trafficAnalyticsInterval":60}}}}
        """,
        Body(new FlowLogSettings { Enabled = false }, Place.LogJson(Place.Hub, Place.Analytics(), days: 7)));

    [Fact]
    public void Names_that_differ_by_case_are_not_written_twice()
    {
        var log = Place.LogJson(Place.Hub).Replace("\"storageId\"", "\"StorageId\"", StringComparison.Ordinal).Replace("\"retentionPolicy\"", "\"RetentionPolicy\"", StringComparison.Ordinal);
        var properties = (JsonObject)JsonNode.Parse(Body(new FlowLogSettings { RetentionDays = 3, StorageId = Place.Storage + "2" }, log, null))!["properties"]!;
        Assert.Equal(Place.Storage + "2", (string?)properties["StorageId"]);
        Assert.False(properties.ContainsKey("storageId"));
        Assert.Equal(3, (int?)properties["RetentionPolicy"]!["days"]);
        Assert.False(properties.ContainsKey("retentionPolicy"));
    }

    [Fact]
    public void All_records_and_no_filter_are_left_out()
    {
        var log = Place.LogJson(Place.Hub, more: ""","recordTypes":"B","enabledFilteringCriteria":"dstPort=22" """);
        var properties = JsonNode.Parse(Body(new FlowLogSettings { RecordTypes = [], FilteringCriteria = "" }, log))!["properties"]!.AsObject();
        Assert.False(properties.ContainsKey("recordTypes"));
        Assert.False(properties.ContainsKey("enabledFilteringCriteria"));
    }

    [Fact]
    public void An_identity_is_taken_away_by_saying_none()
    {
        var log = Place.LogJson(Place.Hub).Replace("\"futureTop\"", """ "identity":{"type":"UserAssigned","userAssignedIdentities":{"/x/id1":{"clientId":"c","principalId":"p"}}},"futureTop" """.Trim(), StringComparison.Ordinal);
        Same("""{"type":"UserAssigned","userAssignedIdentities":{"/x/id1":{}}}""", JsonNode.Parse(Body(new FlowLogSettings { RetentionDays = 1 }, log))!["identity"]!.ToJsonString());
        Same("""{"type":"None"}""", JsonNode.Parse(Body(new FlowLogSettings { IdentityId = "" }, log))!["identity"]!.ToJsonString());
    }

    /// <summary>The example of the specification: what it answers is, sent back with a change, what it was asked for with that change.</summary>
    [SamplesFact]
    public void The_specification_s_answer_goes_back_as_its_request()
    {
        var sample = ArmNode.Parse(SharedSamples.Read("arm_NetworkWatcherFlowLogCreate_2025-07-01.json"));
        var answer = new FlowLog(new ArmResource(sample["responses"]["201"]["body"]));
        var request = JsonNode.Parse(sample["parameters"]["parameters"].Json)!;
        var plan = FlowLogPlanner.Plan(
            new FlowLogSettings { FormatVersion = 2, Enabled = false },
            new FlowLogFacts { Target = new FlowLogTarget(answer.TargetResourceId, answer.Location), Actual = answer });

        // What the example's request leaves open and its answer says.
        request["properties"]!["retentionPolicy"] = JsonNode.Parse("""{"days":0,"enabled":false}""");
        request["properties"]!["flowAnalyticsConfiguration"] = JsonNode.Parse("""{"networkWatcherFlowAnalyticsConfiguration":{"enabled":false}}""");
        // What was to change.
        request["properties"]!["format"]!["version"] = 2;
        request["properties"]!["enabled"] = false;
        Same(request.ToJsonString(), plan.Body);
        Assert.Equal("logging on \u2192 off; format version 1 \u2192 2", string.Join("; ", plan.Changes));
    }

    [SamplesFact]
    public void A_dash_for_no_workspace_is_none_and_stays()
    {
        var sample = ArmNode.Parse(SharedSamples.Read("arm_NetworkWatcherFlowLogGet_2024-05-01.json"));
        var actual = new FlowLog(new ArmResource(sample["responses"]["200"]["body"]));
        var facts = new FlowLogFacts { Target = new FlowLogTarget(actual.TargetResourceId, actual.Location), Actual = actual };
        Assert.Null(actual.Workspace);
        FlowLogRefusalTests.Refused("WorkspaceMissing", new FlowLogSettings { TrafficAnalytics = true }, facts);
        var body = JsonNode.Parse(FlowLogPlanner.Plan(new FlowLogSettings { RetentionDays = 3 }, facts).Body)!;
        Same(
            """{"networkWatcherFlowAnalyticsConfiguration":{"enabled":false,"workspaceId":"-","workspaceRegion":"-","trafficAnalyticsInterval":60}}""",
            body["properties"]!["flowAnalyticsConfiguration"]!.ToJsonString());
    }

    /// <summary>The recording of 2020 sent Traffic Analytics without "enabled", and got it back as false.</summary>
    [SamplesFact]
    public void The_recorded_answer_shows_analytics_off_and_the_plan_puts_them_on()
    {
        var recording = ArmNode.Parse(SharedSamples.Read("arm_recorded_flowlog_create_lro_azurecli_2020.json"));
        ArmNode last = default;
        foreach (var exchange in recording["exchanges"].Items)
            last = exchange["response"]["body"];
        var actual = new FlowLog(new ArmResource(last));
        Assert.False(actual.TrafficAnalytics);
        var plan = FlowLogPlanner.Plan(
            new FlowLogSettings { TrafficAnalytics = true },
            new FlowLogFacts { Target = new FlowLogTarget(actual.TargetResourceId, actual.Location), Actual = actual });
        Assert.Equal("Traffic Analytics off \u2192 on", Assert.Single(plan.Changes).ToString());
        Assert.True((bool?)JsonNode.Parse(plan.Body)!["properties"]!["flowAnalyticsConfiguration"]!["networkWatcherFlowAnalyticsConfiguration"]!["enabled"]);
    }

    private static string Body(FlowLogSettings settings, string? log = null, string? storage = null) =>
        FlowLogPlanner.Plan(settings, FlowLogRefusalTests.Facts(storage: storage, log: log)).Body;

    private static void Same(string expected, string actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)),
        new StringBuilder("Expected ").AppendLine(expected).Append("Actual ").Append(actual).ToString());
}
