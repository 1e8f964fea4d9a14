using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Invoke-NsgTrafficQuery against the simulator's Log Analytics, over TLS with tokens.</summary>
[Collection(SimulatedNetworkGroup.Name)]
public sealed class QueryTests : IDisposable
{
    private const string Two = "union isfuzzy=true T | order by N asc";

    private readonly SimulatedNetwork _azure;
    private readonly SimulatedWorkspace _workspace;

    public QueryTests(SimulatedNetwork azure)
    {
        _azure = azure;
        _workspace = azure.Simulator.World.Workspace("law-net")!;
        _workspace.Database = new KqlDatabase().Add("T", new KqlTable(
            [new("N", KqlType.Long), new("n", KqlType.String), new("TimeGenerated", KqlType.DateTime), new("D", KqlType.Dynamic), new("R", KqlType.Real), new("L", KqlType.TimeSpan)],
            [
                [9007199254740993L, "a", new DateTime(2026, 11, 1, 9, 0, 0, DateTimeKind.Utc), new object?[] { 1L, "x" }, double.NaN, TimeSpan.FromMinutes(90)],
                [2L, "b", new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc), null, 0.5, null],
            ]));
    }

    public void Dispose()
    {
        _workspace.Database = null;
        _azure.Simulator.Options.Logs.LongsAsText = false;
        _azure.Simulator.Options.Logs.MostRows = 500_000;
        _azure.Simulator.Options.Logs.QueryTime = TimeSpan.Zero;
        _azure.Simulator.Faults.Clear();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RowsAreTypedByTheirColumns(bool longsAsText)
    {
        _azure.Simulator.Options.Logs.LongsAsText = longsAsText;
        using var session = Session();
        var shown = session.Run(
            $"Invoke-NsgTrafficQuery '{Two}' -Workspace {_workspace.CustomerId} | ForEach-Object {{ $row = $_; ($_.psobject.Properties.ForEach{{ if ($null -eq $_.Value) {{ '-' }} else {{ $_.Name + ':' + $_.Value.GetType().Name }} }} -join ' ') + ' ' + $_.N + ' ' + $_.psobject.TypeNames[0] }}").Clean();
        Assert.Equal(
            [
                "N:Int64 n_2:String TimeGenerated:DateTime - R:Double - 2 NsgFlow.TrafficQueryRow",
                "N:Int64 n_2:String TimeGenerated:DateTime D:Object[] R:Double L:TimeSpan 9007199254740993 NsgFlow.TrafficQueryRow",
            ],
            shown.Output);

        // By customer id ARM is not asked.
        Assert.Equal(["POST"], _azure.Simulator.Requests.All.Select(static request => request.Method));
    }

    [Fact]
    public void QuestionsOfMicrosoftsAreAskedByName()
    {
        // Both ends logged the flow; the rows came two hours later.
        var start = new DateTime(2026, 11, 1, 9, 0, 0, DateTimeKind.Utc);
        var rows = new[] { "Outbound", "Inbound" }.Select(direction => new Dictionary<string, object?>
        {
            ["SubType"] = "FlowLog", ["TimeGenerated"] = start.AddHours(2), ["FlowStartTime"] = start, ["FlowEndTime"] = start, ["FlowIntervalStartTime"] = start, ["FlowType"] = "IntraVNet",
            ["FlowDirection"] = direction, ["FlowStatus"] = "Allowed", ["L4Protocol"] = "T", ["SrcIp"] = "10.0.0.4", ["DestIp"] = "10.0.0.5", ["DestPort"] = 443,
            ["AllowedInFlows"] = 3L, ["BytesSrcToDest"] = 100L, ["BytesDestToSrc"] = 200L, ["SrcSubnet"] = "rg/hub/a", ["DestSubnet"] = "rg/hub/b",
        });
        _workspace.Database = new KqlDatabase().Add(AnalyticsSchema.VirtualNetwork, KqlTable.Of(AnalyticsSchema.Columns(AnalyticsSchema.VirtualNetwork), rows));
        using var session = Session();

        var shown = session.Run(
            "$time = @{ Workspace = 'law-net'; StartTime = '2026-11-01T09'; EndTime = '2026-11-01T10' };"
            + "(Invoke-NsgTrafficQuery -Question SubnetTraffic @time).ForEach{ $_.SourceSubnet, $_.DestinationSubnet, $_.DestinationPort, $_.Flows, $_.Bytes -join ' ' };"
            + "(Invoke-NsgTrafficQuery -Question AddressPartners -Address 10.0.0.5 @time).ForEach{ $_.Address, $_.Partner, $_.Bytes -join ' ' };"
            + "(Invoke-NsgTrafficQuery -Question OpenPorts @time).ForEach{ $_.DestinationPorts -join ',' }").Clean();
        Assert.Equal(["rg/hub/a rg/hub/b 443 3 300", "10.0.0.5 10.0.0.4 300", "443"], shown.Output);
    }

    [Fact]
    public void QuestionsAboutTheLastHoursAreAnsweredWithAWarning()
    {
        _workspace.Database = new KqlDatabase().Add(AnalyticsSchema.VirtualNetworkDetails, KqlTable.Of(AnalyticsSchema.Columns(AnalyticsSchema.VirtualNetworkDetails), [Address(DateTime.UtcNow.AddHours(-4), "US")]));
        using var session = Session();
        foreach (var time in new[] { string.Empty, "-Last 6h", "-Timespan 6h" })
        {
            var outcome = session.Run($"Invoke-NsgTrafficQuery -Question PublicAddresses -Workspace law-net {time}");
            Assert.Single(outcome.Output);
            Assert.Contains("take up to two hours", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        }

        Assert.Single(session.Run("Invoke-NsgTrafficQuery -Question PublicAddresses -Workspace law-net -StartTime 6h -EndTime 3h").Clean().Output);

        // Its time is when rows came.
        Assert.Single(session.Run("Invoke-NsgTrafficQuery NTAIpDetails -Workspace law-net -Last 6h").Clean().Output);
    }

    [Fact]
    public void AQuestionWhoseAnswerIsTooLongSaysWhatHelps()
    {
        // The first answer has more than its rows may be, the second is longer than is read: 40 MB.
        var start = new DateTime(2026, 11, 1, 9, 0, 0, DateTimeKind.Utc);
        var rows = Enumerable.Range(0, 40).Select(at => Address(start, new string((char)('A' + (at % 26)), (1 << 20) + at)));
        _workspace.Database = new KqlDatabase().Add(AnalyticsSchema.VirtualNetworkDetails, KqlTable.Of(AnalyticsSchema.Columns(AnalyticsSchema.VirtualNetworkDetails), rows));
        using var session = Session();
        foreach (var most in new[] { 3, 500_000 })
        {
            _azure.Simulator.Options.Logs.MostRows = most;
            var outcome = session.Run("Invoke-NsgTrafficQuery -Question PublicAddresses -Workspace law-net -StartTime 2026-11-01T09 -EndTime 2026-11-01T10");
            Assert.Equal(most == 3 ? 3 : 0, outcome.Output.Count);
            Assert.Empty(outcome.Warnings);
            var error = Assert.Single(outcome.Errors);
            Assert.Equal("LogsWindowTooLarge", Outcome.Id(error));
            Assert.Contains("-Last", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Contains("take 1000", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatATerminalWouldObeyIsNotShown()
    {
        _workspace.Database = new KqlDatabase().Add("T", new KqlTable([new("Url", KqlType.String)], [["http://fine"], ["http://x/\u001b]0;title\u0007\u202e"]]));
        using var session = Session();
        var shown = session.Run("$rows = Invoke-NsgTrafficQuery T -Workspace law-net; $rows.ForEach{ $_.psobject.TypeNames[0..1] -join ' ' }; $rows[1].Url").Clean().Output;

        // The type that has a view of its own, which tests/Pester looks at.
        const string Unfit = "NsgFlow.TrafficQueryRow NsgFlow.TrafficQueryRow.Unfit";
        Assert.Equal([Unfit, Unfit, "http://x/\u001b]0;title\u0007\u202e"], shown);
    }

    [Theory]
    [InlineData("\u001b[2J")]
    [InlineData("\b")]
    [InlineData("\r")]
    public void NorIsItInAList(string control)
    {
        _workspace.Database = new KqlDatabase().Add("T", new KqlTable([new("Urls", KqlType.Dynamic)], [[new object?[] { "http://fine" + control }]]));
        using var session = Session();
        var shown = session.Run("$rows = Invoke-NsgTrafficQuery T -Workspace law-net; $rows.ForEach{ $_.psobject.TypeNames[1] }; $rows.Urls[0]").Clean().Output;
        Assert.Equal(["NsgFlow.TrafficQueryRow.Unfit", "http://fine" + control], shown);
    }

    [Theory]
    [InlineData("law-net")]
    [InlineData("LAW-*")]
    [InlineData("$id")]
    [InlineData("([pscustomobject]@{ Name = 'other'; ResourceId = $id })")]
    [InlineData("(Get-NsgFlowLog web-nsg-rg-net-flowlog)")]
    public void WorkspacesAreNamedInManyWays(string workspace)
    {
        using var session = Session();
        var shown = session.Run($"$id = '{_workspace.Id}'; (Invoke-NsgTrafficQuery 'T | count' -Workspace {workspace}).Count").Clean();
        Assert.Equal([2L], shown.Output);
    }

    [Fact]
    public void ThePipelineBringsQueriesAndWorkspaces()
    {
        using var session = Session();
        Assert.Equal([2L, 1L], session.Run("'T | count', 'T | take 1 | count' | Invoke-NsgTrafficQuery -Workspace law-net | ForEach-Object Count").Clean().Output);
        Assert.Equal(1, _azure.Simulator.Requests.All.Count(static request => request.Path.Contains("ResourceGraph", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal([2L], session.Run($"[pscustomobject]@{{ CustomerId = '{_workspace.CustomerId}' }} | Invoke-NsgTrafficQuery 'T | count' | ForEach-Object Count").Clean().Output);
    }

    [Theory]
    [InlineData("-Timespan 2026-11-01/2026-11-02", 1)]
    [InlineData("-Timespan 2026-11-01/P2D", 2)]
    [InlineData("-StartTime 2026-11-02", 1)]
    [InlineData("-EndTime 2026-11-02T09", 1)]
    [InlineData("-EndTime 2026-11-02T10 -Last 2h", 1)]
    [InlineData("", 2)]
    public void ATimeNarrowsTheRows(string time, long rows)
    {
        using var session = Session();
        Assert.Equal([rows], session.Run($"(Invoke-NsgTrafficQuery 'T | count' -Workspace {_workspace.CustomerId} {time}).Count").Clean().Output);
    }

    [Fact]
    public void NoRowsAreAWarning()
    {
        using var session = Session();
        var outcome = session.Run($"Invoke-NsgTrafficQuery 'T | where N == 5' -Workspace law-net -Timespan 2026-11-01/2026-11-02");
        Assert.Empty(outcome.Output);
        Assert.Contains("no rows in law-net, from 2026-11-01", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        _workspace.Database = null;
        Assert.Single(session.Run("Invoke-NsgTrafficQuery 'T' -Workspace law-net").Warnings);
    }

    [Fact]
    public void WhatIsMissingIsAnErrorBesideTheRows()
    {
        _azure.Simulator.Options.Logs.MostRows = 1;
        using var session = Session();
        var outcome = session.Run($"Invoke-NsgTrafficQuery '{Two}' -Workspace law-net");
        Assert.Single(outcome.Output);
        Assert.Equal("LogsPartial", Outcome.Id(Assert.Single(outcome.Errors)));
        _azure.Simulator.Options.Logs.MostRows = 10;
        _azure.Simulator.Faults.FailQueryPartly("ShardUnavailable", "One cluster did not answer.");
        outcome = session.Run($"Invoke-NsgTrafficQuery '{Two}' -Workspace law-net");
        Assert.Equal(2, outcome.Output.Count);
        Assert.Contains("One cluster did not answer", Assert.Single(outcome.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAFuzzyUnionRemarksIsAWarning()
    {
        using var session = Session();
        var outcome = session.Run("(Invoke-NsgTrafficQuery 'union isfuzzy=true T, Missing | count' -Workspace law-net).Count");
        Assert.Equal([2L], outcome.Output);
        Assert.Empty(outcome.Errors);
        Assert.Contains("Missing", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'Nowhere | count' -Workspace law-net", "LogsQueryInvalid", "Nowhere")]
    [InlineData("'T | where' -Workspace law-net", "LogsQueryInvalid", "SYN")]
    [InlineData("'T' -Workspace law-nte", "WorkspaceNotFound", "law-net")]
    [InlineData("'T' -Workspace 00000000-0000-0000-0000-000000000001", "WorkspaceNotFound", "HTTP 404")]
    [InlineData("'T'", "WorkspaceMissing", "which workspace")]
    public void WhatCannotBeAskedIsAnError(string arguments, string id, string words)
    {
        using var session = Session();
        var outcome = session.Run("Invoke-NsgTrafficQuery " + arguments);
        var error = outcome.Terminating is System.Management.Automation.IContainsErrorRecord terminating ? terminating.ErrorRecord : Assert.Single(outcome.Errors);
        Assert.Equal(id, Outcome.Id(error));
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void WhoMayNotQueryIsTold()
    {
        using var session = Session(_azure.Simulator.World.AddPrincipal("stranger"));
        var error = Assert.Single(session.Run($"Invoke-NsgTrafficQuery 'T' -Workspace {_workspace.CustomerId}").Errors);
        Assert.Equal("LogsAccessDenied", Outcome.Id(error));
        Assert.Contains("Log Analytics Reader", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void ATokenForAnotherServiceIsExplained()
    {
        using var session = Session(audience: "https://storage.azure.com/");
        var error = Assert.Single(session.Run($"Invoke-NsgTrafficQuery 'T' -Workspace {_workspace.CustomerId}").Errors);
        Assert.Equal("LogsUnauthorized", Outcome.Id(error));
        Assert.Contains("another resource", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void ALongWaitIsShownAndATimeoutTold()
    {
        _azure.Simulator.Options.Logs.QueryTime = TimeSpan.FromSeconds(10);
        using var session = Session();
        var outcome = session.Run($"Invoke-NsgTrafficQuery 'T' -Workspace {_workspace.CustomerId} -ServerTimeout 3s -Verbose");
        Assert.Equal("LogsTimeout", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.Contains(outcome.Progress, static record => record.Activity == "Asking Log Analytics" && record.StatusDescription.EndsWith("of at most 3 s", StringComparison.Ordinal));
        Assert.Equal(System.Management.Automation.ProgressRecordType.Completed, outcome.Progress[outcome.Progress.Count - 1].RecordType);
        Assert.Contains(outcome.Verbose, static line => line.Contains("HTTP 504", StringComparison.Ordinal));
    }

    [Fact]
    public void StopEndsAQuery()
    {
        _azure.Simulator.Options.Logs.QueryTime = TimeSpan.FromMinutes(1);
        using var session = Session();
        session.Stop($"Invoke-NsgTrafficQuery 'T' -Workspace {_workspace.CustomerId}", () => _azure.Simulator.Requests.All.Count > 0, out var took);
        Assert.True(took < TimeSpan.FromSeconds(5), took.ToString());
    }

    [Fact]
    public void TheFirstRowIsEnough()
    {
        using var session = Session();
        Assert.Single(session.Run($"Invoke-NsgTrafficQuery '{Two}' -Workspace law-net | Select-FirstObject").Clean().Output);
    }

    [Fact]
    public void NeitherTokenNorQueryIsTold()
    {
        using var session = Session();
        var outcome = session.Run($"$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; Invoke-NsgTrafficQuery 'T | where n == \"PRIVATE\"' -Workspace law-net");
        Assert.NotEmpty(outcome.Verbose);
        Assert.DoesNotContain("PRIVATE", outcome.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", outcome.AllText, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Address(DateTime time, string location) => new()
    {
        ["SubType"] = "FlowLog", ["TimeGenerated"] = time.AddHours(1), ["FlowIntervalStartTime"] = time, ["FlowIntervalEndTime"] = time.AddHours(1), ["FlowType"] = "ExternalPublic", ["Ip"] = "203.0.113.1", ["Location"] = location,
    };

    private CmdletSession Session(Principal? principal = null, string audience = "https://api.loganalytics.io/")
    {
        var simulator = _azure.Simulator;
        var session = new CmdletSession(
            ("arm", simulator.IssueToken(principal: principal)), ("logs", simulator.IssueToken(audience, principal)), ("url", simulator.ArmEndpoint.AbsoluteUri), ("logsUrl", simulator.LogAnalytics.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -LogAnalyticsAccessToken $logs -ResourceManagerUrl $url -LogAnalyticsUrl $logsUrl").Clean();
        simulator.Requests.Clear();
        return session;
    }
}
