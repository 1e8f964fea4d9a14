using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Arm;
using NsgFlow.Azure;
using NsgFlow.Azure.Arm;
using NsgFlow.Azure.SignIn;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.AzureTests.Arm;

/// <summary>The adapter over TLS, against an ARM that keeps state.</summary>
public sealed class SimulatorTests : IAsyncLifetime
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId;
    private const string Watcher = Prod + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    private const string Spoke = Prod + "/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/spoke-vnet";
    private const string Storage = Prod + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
    private static readonly string s_version = ResourceKind.FlowLog.ApiVersion;

    private AzureSimulator _azure = null!;

    public async Task InitializeAsync() => _azure = await AzureSimulator.StartAsync(SampleWorld.Create());

    public async Task DisposeAsync() => await _azure.DisposeAsync();

    [Fact]
    public void A_flow_log_is_made_read_listed_changed_and_deleted()
    {
        var arm = Open();
        var id = Watcher + "/flowLogs/spoke";
        var states = new List<string>();

        Assert.Null(arm.Get(id, s_version, default));
        var made = arm.Put(id, s_version, Body(), new ArmWait { Progress = (state, _) => states.Add(state) }, default);
        var changed = arm.Put(id, s_version, Body(enabled: false), ArmWait.ToTheEnd, default);

        Assert.Contains("InProgress", states);
        Assert.Equal("Succeeded", made.Properties["provisioningState"].Text);
        Assert.True(made.Properties["enabled"].Flag);
        Assert.False(changed.Properties["enabled"].Flag);
        Assert.Equal("B,E", changed.Properties["recordTypes"].Text);
        Assert.Contains("spoke", arm.List(Watcher + "/flowLogs", s_version, default).Select(r => r.Name));
        Assert.True(arm.Delete(id, s_version, ArmWait.ToTheEnd, default));
        Assert.Null(arm.Get(id, s_version, default));
        Assert.False(arm.Delete(id, s_version, ArmWait.ToTheEnd, default));
        Assert.Equal(["PUT", "PUT", "DELETE", "DELETE"], _azure.Requests.Writes.Select(r => r.Method));
    }

    [Theory]
    [InlineData(BusyAnswer.Conflict)]
    [InlineData(BusyAnswer.TooManyRequests)]
    [InlineData(BusyAnswer.FailedOperation)]
    public void A_write_waits_for_one_that_somebody_else_began(BusyAnswer busy)
    {
        _azure.Options.Busy = busy;
        _azure.Options.OperationTime = TimeSpan.FromSeconds(1);
        var arm = Open(new ArmTuning { BusyDelay = TimeSpan.FromMilliseconds(200), PollDelay = TimeSpan.FromMilliseconds(20) });
        arm.Put(Watcher + "/flowLogs/first", s_version, Body(), ArmWait.No, default);

        var second = arm.Put(Watcher + "/flowLogs/second", s_version, Body(Prod + "/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub-vnet"), ArmWait.ToTheEnd, default);

        Assert.Equal("Succeeded", second.Properties["provisioningState"].Text);
        Assert.True(_azure.Requests.Writes.Count > 2, "it was not refused once");
    }

    [Fact]
    public async Task Many_threads_write_under_one_watcher()
    {
        var arm = Open();
        var targets = arm.List(Prod + "/providers/Microsoft.Network/virtualNetworks", ResourceKind.VirtualNetwork.ApiVersion, default).Select(r => r.Id).ToList();
        await Task.WhenAll(targets.Select((target, i) => Task.Factory.StartNew(
            () => arm.Put($"{Watcher}/flowLogs/f{i}", s_version, Body(target), ArmWait.ToTheEnd, default), TaskCreationOptions.LongRunning)));
        Assert.Equal(targets.Count, _azure.Requests.Writes.Count);
        Assert.True(targets.Count > 2);
    }

    [Fact]
    public void An_operation_that_fails_is_an_error_with_its_code()
    {
        _azure.Faults.FailOperation("CannotGetWorkspace", "The workspace cannot be read.");
        var failure = Assert.Throws<NsgFlowException>(() => Open().Put(Watcher + "/flowLogs/spoke", s_version, Body(), ArmWait.ToTheEnd, default));
        Assert.Equal("ArmOperationFailed", failure.ErrorId);
        Assert.Equal("CannotGetWorkspace", failure.ServiceCode);
        Assert.NotNull(failure.RequestId);
    }

    [Fact]
    public void Trouble_of_all_kinds_is_survived()
    {
        _azure.Faults.Fail("PUT", "*", 500);
        _azure.Faults.Cut("PUT", "*");
        _azure.Faults.Fail("PUT", "*", 429, "TooManyRequests", retryAfter: 1);
        _azure.Faults.Fail("GET", "*/operations/*", 503);
        _azure.Faults.Cut("GET", "*/operations/*");
        _azure.Faults.ThrottleUntil("GET", "*/flowLogs/*", DateTimeOffset.UtcNow.AddSeconds(2));
        Assert.Equal("Succeeded", Open().Put(Watcher + "/flowLogs/spoke", s_version, Body(), ArmWait.ToTheEnd, default).Properties["provisioningState"].Text);
    }

    [Fact]
    public void Lists_and_queries_are_read_whole_whatever_the_page()
    {
        _azure.Options.PageSize = 2;
        _azure.Options.VaryIdCase = true;
        var arm = Open();
        var listed = arm.List(Prod + "/providers/Microsoft.Network/virtualNetworks", ResourceKind.VirtualNetwork.ApiVersion, default).ToList();
        var asked = arm.Query(new GraphQuery("Resources | where type =~ 'microsoft.network/virtualnetworks' | project id, name | order by id asc", [SampleWorld.ProdId]), default).ToList();
        Assert.Equal(3, listed.Count);
        Assert.Equal(listed.Select(r => r.ResourceId).ToHashSet(), asked.Select(r => r.ResourceId).ToHashSet());
    }

    [Fact]
    public async Task More_rows_than_a_page_has_are_read()
    {
        await using var many = await AzureSimulator.StartAsync(ManyWorld.Create(nsgs: 1100));
        var rows = Open(azure: many).Query(new GraphQuery("Resources | where type =~ 'microsoft.network/networksecuritygroups' | project id, name | order by id asc"), default);
        Assert.Equal(1100, rows.Select(r => r.ResourceId).Distinct().Count());
        Assert.Equal(2, many.Requests.All.Count(r => r.Path.Contains("ResourceGraph", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void A_missing_right_is_named()
    {
        var reader = _azure.World.AddPrincipal("reader").Grant("Reader", "/");
        var failure = Assert.Throws<NsgFlowException>(() => Open(who: reader).Put(Watcher + "/flowLogs/spoke", s_version, Body(), ArmWait.ToTheEnd, default));
        Assert.Equal("ArmAccessDenied", failure.ErrorId);
        Assert.Contains("Microsoft.Network/networkWatchers/flowLogs/write", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("AuthorizationFailed", failure.ServiceCode);
    }

    [Fact]
    public void A_watcher_that_is_missing_is_named()
    {
        var id = Prod + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_eastus/flowLogs/f";
        Assert.Equal("NetworkWatcherMissing", Assert.Throws<NsgFlowException>(() => Open().Put(id, s_version, Body(), ArmWait.ToTheEnd, default)).ErrorId);
    }

    [Fact]
    public void New_NSG_flow_logs_are_blocked()
    {
        var nsg = Prod + "/resourceGroups/rg-net/providers/Microsoft.Network/networkSecurityGroups/db-nsg";
        Assert.Equal(
            "NsgFlowLogCreationBlocked",
            Assert.Throws<NsgFlowException>(() => Open().Put(Watcher + "/flowLogs/db", s_version, Body(nsg), ArmWait.ToTheEnd, default)).ErrorId);
    }

    [Fact]
    public void A_provider_is_registered()
    {
        var path = "/subscriptions/" + SampleWorld.DevId + "/providers/Microsoft.Insights";
        var arm = Open();
        Assert.Equal("NotRegistered", arm.Get(path, ResourceKind.Provider.ApiVersion, default)!.Root["registrationState"].Text);
        Assert.NotEqual("NotRegistered", arm.Post(path + "/register", ResourceKind.Provider.ApiVersion, null, default)["registrationState"].Text);
    }

    [Fact]
    public void A_token_that_is_none_is_refused()
    {
        var arm = new ArmAdapter(Connection(_azure, "SECRET"), null, new ArmTuning());
        var failure = Assert.Throws<NsgFlowException>(() => arm.Get(Watcher, s_version, default));
        Assert.Equal("ArmUnauthorized", failure.ErrorId);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_service_does_not_keep_Stop_waiting()
    {
        _azure.Faults.Delay("GET", "*", TimeSpan.FromSeconds(6));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => Open().Get(Watcher, s_version, stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    private static AzureConnection Connection(AzureSimulator azure, string token) => new(
        AzureCloud.Custom("Simulator", azure.ArmEndpoint.AbsoluteUri, resourceManagerAudience: "https://management.azure.com/"),
        new AzureSignIn(new SignInOptions { AccessToken = new SignInToken(token, DateTimeOffset.MaxValue) }));

    private static string Body(string target = Spoke, bool enabled = true) =>
        $$$"""
        {"location":"westeurope","properties":{"targetResourceId":"{{{target}}}","storageId":"{{{Storage}}}","enabled":{{{(enabled ? "true" : "false")}}},
        "format":{"type":"JSON","version":2},"retentionPolicy":{"days":30,"enabled":true},"recordTypes":"B,E"}}
        """;

    private ArmAdapter Open(ArmTuning? tuning = null, Principal? who = null, AzureSimulator? azure = null)
    {
        azure ??= _azure;
        return new ArmAdapter(Connection(azure, azure.IssueToken(principal: who)), null, tuning ?? new ArmTuning
        {
            PollDelay = TimeSpan.FromMilliseconds(20),
            RetryDelay = TimeSpan.FromMilliseconds(20),
            BusyDelay = TimeSpan.FromMilliseconds(20),
        });
    }
}
