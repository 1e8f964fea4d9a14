using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Reading;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// Takes the batches that other threads read, and writes what there is to say about them: the pipeline's thread is the only one
/// that may. A stopped pipeline (the exception that WriteObject throws, too) ends the reading, since it ends the enumeration.
/// </summary>
internal sealed class RecordPump
{
    private readonly Cmdlet _cmdlet;
    private readonly ReadingTally _tally;
    private readonly Action<ErrorRecord> _report;
    private readonly Action _tick;

    public RecordPump(Cmdlet cmdlet, ReadingTally tally, Action<ErrorRecord> report, Action tick)
    {
        _cmdlet = cmdlet;
        _tally = tally;
        _report = Fail = report;
        _tick = tick;
    }

    /// <summary>Told why a blob could not be read to its end.</summary>
    public Action<ErrorRecord> Fail { get; init; }

    /// <summary>Whether a bar shows how far the reading is.</summary>
    public bool ShowsProgress { get; set; } = true;

    /// <summary>Takes batches to their end.</summary>
    /// <param name="batches">What is read.</param>
    /// <param name="known">How many blobs there are; 0 when not known.</param>
    /// <param name="take">Given the records of a batch; false when no more are wanted.</param>
    /// <param name="cancellation">Ends the reading, without a word.</param>
    public void Run(IEnumerable<FlowRecordBatch> batches, int known, Func<IReadOnlyList<FlowRecord>, bool> take, CancellationToken cancellation)
    {
        var progress = new ReadingProgress(_cmdlet, "Reading flow logs");
        try
        {
            var readBefore = _tally.BlobsRead;
            FlowRecordBatch? before = null;
            foreach (var batch in batches)
            {
                _tick();

                // A batch counts once the next is asked for. Its errors come then, so that one that ends the run does not keep it from counting.
                if (before is not null)
                    Finish(before);
                before = null;
                if (ShowsProgress)
                    progress.Show(_tally.BlobsRead - readBefore, known, _tally.Bytes + batch.Counts.Bytes, batch.Blob.Name);
                SeenNames.Remember(batch.Records);
                if (batch.Rewritten is { } reason)
                    _cmdlet.WriteWarning($"A blob has changed ({reason}) and is read again from its beginning, so records of it come again: {batch.Blob.Name}");
                if (batch.Records.Count > 0 && !take(batch.Records))
                {
                    Tell(batch, " so far");
                    return;
                }

                before = batch;
            }

            if (before is not null)
                Finish(before);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
        finally
        {
            progress.Complete();
        }
    }

    private void Finish(FlowRecordBatch batch)
    {
        foreach (var issue in batch.Issues)
            _report(FlowErrors.Damage(issue));
        if (!batch.IsLast)
            return;
        var counts = batch.Counts;
        _tally.Add(counts);
        if (batch.Failure is { } failure)
            Fail(FlowErrors.Failure(failure, batch.IsOfContainer ? $"{batch.Blob.Account}/{batch.Blob.Container}" : batch.Blob.Name));
        Tell(batch, string.Empty);
    }

    private void Tell(FlowRecordBatch batch, string addition) => _cmdlet.WriteVerbose(BlobLine.Of(batch.Blob, batch.Counts) + addition);
}
