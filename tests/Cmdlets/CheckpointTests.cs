using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Get-NsgFlowRecord -Checkpoint over folders: from run to run each record once.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const string Read = "Get-NsgFlowRecord $folder -Checkpoint $to";

    private readonly string _root = Directory.CreateTempSubdirectory("nsgflow-checkpoint-").FullName;
    private readonly string _folder;
    private readonly string _checkpoint;
    private readonly CmdletSession _session;
    private readonly GrowingLogs _logs;

    public CheckpointTests()
    {
        _folder = Path.Combine(_root, "logs");
        _checkpoint = Path.Combine(_root, "c.checkpoint");
        _session = new CmdletSession(("folder", _folder), ("to", _checkpoint), ("root", _root));
        _logs = GrowingLogs.In(_folder, Options());
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -StartTime 2026-11-01")]
    public void The_first_run_gives_everything_and_later_ones_what_is_new(string time)
    {
        _logs.Grow(0, 5);
        var before = _logs.Grow(1, 5);
        Assert.Equal(_logs.Rows, Run(Read + time).Rows);
        Assert.Empty(Run(Read + time).Output);

        // A late block, the next hour, and the next run with another time, which does not matter any more.
        _logs.Grow(0, 1);
        _logs.Grow(2, 1);
        Assert.Equal(_logs.Since(before), Run(Read + " -StartTime 2026-11-20").Rows);
        Assert.Empty(Run(Read).Output);
        Assert.Equal(["c.checkpoint", "c.checkpoint.lock", "logs"], Directory.GetFileSystemEntries(_root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_first_run_without_a_record_says_why_and_a_later_one_only_that_there_is_no_blob()
    {
        Directory.CreateDirectory(_folder);
        foreach (var _ in new[] { "first", "later" })
            Assert.Contains("there is no flow-log blob", Assert.Single(_session.Run(Read).Warnings), StringComparison.Ordinal);
        Assert.Contains("Waiting for what comes", Assert.Single(_session.Run(Read + " -Wait -Timeout 00:00:00.1").Warnings), StringComparison.Ordinal);

        var other = " -Checkpoint \"$root/other\"";
        _logs.Grow(0, 5);
        Assert.Contains("the filter let none", Assert.Single(_session.Run("Get-NsgFlowRecord $folder -Port 1" + other).Warnings), StringComparison.Ordinal);
        Assert.Empty(Run("Get-NsgFlowRecord $folder -Port 1" + other).Output);
    }

    [Fact]
    public void A_slip_in_a_name_is_told_in_every_run()
    {
        _logs.Grow(0, 5);
        foreach (var _ in new[] { "first", "later" })
        {
            var warning = Assert.Single(_session.Run(Read + " -Nsg wbe-nsg -StartTime 2026-11-01").Warnings);
            Assert.Contains("wbe-nsg", warning, StringComparison.Ordinal);
            Assert.Contains("2026-11-01", warning, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_was_before_the_first_runs_start_does_not_come_later_either()
    {
        _logs.Grow(0, 1);
        Assert.Equal(_logs.Rows.Where(After), _session.Run(Read + " -StartTime 2026-11-01T00:03").Rows);
        _logs.Grow(0, 9);
        Assert.Equal(_logs.Rows.Where(After), Run(Read).Rows);
        Assert.NotEqual(_logs.Count, _logs.Rows.Count(After));

        static bool After(SampleRow row) => DateTimeOffset.FromUnixTimeMilliseconds(row.Milliseconds) >= new DateTimeOffset(2026, 11, 1, 0, 3, 0, TimeSpan.Zero);
    }

    [Fact]
    public void Timeout_ends_it_between_batches_and_the_next_run_goes_on()
    {
        var counts = new[] { _logs.Grow(0, 5), _logs.Grow(1, 5), _logs.Grow(2, 5) };
        var given = 0;
        foreach (var count in counts)
        {
            var outcome = _session.Run(Read + " -Wait -Timeout ([timespan]::FromTicks(1))");
            Assert.Empty(outcome.Errors);
            Assert.Equal(_logs.Rows.Skip(given).Take(count - given), outcome.Rows);
            Assert.Equal(count == _logs.Count ? 0 : 1, outcome.Warnings.Count(static warning => warning.Contains("-Timeout has passed", StringComparison.Ordinal)));
            given = count;
        }

        Assert.Empty(Run(Read).Output);
    }

    [Theory]
    [InlineData(" | ForEach-Object { if (++$n -gt $given) { throw 'no more' }; $_ }", true)]
    [InlineData(" | ForEach-Object { $ErrorActionPreference = 'Stop'; if (++$n -gt $given) { Get-NsgFlowBlob /nowhere }; $_ }", true)]
    [InlineData(" | Where-Object { ++$n -gt $given } | Select-FirstObject", false)]
    public void Whatever_ends_a_run_the_batch_under_way_comes_again_and_nothing_else(string rest, bool isError)
    {
        var whole = _logs.Grow(0, 5);
        _logs.Grow(1, 5);
        _logs.Grow(2, 5);

        // The second record of the second blob is the last but one that is looked at.
        var outcome = _session.Run($"$n = 0; $given = {whole + 2}; {Read}{rest}");
        Assert.Equal(isError, outcome.Terminating is not null || outcome.Errors.Count > 0);

        Assert.Equal(_logs.Since(whole), Run(Read).Rows);
        Assert.Empty(Run(Read).Output);
    }

    [Fact]
    public void Of_a_large_blob_what_was_saved_does_not_come_again()
    {
        var logs = GrowingLogs.In(_folder, new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 100 });
        var count = logs.Grow(0, 60);
        Assert.True(count > 4000);

        var first = _session.Run($"$n = 0; {Read} | ForEach-Object {{ if (++$n -gt 3000) {{ throw 'no more' }}; $_ }}");
        Assert.NotNull(first.Terminating);
        var second = Run(Read).Rows;

        Assert.Equal(logs.Rows.TakeLast(second.Count), second);
        Assert.InRange(count - second.Count, 1000, 3000);
    }

    [Fact]
    public void Stop_saves_what_was_taken()
    {
        var whole = _logs.Grow(0, 5);
        _logs.Grow(1, 5);
        using (var running = _session.Start($"$n = 0; {Read} | ForEach-Object {{ $_; if (++$n -gt {whole}) {{ while ($true) {{ }} }} }}"))
        {
            running.Until(whole + 1);
            running.Stop(out var took).Clean();
            Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        Assert.Equal(_logs.Since(whole), Run(Read).Rows);
    }

    [Fact]
    public void Waiting_goes_on_from_run_to_run_and_keeps_a_second_run_out()
    {
        _logs.Grow(0, 5);
        using (var running = _session.Start(Read + " -Wait -PollInterval 00:00:00.1"))
        {
            running.Until(_logs.Count);
            running.Until(_logs.Grow(0, 2));
            using (var other = new CmdletSession(("folder", _folder), ("to", _checkpoint)))
            {
                var error = Assert.Single(other.Run(Read).Errors);
                Assert.Equal("CheckpointBusy", Outcome.Id(error));
                Assert.Equal(ErrorCategory.ResourceBusy, error.CategoryInfo.Category);
            }

            running.Until(_logs.Grow(1, 2));
            Assert.Equal(_logs.Rows, running.Stop().Clean().Rows);
        }

        var before = _logs.Count;
        _logs.Grow(1, 2);
        Assert.Equal(_logs.Since(before), Run(Read).Rows);
        Assert.Empty(Run(Read + " -Wait -Timeout 1s").Output);
    }

    [Theory]
    [InlineData("' '", "CheckpointUnusable", ErrorCategory.OpenError)]
    [InlineData("$root/no/c", "CheckpointUnusable", ErrorCategory.OpenError)]
    [InlineData("$folder", "CheckpointUnusable", ErrorCategory.OpenError)]
    [InlineData("$folder/empty", "CheckpointDamaged", ErrorCategory.InvalidData)]
    public void What_can_be_no_checkpoint_is_refused_and_nothing_is_left_beside_it(string checkpoint, string id, ErrorCategory category)
    {
        _logs.Grow(0, 5);
        File.WriteAllText(Path.Combine(_folder, "empty"), string.Empty);
        var before = Directory.GetFileSystemEntries(_root, "*", SearchOption.AllDirectories);
        var outcome = _session.Run($"Set-Location $root; Get-NsgFlowRecord $folder -Checkpoint {(checkpoint[0] == '$' ? $"\"{checkpoint}\"" : checkpoint)}");
        var error = Assert.Single(outcome.Errors);
        Assert.Equal((id, category), (Outcome.Id(error), error.CategoryInfo.Category));
        Assert.DoesNotContain(".lock", outcome.AllText, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Equal(before, Directory.GetFileSystemEntries(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Another_question_is_an_error_and_another_filter_is_not()
    {
        var before = _logs.Grow(0, 5);
        var other = Directory.CreateDirectory(Path.Combine(_root, "other")).FullName;
        Assert.Equal(before, Run(Read).Output.Count);

        foreach (var question in new[] { $"'{other}'", "$folder, $root", "$folder -Nsg web-nsg", "$folder -MacAddress 00:0D:3A:00:00:01" })
        {
            var outcome = _session.Run($"Get-NsgFlowRecord {question} -Checkpoint $to");
            Assert.Equal("CheckpointOfAnother", Outcome.Id(Assert.Single(outcome.Errors)));
            Assert.Contains(_folder, outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        }

        _logs.Grow(0, 5);
        var denied = Run("Get-NsgFlowRecord \"$folder/\" -Checkpoint $to -Decision Deny").Rows;
        Assert.Equal(_logs.Since(before).Where(static row => row.Decision == 'D'), denied);
        Assert.Empty(Run(Read).Output);
    }

    [Fact]
    public void What_the_pipeline_brings_may_be_more_or_other_from_run_to_run()
    {
        var second = GrowingLogs.In(Path.Combine(_root, "second"), Options(seed: 2));
        _logs.Grow(0, 5);
        second.Grow(0, 5);
        Assert.Equal(_logs.Rows, Run("$folder | Get-NsgFlowRecord -Checkpoint $to").Rows);
        Assert.Equal(second.Rows, Run("\"$root/second\", $folder | Get-NsgFlowRecord -Checkpoint $to").Rows);
        var before = second.Count;
        second.Grow(0, 1);
        Assert.Equal(second.Since(before), Run("$folder, \"$root/second\" | Get-NsgFlowRecord -Checkpoint $to").Rows);

        // What else is asked, and that the pipeline is to bring the rest, is the question all the same.
        foreach (var other in new[] { "$folder | Get-NsgFlowRecord -Nsg web-nsg -Checkpoint $to", Read })
            Assert.Equal("CheckpointOfAnother", Outcome.Id(Assert.Single(_session.Run(other).Errors)));
        Assert.Contains("there was no input", Assert.Single(_session.Run("@() | Get-NsgFlowRecord -Checkpoint $to").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_something_else_finds_may_become_more()
    {
        const string Piped = "[IO.Directory]::GetFiles($folder, '*.json', 'AllDirectories') | ForEach-Object { [IO.FileInfo]$_ } | Get-NsgFlowRecord -Checkpoint $to";
        var before = _logs.Grow(0, 5);
        Assert.Equal(_logs.Rows, Run(Piped).Rows);
        _logs.Grow(1, 5);
        Assert.Equal(_logs.Since(before), Run(Piped).Rows);
        Assert.Empty(Run(Piped).Output);

        // A run that brings some of them leaves the others known.
        Assert.Empty(Run(Piped.Replace("[IO.FileInfo]$_", "[IO.FileInfo]$_ } | Where-Object { $_.FullName -like '*h=01*'", StringComparison.Ordinal)).Output);
        Assert.Empty(Run(Piped).Output);
    }

    [Fact]
    public void Relative_names_are_below_the_sessions_location()
    {
        _logs.Grow(0, 5);
        _session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($root)").Clean();
        Assert.Equal(_logs.Count, Run("Get-NsgFlowRecord logs -Checkpoint ./here.checkpoint").Output.Count);
        Assert.True(File.Exists(Path.Combine(_root, "here.checkpoint")));
        Assert.Empty(Run("Get-NsgFlowRecord ./logs -Checkpoint here.checkpoint").Output);
        Assert.Empty(Run("Get-NsgFlowRecord $folder -Checkpoint \"$root/here.checkpoint\"").Output);
    }

    [Fact]
    public void A_checkpoint_among_the_flow_logs_is_not_read_as_one()
    {
        _logs.Grow(0, 5);
        const string Here = "Get-NsgFlowRecord $folder -Checkpoint \"$folder/state.json\"";
        Assert.Equal(_logs.Count, Run(Here).Output.Count);
        Assert.Empty(Run(Here).Output);
    }

    [Fact]
    public void What_cannot_be_a_checkpoint_ends_it_before_anything_is_read()
    {
        _logs.Grow(0, 5);
        Refused("Get-NsgFlowRecord $folder -Checkpoint \"$root/missing/c\"", "CheckpointUnusable");
        Refused("Get-NsgFlowRecord $folder -Checkpoint $folder", "CheckpointUnusable");
        File.WriteAllText(_checkpoint, "{\"version\":1,");
        Refused(Read, "CheckpointDamaged");
        File.WriteAllText(_checkpoint, "{\"version\":99}");
        Refused(Read, "CheckpointTooNew");
        Refused($"Get-NsgFlowRecord $folder -Checkpoint '{GrowingLogs.PathOf(_folder, _logs.Blobs[0])}'", "CheckpointDamaged");

        void Refused(string script, string id)
        {
            var outcome = _session.Run(script);
            Assert.Equal(id, Outcome.Id(Assert.Single(outcome.Errors)));
            Assert.Empty(outcome.Output);
        }
    }

    [Fact]
    public void A_file_of_other_content_comes_again_with_a_warning_and_one_that_is_gone_is_noted()
    {
        _logs.Grow(0, 5);
        _logs.Grow(1, 5);
        Run(Read);
        var other = new GrowingLogs(Options(seed: 2), (blob, minutes) => GrowingLogs.Replace(GrowingLogs.PathOf(_folder, _logs.Blobs[0]), GrowingLogs.Content(blob, minutes)));
        other.Grow(0, 2);
        File.Delete(GrowingLogs.PathOf(_folder, _logs.Blobs[1]));

        var outcome = _session.Run(Read);
        Assert.Contains("is read again from its beginning", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Empty(outcome.Errors);
        Assert.Equal(other.Rows, outcome.Rows);
        Assert.Contains("unlistedSince", File.ReadAllText(_checkpoint), StringComparison.Ordinal);
        Assert.Empty(Run(Read).Output);
    }

    [Fact]
    public void A_run_that_stops_at_an_error_has_given_the_damaged_batch_and_the_next_goes_on()
    {
        var whole = _logs.Grow(0, 5);
        _logs.Grow(1, 5);
        _logs.Grow(2, 5);
        var damaged = GrowingLogs.PathOf(_folder, _logs.Blobs[1]);
        var text = File.ReadAllText(damaged);
        var at = text.LastIndexOf("\"flowTuples\":[\"", StringComparison.Ordinal) + "\"flowTuples\":[\"".Length;
        File.WriteAllText(damaged, text[..at] + "x" + text[(at + 1)..]);

        var first = _session.Run(Read + " -ErrorAction Stop");
        Assert.NotNull(first.Terminating);
        Assert.InRange(first.Output.Count, whole, _logs.Count - 2);
        Assert.Equal(_logs.Count - 1 - first.Output.Count, Run(Read + " -ErrorAction Stop").Output.Count);
        Assert.Empty(Run(Read).Output);
    }

    private static FlowSampleOptions Options(int seed = 1) => new() { Hours = 3, Nic = 1, Seed = seed, TuplesPerMinute = 3 };

    private Outcome Run(string script) => _session.Run(script).Clean();
}
