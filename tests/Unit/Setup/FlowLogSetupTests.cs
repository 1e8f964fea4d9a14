using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;

namespace NsgFlow.Unit.Setup;

public class FlowLogSetupTests
{
    private static readonly FlowLogSettings _settings = new() { Enabled = true, StorageId = Place.Storage, RetentionDays = 30 };

    [Fact]
    public void Creates_with_one_write_and_then_with_none()
    {
        var arm = Place.Azure();
        var setup = new FlowLogSetup(arm);
        var plan = setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default);
        Assert.Empty(arm.Writes);
        var log = setup.Apply(plan, ArmWait.ToTheEnd, default);
        Assert.Equal([$"PUT {Place.HubLog}"], arm.Writes);
        Assert.Equal(30, log.RetentionDays);

        foreach (var again in new[] { setup, new FlowLogSetup(arm) })
        {
            var second = again.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default);
            Assert.True(second.IsEmpty);
            Assert.Equal(log.Id, again.Apply(second, ArmWait.ToTheEnd, default).Id);
        }

        Assert.Single(arm.Writes);
    }

    [Fact]
    public void Watchers_and_accounts_are_asked_for_once_for_many_targets()
    {
        var arm = Place.Azure();
        var setup = new FlowLogSetup(arm);
        foreach (var id in new[] { Place.Hub, Place.Nic })
            setup.Apply(setup.PlanTarget(arm.Get(id, "v", default)!, _settings, default), ArmWait.ToTheEnd, default);
        Assert.All(arm.Requests.Where(request => request != $"GET {Place.Hub}").GroupBy(request => request), request => Assert.Single(request));
    }

    [Fact]
    public void A_subnet_is_where_its_network_is()
    {
        var arm = Place.Azure().Add(Place.Hub, Place.VnetJson("northeurope"));
        var setup = new FlowLogSetup(arm);
        var plan = setup.PlanTarget(arm.Get(Place.Apps, "v", default)!, new FlowLogSettings { StorageId = Place.Storage + "ne" }.WithAccount(arm, "northeurope"), default);
        Assert.Equal("northeurope", plan.Target.Location);
        Assert.Equal("NetworkWatcher_northeurope", plan.Expected.NetworkWatcher);
        Assert.Single(plan.Prerequisites);
    }

    [Fact]
    public void An_NSG_that_has_a_flow_log_keeps_it()
    {
        var arm = Place.Azure().Add(Place.NsgLog, Place.LogJson(Place.Nsg));
        var plan = new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Nsg, "v", default)!, _settings, default);
        Assert.Equal(Place.NsgLog, plan.Id);
        Assert.Equal("retention 0 (for ever) \u2192 30 days", Assert.Single(plan.Changes).ToString());
    }

    [Fact]
    public void One_that_is_being_deleted_is_waited_for()
    {
        var arm = Place.Azure().Add(Place.HubLog, Deleting(Place.Hub));
        var setup = new FlowLogSetup(arm);
        var failure = Assert.Throws<NsgFlowException>(() => setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default));
        Assert.Equal(("FlowLogBeingDeleted", "Wait a minute and run the command again."), (failure.ErrorId, failure.RecommendedAction));
        var log = new FlowLog(arm.Get(Place.HubLog, "v", default)!);
        Assert.Equal("FlowLogBeingDeleted", Assert.Throws<NsgFlowException>(() => setup.PlanChange(log, new FlowLogSettings { RetentionDays = 1 }, default)).ErrorId);
        Assert.Empty(arm.Writes);
    }

    [Fact]
    public void One_that_is_being_deleted_takes_nobodys_place_and_is_not_converted()
    {
        var arm = Place.Azure()
            .Add(Place.Hub, """{"id":"{id}","name":"hub-vnet","location":"westeurope","properties":{"subnets":[{"id":"SUBNET","name":"apps","properties":{"networkSecurityGroup":{"id":"NSG"},"ipConfigurations":[{"id":"NIC/ipConfigurations/a"}]}}]}}"""
                .Replace("SUBNET", Place.Apps, StringComparison.Ordinal).Replace("NSG", Place.Nsg, StringComparison.Ordinal).Replace("NIC", Place.Nic, StringComparison.Ordinal))
            .Add(Place.NsgLog, Place.LogJson(Place.Nsg)).Add(Place.HubLog, Deleting(Place.Hub));
        var converter = new FlowLogConverter(arm, new FlowLogSetup(arm), new NoArrivals());
        IReadOnlyList<FlowLogConversionStep> Plan(string json) =>
            converter.Plan([Place.Log(Place.NsgLog, json)], new FlowLogConversionOptions(), static (_, failure) => throw failure, default);
        Assert.Equal(
            [FlowLogConversionAction.Create, FlowLogConversionAction.Verify, FlowLogConversionAction.Disable],
            Plan(Place.LogJson(Place.Nsg)).Select(static step => step.Action));
        Assert.Empty(Plan(Deleting(Place.Nsg)));
    }

    [Fact]
    public void One_whose_last_change_failed_is_written_again()
    {
        var arm = Place.Azure().Add(Place.HubLog, Place.LogJson(Place.Hub, days: 30).Replace("Succeeded", "Failed", StringComparison.Ordinal));
        var setup = new FlowLogSetup(arm);
        var plan = setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default);
        Assert.Equal("Change flow log: written again: the last change failed", plan.Action);
        setup.Apply(plan, ArmWait.ToTheEnd, default);
        Assert.Equal([$"PUT {Place.HubLog}"], arm.Writes);
        Assert.True(setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default).IsEmpty);

        // Only who wants it to log: nothing to set is nothing to write.
        arm.Add(Place.HubLog, Place.LogJson(Place.Hub).Replace("Succeeded", "Failed", StringComparison.Ordinal));
        Assert.True(setup.PlanChange(new FlowLog(arm.Get(Place.HubLog, "v", default)!), new FlowLogSettings { RetentionDays = 0 }, default).IsEmpty);
    }

    [Fact]
    public void An_NSG_that_has_none_is_refused_before_any_write()
    {
        var arm = Place.Azure();
        var failure = Assert.Throws<NsgFlowException>(() => new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Nsg, "v", default)!, _settings, default));
        Assert.Equal("NsgFlowLogCreationBlocked", failure.ErrorId);
        Assert.Contains("Enable-NsgFlowLog -VirtualNetwork hub-vnet", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(arm.Writes);
    }

    [Fact]
    public void The_networks_of_an_NSG_are_found_by_its_network_interfaces()
    {
        var arm = Place.Azure();
        arm.Add(Place.Nsg, """{"id":"{id}","location":"westeurope","properties":{"networkInterfaces":[{"id":"NIC"},{"id":"/hidden/networkInterfaces/x"}]}}""".Replace("NIC", Place.Nic, StringComparison.Ordinal));
        arm.Fail("/hidden/networkInterfaces/x", "ArmAccessDenied");
        var failure = Assert.Throws<NsgFlowException>(() => new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Nsg, "v", default)!, _settings, default));
        Assert.Contains("-VirtualNetwork hub-vnet", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Network_interfaces_that_were_not_looked_at_are_counted()
    {
        var arm = Place.Azure();
        var nics = string.Join(",", Enumerable.Repeat($$"""{"id":"{{Place.Nic}}"}""", 12));
        arm.Add(Place.Nsg, $$$"""{"id":"{id}","location":"westeurope","properties":{"networkInterfaces":[{{{nics}}}]}}""");
        var failure = Assert.Throws<NsgFlowException>(() => new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Nsg, "v", default)!, _settings, default));
        Assert.Contains("not looked at: 2 more network interfaces", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_made_when_somebody_agreed()
    {
        var arm = Place.Azure().Add(Place.Insights, """{"registrationState":"NotRegistered"}""");
        arm.Remove(Place.Watcher);
        var setup = new FlowLogSetup(arm) { ProviderDelay = TimeSpan.FromMilliseconds(1) };
        var plan = setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default);
        Assert.Equal(2, plan.Prerequisites.Count);
        Assert.Empty(arm.Writes);
        foreach (var need in plan.Prerequisites)
            setup.Prepare(need, ArmWait.ToTheEnd, default);
        setup.Apply(plan, ArmWait.ToTheEnd, default);
        Assert.Equal(
            [$"POST {Place.Insights}/register", $"PUT /subscriptions/{Place.Sub}/resourceGroups/NetworkWatcherRG", $"PUT {Place.Watcher}", $"PUT {Place.HubLog}"],
            arm.Writes);

        // The next target of the region finds both.
        Assert.Empty(setup.PlanTarget(arm.Get(Place.Nic, "v", default)!, _settings, default).Prerequisites);
    }

    [Fact]
    public void A_provider_that_takes_too_long_is_an_error()
    {
        var arm = Place.Azure();
        var provider = $"/subscriptions/{Place.Sub}/providers/Slow.Provider";
        var setup = new FlowLogSetup(arm) { ProviderDelay = TimeSpan.FromMilliseconds(1), ProviderLimit = TimeSpan.FromMilliseconds(20) };
        arm.AfterPost = () => arm.Add(provider, """{"registrationState":"Registering"}""");
        var told = new List<string>();
        var wait = new ArmWait { Progress = (status, _) => told.Add(status) };
        var failure = Assert.Throws<NsgFlowException>(() => setup.Prepare(FlowLogPrerequisite.Provider(provider), wait, default));
        Assert.Equal("ProviderNotRegistered", failure.ErrorId);
        Assert.Contains("Registering", told);
    }

    [Fact]
    public void Providers_are_not_asked_for_where_nothing_is_switched_on()
    {
        var arm = Place.Azure().Add(Place.HubLog, Place.LogJson(Place.Hub));
        new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default);
        Assert.DoesNotContain($"GET {Place.Insights}", arm.Requests);
    }

    [Fact]
    public void A_provider_that_one_may_not_look_at_is_taken_as_registered()
    {
        var arm = Place.Azure();
        arm.Fail(Place.Insights, "ArmAccessDenied");
        Assert.Empty(new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default).Prerequisites);
    }

    [Fact]
    public void A_change_starts_from_what_is_there_now()
    {
        var arm = Place.Azure().Add(Place.HubLog, Place.LogJson(Place.Hub));
        var stale = new FlowLog(arm.Get(Place.HubLog, "v", default)!);
        arm.Add(Place.HubLog, Place.LogJson(Place.Hub, days: 7));
        var plan = new FlowLogSetup(arm).PlanChange(stale, new FlowLogSettings { Enabled = false }, default);
        Assert.Contains("\"days\":7", plan.Body, StringComparison.Ordinal);
        Assert.Equal("logging on \u2192 off", Assert.Single(plan.Changes).ToString());
        arm.Remove(Place.HubLog);
        Assert.Equal("FlowLogNotFound", Assert.Throws<NsgFlowException>(() => new FlowLogSetup(arm).PlanChange(stale, new FlowLogSettings(), default)).ErrorId);
    }

    [Fact]
    public void Analytics_on_again_take_id_and_region_from_the_workspace_itself()
    {
        var arm = Place.Azure().Add(Place.HubLog, Place.LogJson(Place.Hub, Place.Analytics(enabled: false, region: "eastus")));
        var log = new FlowLog(arm.Get(Place.HubLog, "v", default)!);
        var plan = new FlowLogSetup(arm).PlanChange(log, new FlowLogSettings { TrafficAnalytics = true }, default);
        Assert.Equal("Traffic Analytics off \u2192 on; workspace region eastus \u2192 northeurope", string.Join("; ", plan.Changes));
        arm.Remove(Place.Law);
        Assert.Equal("WorkspaceMissing", Assert.Throws<NsgFlowException>(() => new FlowLogSetup(arm).PlanChange(log, new FlowLogSettings { TrafficAnalytics = true }, default)).ErrorId);
    }

    [Fact]
    public void The_account_of_another_subscription_is_compared_by_tenant()
    {
        const string Other = "33333333-3333-3333-3333-333333333333";
        var foreign = Place.Storage.Replace(Place.Sub, Other, StringComparison.Ordinal);
        var arm = Place.Azure().Add(foreign, Place.StorageJson())
            .Add($"/subscriptions/{Place.Sub}", """{"tenantId":"a"}""").Add($"/subscriptions/{Other}", """{"tenantId":"b"}""");
        var settings = new FlowLogSettings { StorageId = foreign };
        Assert.Equal("StorageTenantMismatch", Assert.Throws<NsgFlowException>(() => new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Hub, "v", default)!, settings, default)).ErrorId);
        arm.Fail($"/subscriptions/{Other}", "ArmAccessDenied");
        Assert.False(new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Hub, "v", default)!, settings, default).IsEmpty);
    }

    [Fact]
    public void A_workspace_s_subscription_must_know_Microsoft_Network()
    {
        const string Other = "33333333-3333-3333-3333-333333333333";
        var law = Place.Law.Replace(Place.Sub, Other, StringComparison.Ordinal);
        var arm = Place.Azure().Add($"/subscriptions/{Other}/providers/Microsoft.Network", """{"registrationState":"Unregistered"}""");
        var settings = _settings with { Workspace = new Workspace(ArmResource.Parse(Place.WorkspaceJson().Replace("{id}", law, StringComparison.Ordinal))) };
        var plan = new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Hub, "v", default)!, settings, default);
        Assert.Equal($"/subscriptions/{Other}/providers/Microsoft.Network", Assert.Single(plan.Prerequisites).Id);
    }

    [Fact]
    public void Azure_that_does_something_else_is_an_error()
    {
        var arm = Place.Azure();
        arm.OnPut = body => body.Replace("\"flowAnalyticsConfiguration\":{\"networkWatcherFlowAnalyticsConfiguration\":{\"enabled\":true", "\"flowAnalyticsConfiguration\":{\"networkWatcherFlowAnalyticsConfiguration\":{\"enabled\":false", StringComparison.Ordinal);
        var setup = new FlowLogSetup(arm);
        var plan = setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings with { Workspace = Place.LawNet() }, default);
        var failure = Assert.Throws<NsgFlowException>(() => setup.Apply(plan, ArmWait.ToTheEnd, default));
        Assert.Equal("FlowLogNotAsAsked", failure.ErrorId);
        Assert.Contains("Traffic Analytics off \u2192 on", failure.Message, StringComparison.Ordinal);

        // Without waiting, Azure's answer is not yet what it will be.
        Assert.NotNull(setup.Apply(plan, ArmWait.No, default));
    }

    [Fact]
    public void An_account_that_is_gone_is_told_by_name()
    {
        var arm = Place.Azure();
        arm.Remove(Place.Storage);
        var failure = Assert.Throws<NsgFlowException>(() => new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default));
        Assert.Equal("ResourceNotFound", failure.ErrorId);
        Assert.Contains("stflows", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Removes()
    {
        var arm = Place.Azure().Add(Place.HubLog, Place.LogJson(Place.Hub));
        var setup = new FlowLogSetup(arm);
        var log = setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, new FlowLogSettings(), default).Actual!;
        Assert.True(setup.Remove(log, ArmWait.ToTheEnd, default));
        Assert.False(setup.Remove(log, ArmWait.ToTheEnd, default));
        Assert.Null(setup.PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, default).Actual);
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        var arm = Place.Azure();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new FlowLogSetup(arm).PlanTarget(arm.Get(Place.Hub, "v", default)!, _settings, source.Token));
    }

    private static string Deleting(string target) => Place.LogJson(target).Replace("Succeeded", "Deleting", StringComparison.Ordinal);

    private sealed class NoArrivals : IFlowArrivals
    {
        public FlowArrival Look(FlowLog log, ArmResource? account, CancellationToken cancellation) => throw new NotSupportedException();
    }
}

file static class Accounts
{
    /// <summary>Puts the settings' account into Azure.</summary>
    public static FlowLogSettings WithAccount(this FlowLogSettings settings, FakeArm arm, string location)
    {
        arm.Add(settings.StorageId!, Place.StorageJson(location));
        return settings;
    }
}
