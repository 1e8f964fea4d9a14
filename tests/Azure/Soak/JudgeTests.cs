using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NsgFlow.Soak;
using NsgFlow.Soak.Judging;
using NsgFlow.Soak.Writing;
using Xunit;

namespace NsgFlow.AzureTests.Soak;

/// <summary>The judge of a soak must see each way in which readers can be wrong. Three entries of two tuples: 1–2 and 3–4 in one hour, 5–6 in the next; then 7 in the first.</summary>
public sealed class JudgeTests : IDisposable
{
    private static readonly DateTime s_hour = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-judge-").FullName;
    private readonly Truth _truth = new();
    private readonly TruthBlob _older;
    private readonly TruthBlob _newer;
    private readonly List<ReaderRun> _runs = [];

    public JudgeTests()
    {
        var nic = new NicText(1);
        _older = _truth.Add(new TruthBlob("older", nic, s_hour));
        _newer = _truth.Add(new TruthBlob("newer", nic, s_hour.AddHours(1)));
        Write(_older, 58, 2, 58);
        Write(_older, 59, 2, 60);
        Write(_newer, 60, 2, 61);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_that_gives_all_in_order_is_good()
    {
        Run(ReaderEnd.Stopped, [1, 2, 3, 4, 5, 6], 4, 2);
        Assert.Empty(Compare().Faults);
    }

    [Fact]
    public void What_came_after_the_last_save_of_a_killed_run_may_come_again()
    {
        Run(ReaderEnd.Killed, [1, 2, 3, 4], 2, null);
        Run(ReaderEnd.Stopped, [3, 4, 5, 6], 4, 2);
        var verdict = Compare();
        Assert.Empty(verdict.Faults);
        Assert.Equal((6, 2, 2), (verdict.HandedOn, verdict.Again, verdict.MostUnsaved));
    }

    [Fact]
    public void A_tuple_that_is_left_out_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 4, 5, 6], 4, 2);
        Assert.Equal("run 1: older: tuple 3 came and those from 2 on did not.", Assert.Single(Compare().Faults));
    }

    [Fact]
    public void A_tuple_that_never_came_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 3, 4], 4, null);
        Assert.Equal("newer: 2 of 2 tuples were lost at the end.", Assert.Single(Compare().Faults));
    }

    [Fact]
    public void A_tuple_that_comes_again_though_the_checkpoint_had_it_is_a_fault()
    {
        Run(ReaderEnd.Killed, [1, 2, 3, 4], 4, null);
        Run(ReaderEnd.Stopped, [3, 4, 5, 6], 4, 2);
        Assert.Contains("run 2: older: tuple 2 came again, after those up to 4.", Compare().Faults);
    }

    [Fact]
    public void A_checkpoint_that_is_ahead_is_a_fault()
    {
        Run(ReaderEnd.Killed, [1, 2], 4, null);
        Run(ReaderEnd.Stopped, [5, 6], 4, 2);
        Assert.Contains("run 1: older: the checkpoint has 4 tuples, but 2 were handed on.", Compare().Faults);
    }

    [Fact]
    public void A_checkpoint_that_is_behind_after_a_run_in_order_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 3, 4], 2, null);
        Run(ReaderEnd.Stopped, [3, 4, 5, 6], 4, 2);
        Assert.Equal("run 1 ended in order, but 2 tuples that it handed on will come again.", Assert.Single(Compare().Faults));
    }

    [Fact]
    public void More_than_a_batch_again_after_an_error_is_a_fault()
    {
        Run(ReaderEnd.Broken, [1, 2, 3, 4, 5, 6], 2, null);
        Run(ReaderEnd.Stopped, [3, 4, 5, 6], 4, 2);
        Assert.Equal("run 1: more than a batch will come again: 4 tuples of 2 blobs.", Assert.Single(Compare().Faults));
    }

    [Fact]
    public void A_checkpoint_that_forgets_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 3, 4], 4, null);
        Run(ReaderEnd.Stopped, [5, 6], null, 2);
        Assert.Contains("run 2: older: the checkpoint went back from 4 tuples to 0.", Compare().Faults);
    }

    [Fact]
    public void A_newer_hour_before_an_older_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 5, 6, 3, 4], 4, 2);
        Assert.Equal(2, Compare().FaultCount);
    }

    [Fact]
    public void A_block_that_came_when_its_hour_had_long_ended_may_come_behind_the_newer_hour()
    {
        Write(_older, 59, 1, 90);
        Run(ReaderEnd.Stopped, [1, 2, 3, 4, 5, 6, 7], 5, 2);
        Assert.Empty(Compare().Faults);
    }

    [Fact]
    public void A_record_that_is_another_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 3, 4, 5, 6], 4, 2, static text => text.Replace(":1028\n", ":1029\n", StringComparison.Ordinal));
        Assert.Contains("is not what was written", Compare().Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_nobody_wrote_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 3, 4, 5, 6], 4, 2, static text => text + "99 000D3A000001 2026-11-23T09:00:00 10.0.0.99:99\n");
        Assert.Contains("nobody wrote", Assert.Single(Compare().Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_reader_complains_of_is_a_fault()
    {
        Run(ReaderEnd.Stopped, [1, 2, 3, 4, 5, 6], 4, 2, static text => text + OutputLine.Trouble("older is damaged"));
        Assert.Equal("run 1: trouble older is damaged", Assert.Single(Compare().Faults));
    }

    [Fact]
    public void Part_of_a_line_has_not_been_handed_on_when_its_process_was_killed()
    {
        Run(ReaderEnd.Killed, [1, 2, 3], 2, null, static text => text[..^5]);
        Run(ReaderEnd.Stopped, [3, 4, 5, 6], 4, 2);
        var verdict = Compare();
        Assert.Empty(verdict.Faults);
        Assert.Equal(0, verdict.Again);
    }

    private Verdict Compare() => new Judge(_truth).Compare(_runs);

    /// <summary>Writes an entry of a minute of the older hour, so many minutes after that began.</summary>
    private void Write(TruthBlob blob, int minute, int tuples, int written)
    {
        var entry = _truth.Add(blob, s_hour.AddMinutes(minute), tuples);
        blob.Append(entry, 100);
        entry.Written = s_hour.AddMinutes(written);
    }

    /// <summary>A reader that handed on these tuples, and whose checkpoint has so many of each blob.</summary>
    private void Run(ReaderEnd end, int[] numbers, int? older, int? newer, Func<string, string>? change = null)
    {
        var name = Path.Combine(_folder, (_runs.Count + 1).ToString(CultureInfo.InvariantCulture));
        var text = OutputLine.Listing(s_hour) + string.Concat(numbers.Select(number => _truth.Find(number)!.Line(number)));
        File.WriteAllText(name + ".txt", change is null ? text : change(text));
        var blobs = new[] { (_older, Count: older), (_newer, Count: newer) }.Where(static blob => blob.Count > 0)
            .ToDictionary(static blob => blob.Item1.Key, static blob => new { offset = blob.Item1.Entries.Single(entry => entry.Before + entry.Count == blob.Count).End });
        File.WriteAllText(name + ".checkpoint", JsonSerializer.Serialize(new { version = 1, from = s_hour, blobs }));
        _runs.Add(new ReaderRun("run " + (_runs.Count + 1).ToString(CultureInfo.InvariantCulture), end, name + ".txt", name + ".checkpoint"));
    }
}
