using System;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Sums;

/// <summary>Answers that are too long: what can be added is asked for in shorter times, everything else is an error that says what helps.</summary>
public class WorkspaceWindowsTests
{
    private const string Times = "FirstSeen=2026-11-23T09:20:00Z LastSeen=2026-11-23T09:50:00Z";
    private static readonly DateTime s_nine = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly AnalyticsQuestion s_twoHours = new() { Filter = new FlowFilter { Start = s_nine, End = s_nine.AddHours(2) } };
    private static readonly string[] s_firstHour =
    [
        "Rule=a Told=1 Flows=3 BytesSent=10 BytesReceived=1 FirstSeen=2026-11-23T09:00:00Z LastSeen=2026-11-23T09:30:00Z Trend0=3",
        "Rule=b Told=0 Flows=1 BytesSent=0 BytesReceived=0 FirstSeen=2026-11-23T09:20:00Z LastSeen=2026-11-23T09:20:00Z Trend0=1",
    ];

    private static readonly string[] s_secondHour =
    [
        "Rule=A Told=0 Flows=4 BytesSent=0 BytesReceived=0 FirstSeen=2026-11-23T10:05:00Z LastSeen=2026-11-23T10:50:00Z Trend1=4",
        "Rule=b Told=2 Flows=2 BytesSent=5 BytesReceived=5 FirstSeen=2026-11-23T10:10:00Z LastSeen=2026-11-23T10:10:00Z Trend1=2",
    ];

    [Fact]
    public void Rows_of_several_windows_are_added_before_any_is_left_to_the_rest()
    {
        var logs = new CannedLogs(static request => request.Query.Contains("Flows >= 5", StringComparison.Ordinal) ? CannedLogs.Cut("Rule=never Flows=99")
            : CannedLogs.Table(request.Query.Contains("FlowStartTime >= datetime(2026-11-23T09:00:00Z)", StringComparison.Ordinal) ? s_firstHour : s_secondHour));
        var rows = new WorkspaceMeasurement(logs, ["w"], new TrafficQuery { By = TrafficKey.Parse(["Rule"]), MinFlows = 5 }, s_twoHours).Rows(default).ToList();
        Assert.Equal(3, logs.Requests.Count);
        Assert.Equal(["a", TrafficMeasure.Other], rows.Select(static row => row.KeyValues[0]));
        Assert.Equal((7L, 11L, 70.0), (rows[0].Flows, rows[0].Bytes, rows[0].Percent));
        Assert.Equal((s_nine, s_nine.AddMinutes(110)), (rows[0].FirstSeen, rows[0].LastSeen));
        Assert.Equal([3L, 4], rows[0].Trend);
        Assert.Equal((3L, 10L, 30.0), (rows[1].Flows, rows[1].Bytes, rows[1].Percent));
        Assert.Equal([1L, 2], rows[1].Trend);
    }

    [Fact]
    public void One_answer_that_holds_all_is_asked_for_once()
    {
        var logs = new CannedLogs("Rule=a Flows=7 IsOther=false", "Flows=3 IsOther=true");
        var rows = new WorkspaceMeasurement(logs, ["w"], new TrafficQuery { By = TrafficKey.Parse(["Rule"]), MinFlows = 5 }, s_twoHours).Rows(default).ToList();
        Assert.Contains("Flows >= 5", Assert.Single(logs.Requests).Query, StringComparison.Ordinal);
        Assert.Equal([70.0, 30], rows.Select(static row => row.Percent));
    }

    [Fact]
    public void An_hour_that_is_too_long_says_what_helps() =>
        AssertTooLarge(new TrafficQuery { By = TrafficKey.Parse(["Conversation"]) }, s_twoHours, "Of one hour alone, the answer exceeds a limit");

