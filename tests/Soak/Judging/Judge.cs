using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Judging;

/// <summary>
/// Compares what a chain of readers handed on with what was written. Of each blob, every run must begin just where the checkpoint said and give one tuple after
/// the other: so nothing is lost, and only what was handed on after the last save of a run that did not end in order comes twice.
/// </summary>
internal sealed class Judge(Truth truth)
{
    // FlowFollower's batches: they end with the entry in which so many records are reached.
    private const int BatchRecords = 1024;

    private readonly Verdict _verdict = new();
    private readonly OrderJudge _order = new();

    // Tuples of each blob that the checkpoint has, that this run has come to, and that any run has come to.
    private readonly Dictionary<TruthBlob, int> _saved = [];
    private Dictionary<TruthBlob, int> _next = [];
    private readonly Dictionary<TruthBlob, int> _most = [];

    public Verdict Compare(IEnumerable<ReaderRun> runs)
    {
        foreach (var run in runs)
        {
            _next = new Dictionary<TruthBlob, int>(_saved);
            _order.BeginRun();
            Read(run);
            CompareCheckpoint(run);
        }

        foreach (var blob in truth.Blobs)
        {
            var count = _most.GetValueOrDefault(blob);
            _verdict.HandedOn += count;
            if (count != blob.Tuples)
                _verdict.Fault($"{blob.Key}: {blob.Tuples - count} of {blob.Tuples} tuples were lost at the end.");
            else if (_saved.GetValueOrDefault(blob) != count)
                _verdict.Fault($"{blob.Key}: the last checkpoint has {_saved.GetValueOrDefault(blob)} of {count} tuples.");
        }

        return _verdict;
    }

    private void Read(ReaderRun run)
    {
        if (!File.Exists(run.Output))
            return;
        var text = File.ReadAllText(run.Output);
        var lines = text.Split('\n');

        // A killed process may have written part of a line; the record has not been handed on then.
        if (lines[^1].Length > 0 && run.End != ReaderEnd.Killed)
            _verdict.Fault($"{run.Name}: the output ends within a line.");
        foreach (var line in lines.SkipLast(1))
        {
            if (OutputLine.StartOf(line) is { } start)
                _order.BeginPoll(start);
            else if (OutputLine.NumberOf(line) is not { } number)
                _verdict.Fault($"{run.Name}: {line}");
            else if (truth.Find(number) is not { } entry)
                _verdict.Fault($"{run.Name}: a record that nobody wrote: {line}");
            else if (line + "\n" != entry.Line(number))
                _verdict.Fault($"{run.Name}: '{line}' is not what was written: {entry.Line(number)}");
            else
                Take(run, entry, number);
        }
    }

    private void Take(ReaderRun run, TruthEntry entry, int number)
    {
        var blob = entry.Blob;
        var index = entry.Before + number - entry.First;
        var expected = _next.GetValueOrDefault(blob);
        if (index != expected)
            _verdict.Fault($"{run.Name}: {blob.Key}: tuple {index} came {(index > expected ? "and those from" : "again, after those up to")} {expected}{(index > expected ? " on did not" : string.Empty)}.");
        _next[blob] = index + 1;
        var isNew = index >= _most.GetValueOrDefault(blob);
        if (isNew)
            _most[blob] = index + 1;
        else
            _verdict.Again++;
        if (!_order.Take(entry, isNew))
            _verdict.Fault($"{run.Name}: {blob.Key}: tuple {index} came after what its interface logged later.");
    }

    private void CompareCheckpoint(ReaderRun run)
    {
        var facts = new CheckpointFacts(run.Checkpoint);
        var unsaved = new List<int>();
        foreach (var blob in truth.Blobs)
        {
            var handedOn = _next.GetValueOrDefault(blob);
            var saved = facts.DoneOf(blob) ?? handedOn;
            if (saved > handedOn)
                _verdict.Fault($"{run.Name}: {blob.Key}: the checkpoint has {saved} tuples, but {handedOn} were handed on.");
            if (saved < _saved.GetValueOrDefault(blob))
                _verdict.Fault($"{run.Name}: {blob.Key}: the checkpoint went back from {_saved[blob]} tuples to {saved}.");
            if (saved < handedOn)
                unsaved.Add(handedOn - saved);
            _saved[blob] = saved;
        }

        _verdict.MostUnsaved = Math.Max(_verdict.MostUnsaved, unsaved.Sum());
        if (run.End == ReaderEnd.Stopped && unsaved.Count > 0)
            _verdict.Fault($"{run.Name} ended in order, but {unsaved.Sum()} tuples that it handed on will come again.");
        if (run.End == ReaderEnd.Broken && (unsaved.Count > 1 || unsaved.Sum() > BatchRecords + truth.LongestEntry))
            _verdict.Fault($"{run.Name}: more than a batch will come again: {unsaved.Sum()} tuples of {unsaved.Count} blobs.");
    }
}
