using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Setting flow logs up, end to end: ARM is the simulator, over TLS. Every test has a world of its own.</summary>
public sealed class FlowLogTests : IAsyncLifetime, IDisposable
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId;
    private const string Watcher = Prod + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    private const string Net = Prod + "/resourceGroups/rg-net/providers/Microsoft.Network";
    private const string WebLog = Watcher + "/flowLogs/web-nsg-rg-net-flowlog";
    private const string HubLog = Watcher + "/flowLogs/hub-vnet-rg-net-flowlog";
    private const string Account = Prod + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
    private const string Hub = "Enable-NsgFlowLog -VirtualNetwork hub-vnet -StorageAccount stflows";

    private readonly ShownHost _host = new();
    private AzureSimulator _azure = null!;
    private CmdletSession _session = null!;

    public async Task InitializeAsync()
    {
        // Done at the first look, which comes after two seconds: only tests of waiting wait for more.
        _azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { OperationPolls = 0 });
        _session = new CmdletSession(_host, ("arm", _azure.IssueToken()), ("url", _azure.ArmEndpoint.AbsoluteUri));
        _session.Run("$null = Connect-NsgFlow -AccessToken $arm -ResourceManagerUrl $url").Clean();
        _azure.Requests.Clear();
    }

    public async Task DisposeAsync() => await _azure.DisposeAsync();

    public void Dispose() => _session.Dispose();

    private List<string> Writes => [.. _azure.Requests.Writes.Select(static request => $"{request.Method} {request.Path}")];

    [Fact]
    public void Enabling_writes_once_and_then_no_more()
    {
        var line = Hub + " -RetentionDays 30 -Workspace law-net -TrafficAnalyticsInterval 10 -PassThru";
        var log = Assert.IsType<FlowLog>(Assert.Single(_session.Run(line).Clean().Output));
        Assert.Equal([$"PUT {HubLog}"], Writes);
        Assert.True(log is { Enabled: true, RetentionDays: 30, TrafficAnalytics: true, TrafficAnalyticsInterval: 10, Workspace: "law-net", ProvisioningState: "Succeeded" }, log.ToString());

        _azure.Requests.Clear();
        var again = _session.Run(line + " -Verbose");
        Assert.Empty(again.Errors);
        Assert.Equal(log.Id, Assert.IsType<FlowLog>(Assert.Single(again.Output)).Id, ignoreCase: true);
        Assert.Contains(again.Verbose, text => text.EndsWith("nothing to change.", StringComparison.Ordinal));
        Assert.Empty(Writes);
    }

    [Fact]
    public void Waiting_is_shown_as_progress()
    {
        _azure.Options.OperationPolls = 2;
        var progress = _session.Run(Hub).Clean().Progress.Where(static record => record.Activity == "Creating flow log").ToList();
        Assert.Contains(progress, static record => record.StatusDescription.StartsWith("InProgress", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
    }

    [Theory]
    [InlineData(Hub + " -RetentionDays 30", "Create flow log: logging on; storage account stflows; retention 30 days; format version 2; Traffic Analytics off", "hub-vnet-rg-net-flowlog (virtual network 'hub-vnet')")]
    [InlineData("Set-NsgFlowLog web-nsg-rg-net-flowlog -RetentionDays 0 -TrafficAnalytics:$false", "Change flow log: retention 30 days \u2192 0 (for ever); Traffic Analytics on \u2192 off", "web-nsg-rg-net-flowlog (network security group 'web-nsg')")]
    [InlineData("Disable-NsgFlowLog -Nsg web-nsg", "Change flow log: logging on \u2192 off; Traffic Analytics on \u2192 off", "web-nsg-rg-net-flowlog (network security group 'web-nsg')")]
    [InlineData("Remove-NsgFlowLog web-*", "Remove flow log; what it has written to stflows stays", "web-nsg-rg-net-flowlog (network security group 'web-nsg')")]
    [InlineData("Remove-NsgFlowLog web-* -Force", "Remove flow log; what it has written to stflows stays", "web-nsg-rg-net-flowlog (network security group 'web-nsg')")]
    [InlineData("Enable-NsgFlowLog -VirtualNetwork dev-vnet -StorageAccount stdev -Force", "Create network watcher", "NetworkWatcher_northeurope in subscription " + SampleWorld.DevId)]
    public void WhatIf_says_it_in_words_and_writes_nothing(string line, string action, string subject)
    {
        Assert.Empty(_session.Run(line + " -WhatIf").Errors);
        var text = $"Performing the operation \"{action}\" on target \"{subject}\".";
        Assert.Contains("What if: " + text, _host.Lines);
        Assert.Empty(Writes);

        // Who is asked is asked the same.
        _host.Answer = 2;
        _session.Run(line.Replace(" -Force", string.Empty, StringComparison.Ordinal) + " -Confirm");
        Assert.Contains(_host.Questions, question => question.Contains(line.Contains("dev-vnet", StringComparison.Ordinal) ? "Register resource provider" : text, StringComparison.Ordinal));
        Assert.Empty(Writes);
    }

    [Fact]
    public void No_writer_writes_with_WhatIf()
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-whatif-").FullName;
        var lines = new Dictionary<string, string>
        {
            ["Convert-NsgFlowLog"] = "Convert-NsgFlowLog -Nsg web-nsg",
            ["Disable-NsgFlowLog"] = "Disable-NsgFlowLog -Nsg web-nsg",
            ["Disconnect-NsgFlow"] = "Disconnect-NsgFlow",
            ["Enable-NsgFlowLog"] = Hub + " -Force",
            ["Get-NsgInventory"] = $"Get-NsgInventory -Path '{folder}/inventory.json'",
            ["New-NsgFlowSample"] = $"New-NsgFlowSample -Path '{folder}/sample'",
            ["Remove-NsgFlowLog"] = "Remove-NsgFlowLog * -Force",
            ["Save-NsgFlowBlob"] = $"Save-NsgFlowBlob -Path '{BuiltModule.Samples}' -Destination '{folder}/mirror'",
            ["Set-NsgFlowLog"] = "Set-NsgFlowLog -Nsg web-nsg -RetentionDays 7",
        };
        var writers = _session.Run("(Get-Command -Module NsgFlow -CommandType Cmdlet).Where{ $_.Parameters.ContainsKey('WhatIf') }.Name").Output.Cast<string>();
        Assert.Equal(lines.Keys, writers.OrderBy(static name => name, StringComparer.Ordinal));
        foreach (var line in lines.Values)
        {
            var before = _host.Lines.Count;
            _session.Run(line + " -WhatIf");
            Assert.Contains(_host.Lines.Skip(before), static text => text.StartsWith("What if: ", StringComparison.Ordinal));
            Assert.Empty(Writes);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Assert.Equal(["True"], _session.Run("(Get-NsgFlowContext).IsConnected.ToString()").Output);
        Directory.Delete(folder);
    }

    [Fact]
    public void WhatIf_with_PassThru_gives_what_would_be()
    {
        var log = Assert.IsType<FlowLog>(Assert.Single(_session.Run(Hub + " -RetentionDays 7 -WhatIf -PassThru").Output));
        Assert.Equal(7, log.RetentionDays);
        Assert.Equal(HubLog, log.Id);
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_change_keeps_everything_else()
    {
        _azure.World.State.Get(WebLog)["properties"]!["futureSetting"] = new JsonObject { ["deep"] = true };
        var log = Assert.IsType<FlowLog>(Assert.Single(_session.Run("Set-NsgFlowLog -Nsg web-nsg -TrafficAnalyticsInterval 10 -PassThru").Output));
        Assert.Equal(10, log.TrafficAnalyticsInterval);
        var body = Assert.Single(_azure.Requests.Writes).Json!;
        Assert.True((bool?)body["properties"]!["futureSetting"]!["deep"]);
        Assert.Equal(30, (int?)body["properties"]!["retentionPolicy"]!["days"]);
        Assert.Null(body["etag"]);
        Assert.Null(body["properties"]!["provisioningState"]);
    }

    [Fact]
    public void Disabling_takes_analytics_along_and_enabling_brings_the_log_back()
    {
        var log = Assert.IsType<FlowLog>(Assert.Single(_session.Run("Get-NsgFlowLog | Disable-NsgFlowLog -PassThru").Output));
        Assert.True(log is { Enabled: false, TrafficAnalytics: false, RetentionDays: 30, Workspace: "law-net" });
        Assert.Single(Writes);
        var disabled = _session.Run("Get-NsgFlowLog -Disabled").Clean();
        Assert.Single(disabled.Output);
        log = Assert.IsType<FlowLog>(Assert.Single(_session.Run("Enable-NsgFlowLog -Nsg web-nsg -TrafficAnalytics -PassThru").Output));
        Assert.True(log is { Enabled: true, TrafficAnalytics: true, Workspace: "law-net", TrafficAnalyticsInterval: 60 });
        Assert.Equal([$"PUT {WebLog}", $"PUT {WebLog}"], Writes, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Owners_of_NSG_logs_are_warned() =>
        Assert.Contains("2027-09-30", Assert.Single(_session.Run("Set-NsgFlowLog -Nsg web-nsg -RetentionDays 31").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Removing_removes()
    {
        _session.Run("Remove-NsgFlowLog -Nsg web-nsg -Force").Clean();
        Assert.Equal([$"DELETE {WebLog}"], Writes, StringComparer.OrdinalIgnoreCase);
        var none = _session.Run("Get-NsgFlowLog");
        Assert.Empty(none.Output);
        Assert.Equal("No flow log is like that in the 1 network watcher(s) that you may read.", Assert.Single(none.Warnings));
    }

    [Fact]
    public void An_NSG_without_a_flow_log_gets_the_command_and_the_others_go_on()
    {
        var outcome = _session.Run("Enable-NsgFlowLog -Nsg db-nsg -VirtualNetwork hub-vnet -StorageAccount stflows -RetentionDays 30");
        var error = Assert.Single(outcome.Errors);
        Assert.Equal("NsgFlowLogCreationBlocked", Outcome.Id(error));
        Assert.Contains(
            $"Enable-NsgFlowLog -VirtualNetwork spoke-vnet -ResourceGroupName rg-net -SubscriptionId {SampleWorld.ProdId} -StorageAccount '{Account}' -RetentionDays 30",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal([$"PUT {HubLog}"], Writes);
    }

    [Fact]
    public void A_slip_in_the_account_does_not_hide_that_no_account_would_do()
    {
        var outcome = _session.Run("Enable-NsgFlowLog -Nsg db-nsg -StorageAccount stflwos -Workspace law-net; Enable-NsgFlowLog -Nsg web-nsg -StorageAccount stflwos");
        Assert.Equal("NsgFlowLogCreationBlocked", Outcome.Id(outcome.Errors[0]));
        Assert.Contains(" -StorageAccount <account> -Workspace '/", outcome.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("ResourceNotFound", outcome.Errors.Count > 1 ? Outcome.Id(outcome.Errors[1]) : Outcome.Id(((IContainsErrorRecord)outcome.Terminating!).ErrorRecord));
        Assert.Empty(Writes);
    }

    [Fact]
    public void The_service_s_own_refusal_has_the_same_id()
    {
        // As if the NSG's flow log had gone between looking and writing: the simulator refuses what it would refuse in earnest.
        _azure.Faults.Fail("PUT", "*/flowLogs/*", 400, "NsgFlowLogCreationBlocked", "On September 30, 2027, …");
        Assert.Equal("NsgFlowLogCreationBlocked", Outcome.Id(Assert.Single(_session.Run(Hub).Errors)));
    }

    [Fact]
    public void What_is_missing_is_an_error_without_consent()
    {
        const string Line = "Enable-NsgFlowLog -VirtualNetwork dev-vnet -StorageAccount stdev";
        var error = Assert.Single(_session.Run(Line).Errors);
        Assert.Equal("ProviderNotRegistered", Outcome.Id(error));
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Writes);

        _session.Run(Line + " -Force").Clean();
        const string Dev = "/subscriptions/" + SampleWorld.DevId;
        const string Made = Dev + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_northeurope";
        Assert.Equal(
            [
                $"POST {Dev}/providers/Microsoft.Insights/register", $"PUT {Dev}/resourceGroups/NetworkWatcherRG", $"PUT {Made}",
                $"PUT {Made}/flowLogs/dev-vnet-rg-dev-flowlog",
            ],
            Writes);
        _azure.Requests.Clear();
        _session.Run(Line).Clean();
        Assert.Empty(Writes);
    }

    [Fact]
    public void Asking_is_consent()
    {
        _session.Run("Enable-NsgFlowLog -VirtualNetwork dev-vnet -StorageAccount stdev -Confirm").Clean();
        Assert.Equal(3, _host.Questions.Count);
        Assert.Equal(4, Writes.Count);
    }

    [Fact]
    public void Removing_asks()
    {
        _host.Answer = 2;
        _session.Run("Remove-NsgFlowLog web-*").Clean();
        Assert.Single(_host.Questions);
        Assert.Empty(Writes);
        _host.Answer = 0;
        _session.Run("Remove-NsgFlowLog web-*").Clean();
        Assert.Single(Writes);
    }

    [Fact]
    public void Confirm_asks_though_forced()
    {
        _host.Answer = 2;
        _session.Run("Remove-NsgFlowLog web-* -Force -Confirm").Clean();
        Assert.Single(_host.Questions);
        Assert.Empty(Writes);
    }

    [Fact]
    public void WhatIf_without_consent_says_that_it_would_be_an_error()
    {
        var outcome = _session.Run("Enable-NsgFlowLog -VirtualNetwork dev-vnet -Subnet default -StorageAccount stdev -WhatIf -PassThru");
        Assert.Empty(outcome.Errors);
        Assert.Equal(2, outcome.Warnings.Count(static text => text.Contains("Without -Force", StringComparison.Ordinal)));
        Assert.Equal("default-dev-vnet-rg-dev-flowlog", Assert.IsType<FlowLog>(Assert.Single(outcome.Output)).Name);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-StorageAccount stpremium", "StorageTierUnsupported")]
    [InlineData("-StorageAccount stdev", "StorageRegionMismatch")]
    [InlineData("", "FlowLogStorageMissing")]
    [InlineData("-StorageAccount stflows -FormatVersion 2", "FormatVersionUnsupported")]
    [InlineData("-StorageAccount stflows -TrafficAnalytics", "WorkspaceMissing")]
    [InlineData("-StorageAccount stflows -TrafficAnalyticsInterval 10", "TrafficAnalyticsOff")]
    [InlineData("-StorageAccount stflows -Name web-nsg-rg-net-flowlog", "FlowLogNameTaken")]
    public void Nonsense_is_refused_before_anything_is_written(string settings, string id)
    {
        Assert.Equal(id, Outcome.Id(Assert.Single(_session.Run("Enable-NsgFlowLog -VirtualNetwork hub-vnet " + settings).Errors)));
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("-RetentionDays 366", "RetentionInvalid")]
    [InlineData("-TrafficAnalyticsInterval 15", "TrafficAnalyticsIntervalInvalid")]
    public void What_no_flow_log_can_have_is_refused_before_anything_is_asked(string settings, string id)
    {
        Assert.Equal(id, Outcome.Id(Assert.Single(_session.Run(Hub + " " + settings).Errors)));
        Assert.Empty(_azure.Requests.All);
    }

    [Fact]
    public void Setting_nothing_is_an_error()
    {
        var outcome = _session.Run("Set-NsgFlowLog -Nsg web-nsg");
        Assert.Equal("FlowLogUnset", Outcome.Id(outcome.Errors.Concat(outcome.Terminating is IContainsErrorRecord e ? [e.ErrorRecord] : []).First()));
        Assert.Empty(Writes);
    }

    [Fact]
    public void A_failed_operation_is_an_error_with_its_code()
    {
        _azure.Faults.FailOperation("CannotGetWorkspace", "Cannot get workspace.");
        var error = Assert.Single(_session.Run(Hub).Errors);
        Assert.Equal("ArmOperationFailed", Outcome.Id(error));
        Assert.Contains("CannotGetWorkspace", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_operation_is_waited_for()
    {
        _azure.Faults.Fail("PUT", "*/flowLogs/*", 429, "AnotherOperationInProgress", times: 1);
        _session.Run(Hub).Clean();
        Assert.Equal([$"PUT {HubLog}", $"PUT {HubLog}"], Writes);
    }

    [Fact]
    public void Many_are_written_one_after_the_other_and_NoWait_too()
    {
        _session.Run("Enable-NsgFlowLog -VirtualNetwork hub-vnet -Subnet * -StorageAccount stflows").Clean();

        // What nobody waits for is in the way of the next, until it has ended by itself.
        _azure.Options.OperationTime = TimeSpan.FromSeconds(2);
        _session.Run("Enable-NsgFlowLog -NetworkInterface web-1-nic, db-1-nic -StorageAccount stflows -NoWait").Clean();
        Assert.Equal(3, _azure.Requests.Writes.Count(static request => request.Status is 200 or 201));
        _azure.EndOperations();
        Assert.Equal(3, _session.Run("Get-NsgFlowLog -Kind VirtualNetwork").Clean().Output.Count);
    }

    [Fact]
    public void A_cluster_s_subnets_are_logged()
    {
        var log = Assert.IsType<FlowLog>(Assert.Single(_session.Run("Enable-NsgFlowLog -AksCluster prod-weu -StorageAccount stflows -PassThru").Clean().Output));
        Assert.Equal("aks-subnet", log.Target);
        Assert.Equal($"aks-subnet-aks-vnet-12345678-{SampleWorld.NodeGroup}-flowlog", log.Name);
    }

    [Fact]
    public void Az_objects_come_through_the_pipeline()
    {
        var objects = $"'hub-vnet', 'spoke-vnet' | ForEach-Object {{ [pscustomobject]@{{ Name = $_; Id = \"{Net}/virtualNetworks/$_\"; ResourceGroupName = 'rg-net'; Location = 'westeurope' }} }}";
        _session.Run(objects + " | Enable-NsgFlowLog -StorageAccount stflows").Clean();
        Assert.Equal([$"PUT {HubLog}", $"PUT {HubLog.Replace("hub", "spoke", StringComparison.Ordinal)}"], Writes);
        Assert.Equal(2, _session.Run(objects + " | Get-NsgFlowLog").Clean().Output.Count);

        // Az's own flow logs have both ids.
        var az = $"[pscustomobject]@{{ Name = 'hub-vnet-rg-net-flowlog'; Id = '{HubLog}'; TargetResourceId = '{Net}/virtualNetworks/hub-vnet' }}";
        _azure.Requests.Clear();
        _session.Run(az + " | Disable-NsgFlowLog").Clean();
        Assert.Equal([$"PUT {HubLog}"], Writes, StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Disable-NsgFlowLog zzz*", "No flow log is like that in the 1 network watcher(s) that you may read.")]
    [InlineData("Set-NsgFlowLog -Nsg zzz* -RetentionDays 7", "No flow log is like that in the 1 network watcher(s) that you may read.")]
    [InlineData("Remove-NsgFlowLog zzz* -Force", "No flow log is like that in the 1 network watcher(s) that you may read.")]
    [InlineData("Disable-NsgFlowLog * -Location westeuorpe", "There is no network watcher where you look, so there is no flow log. Get-NsgFlowContext shows who you are signed in as.")]
    [InlineData("Test-NsgFlowLog zzz* -SkipData", "No flow log is like that in the 1 network watcher(s) that you may read. Name a target (-VirtualNetwork) to see what it lacks.")]
    [InlineData("Test-NsgFlowLog -ResourceGroupName nope -SkipData", "No flow log is like that in the 1 network watcher(s) that you may read. Name a target (-VirtualNetwork) to see what it lacks.")]
    public void A_choice_that_nothing_fits_is_not_silent(string line, string warning)
    {
        var outcome = _session.Run(line);
        Assert.Equal([warning], outcome.Warnings);
        Assert.Empty(outcome.Errors);
        Assert.Empty(Writes);
    }

    [Fact]
    public void An_error_needs_no_warning_after_it()
    {
        var outcome = _session.Run("Disable-NsgFlowLog no-such-log");
        Assert.Equal(["FlowLogNotFound"], outcome.Errors.Select(Outcome.Id));
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void A_wildcard_that_nothing_fits_is_told_beside_names_that_are_found()
    {
        var outcome = _session.Run(Hub.Replace("hub-vnet", "nope*, hub-vnet", StringComparison.Ordinal));
        Assert.Equal(["No virtual network that you may read has a name like nope*."], outcome.Warnings);
        Assert.Empty(outcome.Errors);
        Assert.Equal([$"PUT {HubLog}"], Writes);
    }

    [Fact]
    public void One_bad_name_does_not_keep_the_others()
    {
        var outcome = _session.Run("Disable-NsgFlowLog no-such-log, web-nsg-rg-net-flowlog");
        Assert.Equal(["FlowLogNotFound"], outcome.Errors.Select(Outcome.Id));
        Assert.Equal("no-such-log", outcome.Errors[0].TargetObject);
        Assert.Single(Writes);
        outcome = _session.Run("Enable-NsgFlowLog -VirtualNetwork nowhere-vnet, hub-vnet -StorageAccount stflows");
        Assert.Equal(["ResourceNotFound"], outcome.Errors.Select(Outcome.Id));
        Assert.Equal(2, Writes.Count);
    }

    [Fact]
    public void A_name_that_several_have_is_not_written_by()
    {
        var group = _azure.World.AddGroup(_azure.World.State.Subscription(SampleWorld.ProdId)!, "rg-other", "westeurope");
        var twin = _azure.World.AddVirtualNetwork(group, "hub-vnet", ["10.9.0.0/16"]);
        var error = Assert.Single(_session.Run(Hub).Errors);
        Assert.Equal("ResourceAmbiguous", Outcome.Id(error));
        Assert.Contains(twin, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
        _session.Run(Hub.Replace("hub-vnet", "hub-*", StringComparison.Ordinal)).Clean();
        Assert.Equal(2, Writes.Count);
        Assert.Equal("ResourceAmbiguous", Outcome.Id(Assert.Single(_session.Run("Disable-NsgFlowLog -VirtualNetwork hub-vnet").Errors)));
        Assert.Equal(2, Writes.Count);
        _session.Run("Disable-NsgFlowLog -VirtualNetwork hub-vnet -ResourceGroupName rg-other").Clean();
        Assert.Equal(3, Writes.Count);
    }

    [Fact]
    public void Stopping_ends_the_waiting_within_a_second()
    {
        _azure.Options.OperationPolls = 1000;
        _session.Stop(Hub, () => _azure.Requests.Writes.Count > 0, out var took);
        Assert.InRange(took, TimeSpan.Zero, CmdletSession.AtOnce);
    }

    [Fact]
    public void The_first_ends_the_listing()
    {
        var outcome = _session.Run("Get-NsgFlowLog | Select-FirstObject");
        Assert.Single(outcome.Clean().Output);
    }

    [Fact]
    public void Who_may_only_read_is_told_what_is_missing()
    {
        var reader = _azure.World.AddPrincipal("reader").Grant("Reader", Prod);
        using var session = new CmdletSession(("arm", _azure.IssueToken(principal: reader)), ("url", _azure.ArmEndpoint.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -ResourceManagerUrl $url").Clean();
        var outcome = session.Run("Get-NsgFlowLog; " + Hub);
        Assert.Single(outcome.Output);
        Assert.Equal("ArmAccessDenied", Outcome.Id(Assert.Single(outcome.Errors)));
    }
}
