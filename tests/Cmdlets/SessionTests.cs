using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Records of a storage account joined into sessions.</summary>
[Collection(CmdletGroup.Name)]
public sealed class SessionTests(Azurite azurite, SharedAccount shared)
{
    [AzuriteTheory]
    [InlineData("")]
    [InlineData("-ThrottleLimit 1")]
    public void Sessions_of_an_account_are_those_that_were_made(string how)
    {
        using var session = Open();

        var sessions = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} {how} | Merge-NsgFlowRecord").Clean().Output.Cast<FlowSession>().ToList();

        Assert.Equal(shared.All.Sum(static sample => sample.Truth.Sessions), sessions.Count);
        Assert.Equal(shared.All.Sum(static sample => sample.Truth.HeadlessSessions), sessions.Count(static one => one.State == FlowSessionState.HeadMissing));
        Assert.Equal(shared.All.Sum(static sample => sample.Truth.EndTuples), sessions.Count(static one => one.EndTime is not null));
        Assert.Equal(shared.All.Sum(static sample => sample.Truth.BytesSent), sessions.Sum(static one => one.BytesSent ?? 0));
        Assert.Equal(shared.All.Sum(static sample => sample.Truth.BytesReceived), sessions.Sum(static one => one.BytesReceived ?? 0));
        Assert.Equal(shared.All.Sum(static sample => sample.Truth.AllowedTuples), sessions.Sum(static one => one.Observations));

        // Both kinds of log, and connections that go on past the hour.
        Assert.Equal([2, 4], sessions.Select(static one => one.FormatVersion).Distinct().Order());
        Assert.Contains(sessions, static one => one.State == FlowSessionState.Complete && one.StartTime.Hour < one.EndTime!.Value.Hour);
    }

    [AzuriteFact]
    public void Two_hours_read_apart_break_the_sessions_at_the_hour()
    {
        using var session = Open();
        IReadOnlyList<FlowSession> Read(string hours) =>
            [.. session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {hours} | Merge-NsgFlowRecord").Clean().Output.Cast<FlowSession>()];

        var whole = Read(SharedAccount.Hours);
        var parts = Read("-StartTime 2026-11-01T00 -EndTime 2026-11-01T01").Concat(Read("-StartTime 2026-11-01T01 -EndTime 2026-11-01T02")).ToList();

        Assert.True(parts.Count > whole.Count);
        Assert.Equal(whole.Sum(static one => one.Bytes ?? 0), parts.Sum(static one => one.Bytes ?? 0));
        Assert.Equal(whole.Sum(static one => one.Observations), parts.Sum(static one => one.Observations));
    }

    [AzuriteFact]
    public void The_first_session_ends_the_downloads()
    {
        using var session = Open();
        var found = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} | Merge-NsgFlowRecord | Select-FirstObject").Clean().Output;
        Assert.IsType<FlowSession>(Assert.Single(found));
    }

    [AzuriteFact]
    public void Stop_ends_it_whatever_the_pipeline_brings()
    {
        using var session = Open();
        var start = Stopwatch.StartNew();
        var outcome = session.Stop(
            "$record = '1542110400,10.0.0.4,10.0.0.9,1,22,T,O,A,C,1,1,1,1' | ConvertFrom-NsgFlowJson -Version 2; & { while ($true) { $record } } | Merge-NsgFlowRecord",
            () => start.ElapsedMilliseconds > 1000,
            out var took);
        Assert.True(took < TimeSpan.FromSeconds(5), $"{took}");
        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Errors);
    }

    private CmdletSession Open() => SharedAccount.Session(shared.On(azurite).Pool.Account);
}
