using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Get-NsgFlowRecord -Wait over folders that grow.</summary>
public sealed class FollowTests : IDisposable
{
    private const string Wait = "Get-NsgFlowRecord $folder -Wait -PollInterval 00:00:00.1";
    private const string All = Wait + " -StartTime 2026-11-01";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-follow-").FullName;
    private readonly CmdletSession _session;

    public FollowTests() => _session = new CmdletSession(("folder", _folder));

    public static TheoryData<string> Ways => ["replaced", "in place", "UTF-16", "packed"];

    private static DateTime ThisHour => DateTime.UtcNow is var now ? new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc) : default;

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_comes_comes_once_and_in_order(string way)
    {
        var options = Options(hours: 3);
        var logs = way switch
        {
            "in place" => GrowingLogs.InPlace(_folder, options),
            "UTF-16" => GrowingLogs.In(_folder, options, GrowingLogs.Utf16),
            "packed" => GrowingLogs.In(_folder, options, GrowingLogs.Packed, ".gz"),
            _ => GrowingLogs.In(_folder, options),
        };
        logs.Grow(0, 5);
        using var running = _session.Start(All);
        running.Until(logs.Count);
        running.Until(logs.Grow(0, 1));
        running.Until(logs.Grow(0, 3));

        // The next hours, and what comes late into the one before.
        running.Until(logs.Grow(1, 2));
        running.Until(logs.Grow(0, 1));
        running.Until(logs.Grow(2, 1));

        Assert.Equal(logs.Rows, running.Stop().Clean().Rows);
    }

    [Fact]
    public void Interfaces_that_appear_are_followed_too_and_filters_hold()
    {
        var logs = GrowingLogs.In(_folder, Options(hours: 2, nics: 3));
        logs.Grow(0, 10);
        using var running = _session.Start(All + " -Protocol Udp, Tcp -Decision Allow");
        running.Until(Allowed());
        foreach (var (blob, minutes) in new[] { (1, 10), (0, 5), (2, 5), (3, 5), (5, 5), (4, 5) })
        {
            logs.Grow(blob, minutes);
            running.Until(Allowed());
        }

        Assert.NotEqual(logs.Count, Allowed());
        Assert.Equal(logs.Rows.Where(static row => row.Decision == 'A'), running.Stop().Clean().Rows);

        int Allowed() => logs.Rows.Count(static row => row.Decision == 'A');
    }

    [Fact]
    public void Wildcards_come_to_mean_more_and_what_several_paths_have_in_common_comes_once()
    {
        var first = GrowingLogs.In(Path.Combine(_folder, "a"), Options(nics: 1));
        var second = GrowingLogs.In(Path.Combine(_folder, "b"), Options(seed: 2));
        first.Grow(0, 3);
        using var running = _session.Start($"\"$folder/*\", $folder, '{GrowingLogs.PathOf(Path.Combine(_folder, "a"), first.Blobs[0])}' | Get-NsgFlowRecord -Wait -PollInterval 00:00:00.1 -StartTime 2026-11-01");
        running.Until(first.Count);
        running.Until(first.Count + second.Grow(0, 3));
        running.Until(first.Grow(0, 3) + second.Count);

        Assert.Equal(Sorted(first.Rows.Concat(second.Rows)), Sorted(running.Stop().Clean().Rows));
    }

    [Fact]
    public void Without_a_time_it_begins_with_the_last_hour_in_files_too()
    {
        // Nothing of the first hour is of the last sixty minutes.
        var logs = GrowingLogs.In(_folder, Options(hours: 4, start: ThisHour.AddHours(-3)));
        var old = logs.Grow(0, 5);
        logs.Grow(3, 5);
        using var running = _session.Start(Wait);
        running.Until(logs.Count - old);
        running.Until(logs.Grow(3, 5) - old);
        Assert.Equal(logs.Since(old), running.Stop().Clean().Rows);

        using var longer = _session.Start(Wait + " -Last 5h");
        longer.Until(logs.Count);
        Assert.Equal(logs.Rows, longer.Stop().Clean().Rows);
    }

    [Fact]
    public void After_the_newest_comes_what_is_added_in_every_hour_that_is_open()
    {
        // This hour and the next, so that both are open.
        var logs = GrowingLogs.In(_folder, Options(hours: 4, nics: 2, start: ThisHour.AddHours(-2)));
        logs.Grow(0, 5);
        logs.Grow(4, 5);
        logs.Grow(5, 5);
        var before = logs.Grow(6, 5);
        using var running = _session.Start(Wait + " -Tail 2");
        running.Until(2);
        foreach (var blob in new[] { 4, 6, 5, 7 })
            running.Until(logs.Grow(blob, 2) - before + 2);

        var rows = running.Stop().Clean().Rows;
        Assert.Equal(logs.Rows.Take(before).OrderBy(static row => row.Milliseconds).TakeLast(2), rows.Take(2).OrderBy(static row => row.Milliseconds));
        Assert.Equal(logs.Since(before), rows.Skip(2));
    }

    [Fact]
    public void The_newest_of_files_without_azures_names_come_first_too()
    {
        var logs = new GrowingLogs(Options(nics: 2), (blob, minutes) => GrowingLogs.Replace(Path.Combine(_folder, blob.Name.Split('/')[^2] + ".json"), GrowingLogs.Content(blob, minutes)));
        logs.Grow(0, 5);
        var before = logs.Grow(1, 9);
        using var running = _session.Start(Wait + " -Tail 3");
        running.Until(3);
        running.Until(logs.Grow(0, 2) - before + 3);
        running.Until(logs.Grow(1, 2) - before + 3);

        var rows = running.Stop().Clean().Rows;
        Assert.Equal(logs.Rows.Take(before).Max(static row => row.Milliseconds), rows.Take(3).Max(static row => row.Milliseconds));
        Assert.Equal(logs.Since(before), rows.Skip(3));
    }

    [Theory]
    [InlineData(" -First 4", 4)]
    [InlineData(" | Select-FirstObject", 1)]
    public void Who_has_enough_ends_it(string how, int records)
    {
        var logs = GrowingLogs.In(_folder, Options());
        using var running = _session.Start(All + how);
        Assert.True(logs.Grow(0, 5) > records);
        Assert.Equal(logs.Rows.Take(records), running.End().Records.Select(static record => SampleRow.From(record, string.Empty)));
    }

    [Fact]
    public void Timeout_ends_it_with_what_came_until_then()
    {
        var logs = GrowingLogs.In(_folder, Options());
        var before = logs.Grow(0, 5);
        using var running = _session.Start("Get-NsgFlowRecord $folder -Wait -StartTime 2026-11-01 -PollInterval 1h -Timeout 2s");
        running.Until(before);
        var grown = logs.Grow(0, 5);

        // Whether the writing was in time is the machine's affair; a record too many or too few is not.
        var rows = running.End().Clean().Rows;
        Assert.Contains(rows.Count, new[] { before, grown });
        Assert.Equal(logs.Rows.Take(rows.Count), rows);
    }

    [Fact]
    public void However_short_the_time_is_what_is_there_is_given()
    {
        var logs = GrowingLogs.In(_folder, Options());
        var count = logs.Grow(0, 60);
        Assert.Equal(count, _session.Run(All + " -Timeout 1s").Clean().Output.Count);
        Assert.Equal(count, _session.Run("Get-NsgFlowRecord $folder -Wait -StartTime 2026-11-01 -Timeout ([timespan]::FromTicks(1))").Clean().Output.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" | ForEach-Object { [IO.File]::WriteAllText(\"$folder/taken\", ''); while ($true) { } }")]
    public void Stop_ends_it_at_once_and_without_a_word(string how)
    {
        var logs = GrowingLogs.In(_folder, Options());
        logs.Grow(0, 5);
        using var running = _session.Start("Get-NsgFlowRecord $folder -Wait -StartTime 2026-11-01 -PollInterval 1h -Verbose" + how);
        if (how.Length == 0)
            running.Until(logs.Count);
        else
            running.Until(() => File.Exists(Path.Combine(_folder, "taken")));

        running.Stop(out var took).Clean();
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_folder_that_comes_later_is_told_once_each_time_it_is_missing()
    {
        var later = Path.Combine(_folder, "later");
        var logs = GrowingLogs.In(later, Options());
        using var running = _session.Start("Get-NsgFlowRecord \"$folder/later\", $folder -Wait -PollInterval 00:00:00.1 -StartTime 2026-11-01");
        running.Until(() => running.Errors == 1 && running.Warnings == 1);
        running.Until(logs.Grow(0, 3));

        // This comes with a look that found the folder; what came before may have been listed below the other one.
        running.Until(logs.Grow(0, 1));
        Directory.Move(later, Path.Combine(_folder, "moved.partial"));
        running.Until(() => running.Errors == 2);
        var outcome = running.Stop();

        Assert.All(outcome.Errors, static error => Assert.Equal("PathNotFound", Outcome.Id(error)));
        Assert.EndsWith("Waiting for what comes.", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(logs.Rows, outcome.Rows.Take(logs.Count));
    }

    [Fact]
    public void That_there_is_nothing_yet_is_said_once()
    {
        var logs = GrowingLogs.In(_folder, Options());
        using var running = _session.Start(All);
        running.Until(() => running.Warnings == 1);
        running.Until(logs.Grow(0, 3));
        Assert.Contains("there is no flow-log blob", Assert.Single(running.Stop().Warnings), StringComparison.Ordinal);

        // That a filter lets nothing pass yet is what one waits for.
        Assert.Empty(_session.Run(All + " -Port 1 -Timeout 1s").Clean().Output);
    }

    [Fact]
    public void A_file_of_other_content_is_read_again_with_a_warning()
    {
        var logs = GrowingLogs.In(_folder, Options());
        logs.Grow(0, 3);
        using var running = _session.Start(All);
        running.Until(logs.Count);
        var other = new GrowingLogs(Options(seed: 2), (blob, minutes) => GrowingLogs.Replace(GrowingLogs.PathOf(_folder, logs.Blobs[0]), GrowingLogs.Content(blob, minutes)));
        running.Until(logs.Count + other.Grow(0, 4));

        var outcome = running.Stop();
        var warning = Assert.Single(outcome.Warnings);
        Assert.Contains("is read again from its beginning", warning, StringComparison.Ordinal);
        Assert.EndsWith(".json", warning, StringComparison.Ordinal);
        Assert.Equal(logs.Rows.Concat(other.Rows), outcome.Rows);
    }

    [Theory]
    [InlineData("-Timeout 1s", "WaitMissing")]
    [InlineData("-PollInterval 1s", "WaitMissing")]
    [InlineData("-Wait -PollInterval 00:00:00.05", "PollIntervalTooShort")]
    [InlineData("-Wait -EndTime 2030-01-01", "FollowHasNoEnd")]
    [InlineData("-Wait -First 1 -Tail 1", "FirstAndTail")]
    [InlineData("-Checkpoint \"$folder/c\" -EndTime 2030-01-01", "FollowHasNoEnd")]
    [InlineData("-Checkpoint \"$folder/c\" -StartTime 2062-11-01", "FollowStartsLater")]
    [InlineData("-Wait -StartTime 2062-11-01", "FollowStartsLater")]
    [InlineData("-Checkpoint \"$folder/c\" -First 1", "CheckpointTakesAll")]
    [InlineData("-Checkpoint \"$folder/c\" -Tail 1 -Wait", "CheckpointTakesAll")]
    public void What_has_no_sense_together_is_refused(string parameters, string id)
    {
        var outcome = _session.Run("Get-NsgFlowRecord $folder " + parameters);
        Assert.Equal(id, Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("-Wait", "-Timeout")]
    [InlineData("-Checkpoint \"$folder/c\"", "Leave it out")]
    public void Who_gives_an_end_is_told_what_ends_it(string how, string advice)
    {
        var error = Assert.Single(_session.Run($"Get-NsgFlowRecord $folder -EndTime 2030-01-01 {how}").Errors);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Wait")]
    [InlineData("-Checkpoint \"$folder/c\"")]
    public void Blobs_that_were_listed_before_cannot_be_followed(string how)
    {
        GrowingLogs.In(_folder, Options()).Grow(0, 3);
        foreach (var script in new[] { $"Get-NsgFlowBlob $folder | Get-NsgFlowRecord {how}", $"Get-NsgFlowRecord -InputObject (Get-NsgFlowBlob $folder) {how}" })
        {
            var outcome = _session.Run(script);
            Assert.Equal("FollowNeedsSource", Outcome.Id(Assert.Single(outcome.Errors)));
            Assert.Empty(outcome.Output);
        }
    }

    private static IEnumerable<SampleRow> Sorted(IEnumerable<SampleRow> rows) => rows.OrderBy(static row => row.ToString(), StringComparer.Ordinal);

    private static FlowSampleOptions Options(int hours = 1, int nics = 1, int seed = 1, DateTime? start = null) => new()
    {
        Hours = hours, Nic = nics, Seed = seed, TuplesPerMinute = 3, StartTime = start ?? new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc),
    };
}
