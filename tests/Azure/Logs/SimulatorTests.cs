using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Azure;
using NsgFlow.Azure.Logs;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.AzureTests.Logs;

/// <summary>The adapter over TLS, against a Log Analytics that runs queries.</summary>
public sealed class SimulatorTests : IAsyncLifetime
{
    private static readonly DateTime s_start = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private AzureSimulator _azure = null!;
    private string _workspace = null!;

    public async Task InitializeAsync()
    {
        _azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        var workspace = _azure.World.Workspace("law-net")!;
        _workspace = workspace.CustomerId;

        // 3600 rows in ten hours, most of them in one hour, some at whole seconds.
        var rows = Enumerable.Range(0, 3600).Select(static i => new object?[] { s_start.AddSeconds(i < 3000 ? i + (i % 3 * 0.25) : 3600 + ((i - 3000) * 54)), (long)i, new string('x', 100) });
        workspace.Database = new KqlDatabase().Add("T", new KqlTable([new("Time", KqlType.DateTime), new("N", KqlType.Long), new("Text", KqlType.String)], [.. rows]));
    }

    public async Task DisposeAsync() => await _azure.DisposeAsync();

    [Theory]
    [InlineData(5000, 64_000_000)]
    [InlineData(400, 64_000_000)]
    [InlineData(5000, 20_000)]
    public void Windows_lose_and_double_nothing(int mostRows, long mostBytes)
    {
        _azure.Options.Logs.MostRows = mostRows;
        _azure.Options.Logs.MostBytes = mostBytes;
        var windows = new LogsWindows(Open(), [_workspace], static (start, end) => $"T | where Time >= {Literal(start)} and Time < {Literal(end)} | order by Time asc");
        var numbers = windows.Rows(s_start, s_start.AddHours(10), default).Select(static row => row.Number("N")!.Value).ToList();
        Assert.Equal(Enumerable.Range(0, 3600).Select(static i => (long)i), numbers.Order());
        Assert.Equal(mostRows > 3600 && mostBytes > 1_000_000, _azure.Requests.All.Count == 1);
    }

    [Fact]
    public void An_answer_that_is_too_long_is_left_and_the_next_one_read()
    {
        var logs = Open();
        var cut = logs.Query(new LogsRequest { Query = "T", Workspaces = [_workspace], MostBytes = 50_000 }, default);
        Assert.True(cut.IsCut);
        Assert.Empty(cut.Primary.Rows);
        Assert.Equal(3600, logs.Query(new LogsRequest { Query = "T", Workspaces = [_workspace] }, default).Primary.Rows.Count());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(0)]
    public void Trouble_on_the_way_passes(int status)
    {
        if (status > 0)
            _azure.Faults.Fail("POST", "/v1/*", status, times: 2);
        else
            _azure.Faults.Cut("POST", "/v1/*", times: 2);
        Assert.Equal(3600L, Open().Query(new LogsRequest { Query = "T | count", Workspaces = [_workspace] }, default).Primary.Rows.Single().Number("Count"));
        Assert.Equal(3, _azure.Requests.All.Count);
    }

    [Fact]
    public void More_than_the_service_runs_at_once_wait_their_turn_here()
    {
        _azure.Options.Logs.QueuedQueries = 0;
        _azure.Options.Logs.QueryTime = TimeSpan.FromMilliseconds(50);
        var logs = Open();
        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 20 }, _ => logs.Query(new LogsRequest { Query = "print 1", Workspaces = [_workspace] }, default));
        Assert.Equal(20, _azure.Requests.All.Count);
    }

    [Fact]
    public void A_query_that_is_wrong_is_told_with_its_place()
    {
        var failure = Assert.Throws<NsgFlowException>(() => Open().Query(new LogsRequest { Query = "T | where Nowhere == 1", Workspaces = [_workspace] }, default));
        Assert.Equal("LogsQueryInvalid", failure.ErrorId);
        Assert.Equal("SEM0100", failure.ServiceCode);
        Assert.Contains("Nowhere", failure.Message, StringComparison.Ordinal);
    }

    private static string Literal(DateTime time) => $"datetime({time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)})";

    private LogsAdapter Open()
    {
        var cloud = AzureCloud.Custom("Simulator", _azure.ArmEndpoint.AbsoluteUri, logAnalytics: _azure.LogAnalytics.AbsoluteUri, logAnalyticsAudience: "https://api.loganalytics.io/");
        var token = new SignInToken(_azure.IssueToken("https://api.loganalytics.io/"), DateTimeOffset.MaxValue);
        var signIn = new AzureSignIn(new SignInOptions { Session = _ => token });
        return new LogsAdapter(new AzureConnection(cloud, signIn), null, new LogsTuning { RetryDelay = TimeSpan.FromMilliseconds(10) });
    }
}