    [Fact]
    public void Numbers_of_different_values_are_not_added() =>
        AssertTooLarge(new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Distinct = TrafficDistinct.Sources }, s_twoHours, "different values cannot be added", requests: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_rows_of_all_are_chosen_here_when_the_workspace_cannot(bool isRefused)
    {
        var logs = new CannedLogs(request => !request.Query.Contains("| take 1", StringComparison.Ordinal)
            ? CannedLogs.Table(request.Query.Contains("FlowStartTime >= datetime(2026-11-23T09:00:00Z)", StringComparison.Ordinal) ? s_firstHour : s_secondHour)
            : isRefused ? throw new NsgFlowException("LogsLimitExceeded", "memory", "less") : CannedLogs.Cut("Rule=never Flows=99"));
        var rows = new WorkspaceMeasurement(logs, ["w"], new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Top = 1 }, s_twoHours).Rows(default).ToList();
        Assert.Equal(3, logs.Requests.Count);
        Assert.Equal(["a", TrafficMeasure.Other], rows.Select(static row => row.KeyValues[0]));
        Assert.Equal((7L, 11L, 70.0), (rows[0].Flows, rows[0].Bytes, rows[0].Percent));
        Assert.Equal((3L, 10L, 30.0), (rows[1].Flows, rows[1].Bytes, rows[1].Percent));
        Assert.Equal([1L, 2], rows[1].Trend);
    }

    [Fact]
    public void A_summary_that_needs_too_much_says_so_in_the_service_s_words_and_what_needs_less()
    {
        const string Memory = """[{"code":"EngineError","message":"x","innererror":{"code":"80DA0001","message":"Query execution has exceeded the allowed limits: memory budget (E_RUNAWAY_QUERY)."}}]""";
        var logs = new CannedLogs(static _ => CannedLogs.Broken(CannedLogs.Table(["List=Whole"]), Memory));
        var error = Assert.Throws<NsgFlowException>(() => new WorkspaceMeasurement(logs, ["w"], new TrafficQuery { Top = 3 }, s_twoHours).Summary(default));
        Assert.Equal("LogsWindowTooLarge", error.ErrorId);
        Assert.Contains("memory budget (E_RUNAWAY_QUERY)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("rows than", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("-Top", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("a shorter time", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("filter", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_asked_for_the_first_rows_only_is_not_told_to() =>
        AssertTooLarge(new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Top = 600_000 }, s_twoHours, "Of one hour alone", isTop: true);

    [Fact]
    public void Without_a_start_nothing_can_be_divided() =>
        AssertTooLarge(new TrafficQuery { By = TrafficKey.Parse(["Rule"]) }, new AnalyticsQuestion(), "without a start", requests: 1);

    [Fact]
    public void Rows_of_a_longer_time_than_their_buckets_are_told_of()
    {
        var query = new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Bucket = TimeSpan.FromMinutes(20) };
        var measurement = new WorkspaceMeasurement(new CannedLogs("Rule=a Time=2026-11-23T09:20:00Z Flows=7 Minutes=60 " + Times, "Rule=a Time=2026-11-23T09:40:00Z Flows=7 Minutes=10 " + Times), ["w"], query, s_twoHours);
        Assert.Equal(6, measurement.Rows(default).Count());
        Assert.Contains("60 minutes", Assert.Single(measurement.Warnings), StringComparison.Ordinal);
        var fitting = new WorkspaceMeasurement(new CannedLogs("Rule=a Time=2026-11-23T09:20:00Z Flows=7 Minutes=10 " + Times), ["w"], query, s_twoHours);
        Assert.Equal(6, fitting.Rows(default).Count());
        Assert.Empty(fitting.Warnings);
    }

    [Fact]
    public void What_the_tables_compare_less_of_is_told()
    {
        var question = new AnalyticsQuestion { Filter = new FlowFilter { Port = PortSet.Parse(["22"]) } };
        var measurement = new WorkspaceMeasurement(new CannedLogs("Flows=1 Rule=a"), ["w"], new TrafficQuery { By = TrafficKey.Parse(["Rule"]) }, question);
        Assert.Single(measurement.Rows(default));
        Assert.Contains("-Port", Assert.Single(measurement.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_beside_an_answer_are_kept()
    {
        var logs = new CannedLogs(static _ => CannedLogs.Broken(CannedLogs.Table(["Rule=a Flows=1"]), """[{"code":"x","message":"broken"}]"""));
        var measurement = new WorkspaceMeasurement(logs, ["w"], new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Top = 5 }, s_twoHours);
        Assert.Single(measurement.Rows(default));
        Assert.Equal("LogsPartial", Assert.Single(measurement.Errors).ErrorId);
    }

    private static void AssertTooLarge(TrafficQuery query, AnalyticsQuestion question, string message, int requests = 2, bool isTop = false)
    {
        var logs = new CannedLogs(static _ => CannedLogs.Cut("Rule=a Flows=1"));
        var error = Assert.Throws<NsgFlowException>(() => new WorkspaceMeasurement(logs, ["w"], query, question).Rows(default).Count());
        Assert.Equal("LogsWindowTooLarge", error.ErrorId);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("E_QUERY_RESULT_SET_TOO_LARGE", error.Message, StringComparison.Ordinal);
        Assert.Contains("a shorter time", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(!isTop, error.RecommendedAction.Contains("-Top", StringComparison.Ordinal));
        Assert.Equal(!isTop, error.RecommendedAction.Contains("-MinFlows", StringComparison.Ordinal));
        Assert.Equal(requests, logs.Requests.Count);
    }
}
