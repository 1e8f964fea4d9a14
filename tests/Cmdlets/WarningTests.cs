using System;
using System.Linq;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class WarningTests(Azurite azurite)
{
    [AzuriteFact]
    public void Without_a_time_an_account_gives_the_last_hour()
    {
        var hour = DateTime.UtcNow.Date.AddHours(DateTime.UtcNow.Hour);
        var account = azurite.NewAccount();
        var old = new StoredSample(account, new FlowSampleOptions { Seed = 7, StartTime = hour.AddDays(-30), Hours = 1, Nic = 1, TuplesPerMinute = 5 });
        var now = new StoredSample(account, new FlowSampleOptions { Seed = 7, StartTime = hour.AddHours(-1), Hours = 2, Nic = 1, TuplesPerMinute = 20 });
        using var session = SharedAccount.Session(old.Account);

        var before = DateTime.UtcNow.AddHours(-1);
        var records = session.Run("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key").Clean().Records;
        var after = DateTime.UtcNow.AddHours(-1);

        // The clock went on while it ran, so a few tuples may be in or out.
        var rows = records.Select(static record => SampleRow.From(record)).ToHashSet();
        Assert.Subset(now.Rows.Where(row => row.Time >= before).ToHashSet(), rows);
        Assert.Superset(now.Rows.Where(row => row.Time >= after).ToHashSet(), rows);
        Assert.Contains(now.Rows, row => row.Time < before);

        var all = session.Run("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -Last 40d").Clean().Records;
        Assert.Equal(old.Truth.Tuples + now.Truth.Tuples, all.Count);
    }

    [AzuriteFact]
    public void Nothing_in_the_last_hour_is_a_warning_that_says_so()
    {
        var sample = new StoredSample(azurite.NewAccount(), new FlowSampleOptions { StartTime = DateTime.UtcNow.Date.AddDays(-30), Hours = 1, Nic = 1, TuplesPerMinute = 2 });
        using var session = SharedAccount.Session(sample.Account);

        foreach (var (command, reason) in new[]
        {
            ("Get-NsgFlowRecord", "there is no flow-log blob"),
            ("Get-NsgFlowBlob", "No flow-log blob"),
        })
        {
            var outcome = session.Run(command + " -StorageAccount $url -AccountKey $key");

            Assert.Empty(outcome.Output);
            Assert.Empty(outcome.Errors);
            var warning = Assert.Single(outcome.Warnings);
            Assert.Contains(reason, warning, StringComparison.Ordinal);
            Assert.Contains($"in storage account {sample.Account}", warning, StringComparison.Ordinal);
            Assert.Contains("one hour, as no start was given", warning, StringComparison.Ordinal);
        }
    }

    [AzuriteFact]
    public void A_filter_that_lets_nothing_pass_says_of_how_many()
    {
        var sample = new StoredSample(azurite.NewAccount(), new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 2 });
        using var session = SharedAccount.Session(sample.Account);

        var outcome = session.Run("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 -Address 203.0.113.254");

        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Errors);
        Assert.Contains($"none of the {sample.Truth.Tuples} tuples of 1 blob pass", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public void An_account_without_the_default_containers_is_an_error()
    {
        using var session = SharedAccount.Session(azurite.NewAccount().Endpoint.AbsoluteUri);

        var outcome = session.Run("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key");

        var error = Assert.Single(outcome.Errors);
        Assert.Equal("ContainerNotFound", Outcome.Id(error));
        Assert.Contains("insights-logs-networksecuritygroupflowevent", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("insights-logs-flowlogflowevent", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("five minutes after a flow log is enabled", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("1 error kept", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public void A_container_that_was_named_must_exist_while_one_default_may_be_missing()
    {
        var sample = new StoredSample(azurite.NewAccount(), new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 2 });
        using var session = SharedAccount.Session(sample.Account);

        Assert.Equal(sample.Truth.Tuples, session.Run("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01").Clean().Records.Count);

        var named = session.Run("Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 -Container insights-logs-flowlogflowevent");
        Assert.Equal("ContainerNotFound", Outcome.Id(Assert.Single(named.Errors)));
    }
}
