using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;

namespace NsgFlow.Unit.Setup;

/// <summary>Everything that is refused before anything is written, each with its own id.</summary>
public class FlowLogRefusalTests
{
    private static readonly FlowLogSettings _plain = new() { StorageId = Place.Storage };

    [Theory]
    [InlineData(-1)]
    [InlineData(366)]
    public void Retention_is_0_to_365_days(int days)
    {
        Refused("RetentionInvalid", new FlowLogSettings { RetentionDays = days });
        FlowLogPlanner.Check(new FlowLogSettings { RetentionDays = 0 });
        FlowLogPlanner.Check(new FlowLogSettings { RetentionDays = 365 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(61)]
    public void Interval_is_10_or_60_minutes(int minutes)
    {
        Refused("TrafficAnalyticsIntervalInvalid", new FlowLogSettings { TrafficAnalyticsInterval = minutes });
        FlowLogPlanner.Check(new FlowLogSettings { TrafficAnalyticsInterval = 10 });
    }

    [Theory]
    [InlineData("")]
    [InlineData("X")]
    [InlineData("BE")]
    [InlineData("B,E")]
    public void Record_types_are_single_letters(string type) => Refused("RecordTypeInvalid", new FlowLogSettings { RecordTypes = ["B", type] });

    [Fact]
    public void Names_are_such_that_Azure_takes_them() => Refused("FlowLogNameInvalid", new FlowLogSettings { Name = "a/b" });

    [Fact]
    public void A_filter_has_1000_characters_at_most()
    {
        FlowLogPlanner.Check(new FlowLogSettings { FilteringCriteria = new string('x', 1000) });
        Refused("FilteringCriteriaTooLong", new FlowLogSettings { FilteringCriteria = new string('x', 1001) });
    }

    [Fact]
    public void Formats_are_1_and_2() => Refused("FormatVersionInvalid", new FlowLogSettings { FormatVersion = 4 });

    [Fact]
    public void An_identity_is_one_that_users_assign() => Refused("IdentityInvalid", new FlowLogSettings { IdentityId = Place.Hub });

    [Fact]
    public void Analytics_are_not_off_and_on()
    {
        Refused("TrafficAnalyticsAmbiguous", new FlowLogSettings { TrafficAnalytics = false, Workspace = Place.LawNet() });
        Refused("TrafficAnalyticsAmbiguous", new FlowLogSettings { TrafficAnalytics = false, TrafficAnalyticsInterval = 10 });
        Refused("TrafficAnalyticsAmbiguous", new FlowLogSettings { Enabled = false, TrafficAnalytics = true });
    }

    [Theory]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm")]
    [InlineData("hub-vnet")]
    public void Only_things_of_the_network_are_logged(string id) => Refused("FlowLogTargetUnsupported", _plain, Facts(id));

    [Fact]
    public void A_target_without_a_region_is_refused() =>
        Refused("FlowLogRegionUnknown", _plain, new FlowLogFacts { Target = new FlowLogTarget(Place.Hub, null) });

    [Fact]
    public void The_watcher_is_that_of_the_region() => Refused(
        "NetworkWatcherRegionMismatch", _plain, new FlowLogFacts { Target = new FlowLogTarget(Place.Hub, "northeurope"), Watcher = Watcher() });

    [Fact]
    public void The_account_is_in_the_region()
    {
        Refused("StorageRegionMismatch", _plain, Facts(storage: Place.StorageJson("northeurope")));
        Assert.NotNull(FlowLogPlanner.Plan(_plain, Facts(storage: Place.StorageJson("West Europe"))));
    }

    [Fact]
    public void The_account_is_not_Premium()
    {
        Refused("StorageTierUnsupported", _plain, Facts(storage: Place.StorageJson(kind: "BlockBlobStorage", sku: "Premium_LRS", tier: "Premium")));
        foreach (var sku in new[] { "Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_RAGZRS" })
            Assert.NotNull(FlowLogPlanner.Plan(_plain, Facts(storage: Place.StorageJson(sku: sku))));
    }

    [Theory]
    [InlineData("Storage")]
    [InlineData("BlobStorage")]
    public void Retention_needs_StorageV2(string kind)
    {
        Refused("StorageRetentionUnsupported", _plain with { RetentionDays = 30 }, Facts(storage: Place.StorageJson(kind: kind)));
        Assert.NotNull(FlowLogPlanner.Plan(_plain, Facts(storage: Place.StorageJson(kind: kind))));
    }

    [Fact]
    public void The_account_is_of_the_same_tenant()
    {
        var other = Place.Storage.Replace(Place.Sub, "33333333-3333-3333-3333-333333333333", StringComparison.Ordinal);
        var settings = new FlowLogSettings { StorageId = other };
        var account = ArmResource.Parse(Place.StorageJson().Replace("{id}", other, StringComparison.Ordinal));
        FlowLogFacts With(string? theirs) => new()
        {
            Target = new FlowLogTarget(Place.Hub, "westeurope"), Watcher = Watcher(), Storage = account, TargetTenant = "tenant-a", StorageTenant = theirs,
        };
        Refused("StorageTenantMismatch", settings, With("tenant-b"));
        Assert.NotNull(FlowLogPlanner.Plan(settings, With("TENANT-A")));
        Assert.NotNull(FlowLogPlanner.Plan(settings, With(null)));
    }

    [Fact]
    public void A_new_flow_log_needs_an_account() => Refused("FlowLogStorageMissing", new FlowLogSettings(), Facts());

    [Fact]
    public void Analytics_need_a_workspace()
    {
        Refused("WorkspaceMissing", _plain with { TrafficAnalytics = true }, Facts());
        var strange = new Workspace(ArmResource.Parse($$$$"""{"id":"{{{{Place.Law}}}}","location":"northeurope","properties":{}}"""));
        Refused("WorkspaceIncomplete", _plain with { Workspace = strange }, Facts());
    }

    [Fact]
    public void An_interval_alone_switches_nothing_on() => Refused("TrafficAnalyticsOff", _plain with { TrafficAnalyticsInterval = 10 }, Facts());

    [Fact]
    public void A_disabled_log_has_no_analytics()
    {
        var facts = Facts(log: Place.LogJson(Place.Hub, enabled: false));
        Refused("FlowLogDisabled", new FlowLogSettings { Workspace = Place.LawNet() }, facts);
        Assert.True(FlowLogPlanner.Plan(new FlowLogSettings { Workspace = Place.LawNet(), Enabled = true }, facts).Expected.TrafficAnalytics);
    }

    [Fact]
    public void A_format_is_for_NSG_logs()
    {
        Refused("FormatVersionUnsupported", _plain with { FormatVersion = 2 }, Facts());
        var plan = FlowLogPlanner.Plan(new FlowLogSettings { FormatVersion = 1 }, Facts(Place.Nsg, log: Place.LogJson(Place.Nsg)));
        Assert.Equal("format version 2 \u2192 1", Assert.Single(plan.Changes).ToString());
    }

    [Fact]
    public void A_name_cannot_change()
    {
        var facts = Facts(log: Place.LogJson(Place.Hub));
        Refused("FlowLogExists", new FlowLogSettings { Name = "other" }, facts);
        Assert.True(FlowLogPlanner.Plan(new FlowLogSettings { Name = "HUB-VNET-NET-flowlog" }, facts).IsEmpty);
    }

    [Fact]
    public void The_flow_log_of_another_target_is_not_overwritten()
    {
        var facts = new FlowLogFacts
        {
            Target = new FlowLogTarget(Place.Hub, "westeurope"),
            Watcher = Watcher(),
            Neighbours = [Place.Log(Place.HubLog, Place.LogJson(Place.Nic))],
        };
        var failure = Refused("FlowLogNameTaken", _plain, facts);
        Assert.Contains("network interface 'web-nic'", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("/flowLogs/mine", FlowLogPlanner.Plan(_plain with { Name = "mine" }, facts).Id, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_cannot_be_disabled() => Refused("FlowLogNotFound", new FlowLogSettings { Enabled = false }, Facts());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_replaces_a_disabled_one_can_be_made_disabled(bool analytics)
    {
        var old = Place.Log(Place.NsgLog, Place.LogJson(Place.Nsg, Place.Analytics(analytics), enabled: false));
        var plan = FlowLogPlanner.Plan(KeptSettings.Of(old).ToSettings(null, old.Tags), Facts());
        Assert.False(plan.Expected.Enabled);
        Assert.False(plan.Expected.TrafficAnalytics);
        Assert.Equal(old.StorageId, plan.Expected.StorageId);
    }

    [Fact]
    public void No_new_NSG_flow_log_but_the_command_for_its_networks()
    {
        var facts = new FlowLogFacts
        {
            Target = new FlowLogTarget(Place.Nsg, "westeurope"),
            Networks = [new ResourceId(Place.Hub), new ResourceId(Place.Hub.Replace("hub-vnet", "it's", StringComparison.Ordinal)), new ResourceId(Place.Hub.ToUpperInvariant())],
        };
        var settings = _plain with { RetentionDays = 30, Workspace = Place.LawNet(), TrafficAnalyticsInterval = 10 };
        var failure = Refused("NsgFlowLogCreationBlocked", settings, facts);
        Assert.Contains("2025-06-30", failure.Message, StringComparison.Ordinal);
        Assert.Contains("2027-09-30", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            $"Log the virtual network that the NSG is in: Enable-NsgFlowLog -VirtualNetwork hub-vnet -ResourceGroupName net -SubscriptionId {Place.Sub} -StorageAccount '{Place.Storage}'"
            + $" -RetentionDays 30 -Workspace '{Place.Law}' -TrafficAnalyticsInterval 10"
            + $" ; Enable-NsgFlowLog -VirtualNetwork 'it''s' -ResourceGroupName net -SubscriptionId {Place.Sub} -StorageAccount '{Place.Storage}'"
            + $" -RetentionDays 30 -Workspace '{Place.Law}' -TrafficAnalyticsInterval 10",
            failure.RecommendedAction);
    }

    [Fact]
    public void The_command_for_an_NSG_s_network_has_every_setting()
    {
        var facts = new FlowLogFacts { Target = new FlowLogTarget(Place.Nsg, "westeurope"), Networks = [new ResourceId(Place.Hub)], InterfacesLeftOut = 2 };
        const string Identity = $"/subscriptions/{Place.Sub}/resourceGroups/net/providers/Microsoft.ManagedIdentity/userAssignedIdentities/writer";
        var settings = new FlowLogSettings
        {
            Enabled = true, Name = "mine", RecordTypes = ["B", "D"], FilteringCriteria = "dstPort=443", TrafficAnalytics = false, IdentityId = Identity,
            Tags = new Dictionary<string, string> { ["owner"] = "it's us", ["cost centre"] = "7" },
        };
        var failure = Refused("NsgFlowLogCreationBlocked", settings, facts);
        Assert.Contains("and everything else in that network", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $" -StorageAccount <account> -Name mine -RecordType B,D -FilteringCriteria 'dstPort=443' -TrafficAnalytics:$false -Identity '{Identity}'"
            + " -Tag @{'cost centre' = '7'; 'owner' = 'it''s us'}"
            + " (not looked at: 2 more network interfaces of the NSG, which may be in other virtual networks)",
            failure.RecommendedAction, StringComparison.Ordinal);
        failure = Refused("NsgFlowLogCreationBlocked", new FlowLogSettings { RecordTypes = [], FilteringCriteria = string.Empty, TrafficAnalytics = true }, facts);
        Assert.Contains(" -RecordType @() -FilteringCriteria '' -TrafficAnalytics -Workspace <workspace> (", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_refusal_says_what_to_do()
    {
        var failure = Refused("FlowLogStorageMissing", new FlowLogSettings(), Facts());
        Assert.Equal("Give one with -StorageAccount.", failure.RecommendedAction);
    }

    internal static NsgFlowException Refused(string id, FlowLogSettings settings, FlowLogFacts? facts = null)
    {
        var failure = Assert.Throws<NsgFlowException>(() =>
        {
            if (facts is null)
                FlowLogPlanner.Check(settings);
            else
                FlowLogPlanner.Plan(settings, facts);
        });
        Assert.Equal(id, failure.ErrorId);
        Assert.NotEmpty(failure.RecommendedAction);
        return failure;
    }

    internal static FlowLogFacts Facts(string target = Place.Hub, string? storage = null, string? log = null) => new()
    {
        Target = new FlowLogTarget(target, "westeurope"),
        Watcher = Watcher(),
        Actual = log is null ? null : Place.Log(Place.HubLog, log),
        Storage = storage is null ? null : ArmResource.Parse(storage.Replace("{id}", Place.Storage, StringComparison.Ordinal)),
    };

    internal static ArmResource Watcher() => Place.Azure().List($"/subscriptions/{Place.Sub}/providers/Microsoft.Network/networkWatchers", "v", default).Single();
}
