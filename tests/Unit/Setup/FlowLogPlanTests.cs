using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;

namespace NsgFlow.Unit.Setup;

/// <summary>Differences in words, and that nothing is written where there is none.</summary>
public class FlowLogPlanTests
{
    [Fact]
    public void A_new_flow_log_says_all_that_it_will_be()
    {
        var settings = new FlowLogSettings { StorageId = Place.Storage, RetentionDays = 30, Workspace = Place.LawNet(), TrafficAnalyticsInterval = 10 };
        var plan = FlowLogPlanner.Plan(settings, FlowLogRefusalTests.Facts());
        Assert.Equal(
            "hub-vnet-net-flowlog (virtual network 'hub-vnet'): Create flow log: logging on; storage account stflows; retention 30 days; format version 2; "
            + "Traffic Analytics on; workspace law-net; Traffic Analytics interval 10 minutes",
            plan.ToString());
        Assert.Equal(Place.HubLog, plan.Id);
        Assert.Null(plan.Actual);
        Assert.False(plan.IsEmpty);
        Assert.Empty(plan.Prerequisites);
    }

    [Fact]
    public void A_new_flow_log_has_the_least_when_little_is_said()
    {
        var plan = FlowLogPlanner.Plan(new FlowLogSettings { StorageId = Place.Storage }, FlowLogRefusalTests.Facts(Place.Apps));
        Assert.Equal(
            "apps-hub-vnet-net-flowlog (subnet 'hub-vnet/apps'): Create flow log: logging on; storage account stflows; retention 0 (for ever); format version 2; Traffic Analytics off",
            plan.ToString());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void That_analytics_stay_off_is_said(bool? analytics, bool said)
    {
        var off = Place.LogJson(Place.Hub, Place.Analytics(enabled: false), enabled: false);
        FlowLogPlan Plan(FlowLogSettings settings, string log) => FlowLogPlanner.Plan(settings, FlowLogRefusalTests.Facts(storage: Place.StorageJson(), log: log));
        Assert.Equal(
            said ? ["Traffic Analytics of 'hub-vnet-net-flowlog' stays off; -TrafficAnalytics switches it on again (into law-net)."] : [],
            Plan(new FlowLogSettings { Enabled = true, TrafficAnalytics = analytics }, off).Warnings);

        // Nothing goes on, was ever on, or was off.
        Assert.Empty(Plan(new FlowLogSettings { RetentionDays = 1 }, off).Warnings);
        Assert.Empty(Plan(new FlowLogSettings { Enabled = true }, Place.LogJson(Place.Hub, enabled: false)).Warnings);
        Assert.Empty(Plan(new FlowLogSettings { Enabled = true }, Place.LogJson(Place.Hub, Place.Analytics(enabled: false))).Warnings);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Changes_are_told_in_words(string name, FlowLogSettings settings, string log, string expected)
    {
        _ = name;
        var plan = FlowLogPlanner.Plan(settings, FlowLogRefusalTests.Facts(storage: Place.StorageJson(), log: log));
        Assert.Equal(expected, string.Join("; ", plan.Changes));
        Assert.Equal(expected.Length == 0, plan.IsEmpty);
        Assert.Equal(Place.HubLog, plan.Id);
    }

    public static TheoryData<string, FlowLogSettings, string, string> Changes()
    {
        var plain = Place.LogJson(Place.Hub);
        var analytics = Place.LogJson(Place.Hub, Place.Analytics());
        var second = Place.Storage.Replace("stflows", "stother", StringComparison.Ordinal);
        var tags = new Dictionary<string, string> { ["owner"] = "sec", ["cost"] = "1" };
        const string Identity = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";
        return new()
        {
            { "nothing", new(), plain, "" },
            { "as it is", new() { Enabled = true, StorageId = Place.Storage.ToUpperInvariant(), RetentionDays = 0, RecordTypes = [], FilteringCriteria = "", TrafficAnalytics = false }, plain, "" },
            { "all records are all", new() { RecordTypes = ["D", "e", "C", "B"] }, plain, "" },
            { "analytics as they are", new() { Workspace = Place.LawNet(), TrafficAnalyticsInterval = 60 }, analytics, "" },
            { "retention", new() { RetentionDays = 30 }, plain, "retention 0 (for ever) \u2192 30 days" },
            { "a day", new() { RetentionDays = 1 }, Place.LogJson(Place.Hub, days: 7), "retention 7 days \u2192 1 day" },
            { "for ever", new() { RetentionDays = 0 }, Place.LogJson(Place.Hub, days: 7), "retention 7 days \u2192 0 (for ever)" },
            { "storage", new() { StorageId = second }, plain, "storage account stflows \u2192 stother" },
            { "off", new() { Enabled = false }, plain, "logging on \u2192 off" },
            { "off with analytics", new() { Enabled = false }, analytics, "logging on \u2192 off; Traffic Analytics on \u2192 off" },
            { "on again", new() { Enabled = true }, Place.LogJson(Place.Hub, enabled: false), "logging off \u2192 on" },
            { "records", new() { RecordTypes = ["e", "B", "b"] }, plain, "record types all \u2192 B, E" },
            { "fewer records", new() { RecordTypes = ["D"] }, Place.LogJson(Place.Hub, more: ""","recordTypes":"E,B" """), "record types B, E \u2192 D" },
            { "filter", new() { FilteringCriteria = " dstPort=22 " }, plain, "filter none \u2192 'dstPort=22'" },
            { "no filter", new() { FilteringCriteria = "" }, Place.LogJson(Place.Hub, more: ""","enabledFilteringCriteria":"dstPort=22" """), "filter 'dstPort=22' \u2192 none" },
            { "analytics", new() { Workspace = Place.LawNet() }, plain, "Traffic Analytics off \u2192 on; workspace none \u2192 law-net; Traffic Analytics interval none \u2192 60 minutes" },
            { "analytics again", new() { TrafficAnalytics = true }, Place.LogJson(Place.Hub, Place.Analytics(enabled: false, interval: 10)), "Traffic Analytics off \u2192 on" },
            { "interval", new() { TrafficAnalyticsInterval = 10 }, analytics, "Traffic Analytics interval 60 minutes \u2192 10 minutes" },
            { "analytics off", new() { TrafficAnalytics = false }, analytics, "Traffic Analytics on \u2192 off" },
            { "wrong region", new() { Workspace = Place.LawNet() }, Place.LogJson(Place.Hub, Place.Analytics(region: "eastus")), "workspace region eastus \u2192 northeurope" },
            { "identity", new() { IdentityId = Identity }, plain, "identity none \u2192 id1" },
            { "no identity", new() { IdentityId = "" }, plain, "" },
            { "tags", new() { Tags = tags }, plain, "tags owner=net \u2192 cost=1, owner=sec" },
            { "same tags", new() { Tags = new Dictionary<string, string> { ["OWNER"] = "net" } }, plain, "" },
            { "no tags", new() { Tags = new Dictionary<string, string>() }, plain, "tags owner=net \u2192 none" },
        };
    }

    [Fact]
    public void Workspaces_of_one_name_are_told_apart()
    {
        var other = Place.Law.Replace("/data/", "/other/", StringComparison.Ordinal);
        var workspace = new Workspace(ArmResource.Parse(Place.WorkspaceJson().Replace("{id}", other, StringComparison.Ordinal)));
        var plan = FlowLogPlanner.Plan(new FlowLogSettings { Workspace = workspace }, FlowLogRefusalTests.Facts(log: Place.LogJson(Place.Hub, Place.Analytics())));
        Assert.Equal($"workspace {Place.Law} \u2192 {other}", Assert.Single(plan.Changes).ToString());
    }

    [Fact]
    public void Without_a_watcher_one_is_asked_for_and_the_log_lies_in_it()
    {
        var facts = new FlowLogFacts
        {
            Target = new FlowLogTarget(Place.Hub, "West Europe"),
            UnregisteredProviders = [Place.Insights],
        };
        var plan = FlowLogPlanner.Plan(new FlowLogSettings { StorageId = Place.Storage }, facts);
        Assert.Equal(Place.HubLog, plan.Id);
        Assert.Equal(
            [$"Register resource provider Microsoft.Insights in subscription {Place.Sub}", $"Create network watcher NetworkWatcher_westeurope in subscription {Place.Sub}"],
            plan.Prerequisites.Select(need => need.ToString()));
        Assert.Equal(["ProviderNotRegistered", "NetworkWatcherMissing"], plan.Prerequisites.Select(need => need.Refusal.ErrorId));
        Assert.All(plan.Prerequisites, need => Assert.Contains("-Force", need.Refusal.RecommendedAction, StringComparison.Ordinal));
    }

    [Fact]
    public void The_expected_flow_log_is_what_Azure_would_answer()
    {
        var plan = FlowLogPlanner.Plan(new FlowLogSettings { StorageId = Place.Storage, Workspace = Place.LawNet() }, FlowLogRefusalTests.Facts(Place.Apps));
        var log = plan.Expected;
        Assert.Equal("apps-hub-vnet-net-flowlog", log.Name);
        Assert.Equal(plan.Id, log.Id);
        Assert.Equal(FlowLogTargetKind.Subnet, log.TargetKind);
        Assert.Equal("westeurope", log.Location);
        Assert.True(log is { Enabled: true, TrafficAnalytics: true, Workspace: "law-net", WorkspaceId: Place.CustomerId, WorkspaceRegion: "northeurope", TrafficAnalyticsInterval: 60 });
    }

    [Fact]
    public void Owners_of_NSG_logs_and_of_failed_ones_are_warned()
    {
        var log = Place.LogJson(Place.Nsg).Replace("Succeeded", "Failed", StringComparison.Ordinal);
        var plan = FlowLogPlanner.Plan(new FlowLogSettings { RetentionDays = 0 }, FlowLogRefusalTests.Facts(Place.Nsg, log: log));
        Assert.Contains("2027-09-30", plan.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("Failed", plan.Warnings[1], StringComparison.Ordinal);
        Assert.Empty(FlowLogPlanner.Plan(new FlowLogSettings(), FlowLogRefusalTests.Facts(log: Place.LogJson(Place.Hub))).Warnings);
    }
}
