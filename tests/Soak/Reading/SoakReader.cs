using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using NsgFlow.Azure.Storage;
using NsgFlow.Blobs;
using NsgFlow.Following;
using NsgFlow.Reading;

namespace NsgFlow.Soak.Reading;

/// <summary>
/// A process that follows an account from a checkpoint. Each record is with the system, whatever happens to the process, before the next batch is asked for.
/// SIGTERM ends it in order; then the checkpoint has all that was handed on.
/// </summary>
internal static class SoakReader
{
    public static int Run(ReaderTask task)
    {
        using var clock = SoakClock.Open(task.Clock);
        using var figures = ReaderFigures.Open(task.Figures);
        using var transport = new CountingTransport(figures);
        using var stop = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        var account = new StorageConnection
        {
            Account = task.Account,
            Credential = StorageCredential.FromKey(task.Key),
            Tuning = new StorageTuning { Transport = transport, Now = () => clock.Now },
        };
        var store = new SoakStore(account.Open(), clock, figures);
        using var output = new FileStream(task.Output, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        using var checkpoint = Checkpoint.Open(CheckpointFile.Open(task.Checkpoint), "soak");
        if (checkpoint.IsNew)
            checkpoint.State.From = clock.Start;
        var follower = new FlowFollower(checkpoint.State) { Now = () => clock.Now };
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Poll(task, follower, store, checkpoint, output, stop.Token);
                figures.CountPoll();
                stop.Token.WaitHandle.WaitOne(task.Pause);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end was asked for.
        }

        checkpoint.Save();
        return 0;
    }

    private static void Poll(ReaderTask task, FlowFollower follower, SoakStore store, Checkpoint checkpoint, FileStream output, CancellationToken stop)
    {
        var start = follower.NextStart();
        Write(output, OutputLine.Listing(start));
        foreach (var batch in follower.Poll(store.List(new FlowBlobQuery { Start = start }, stop), null, stop))
        {
            checkpoint.SaveIfDue();

            // Whoever takes records does something with them: a kill is to find some of a batch done.
            var text = TextOf(batch);
            var middle = text.IndexOf('\n', text.Length / 2) + 1;
            Write(output, text[..middle]);
            Thread.Sleep(task.Work);
            Write(output, text[middle..]);
        }

        checkpoint.Save();
    }

    private static string TextOf(FlowRecordBatch batch)
    {
        var text = new StringBuilder();
        if (batch.Rewritten is { } reason)
            text.Append(OutputLine.Trouble($"{batch.Blob} is read again: {reason}"));
        if (batch.Failure is { } failure)
            text.Append(OutputLine.Trouble($"{batch.Blob} could not be read: {failure.Message}"));
        foreach (var issue in batch.Issues)
            text.Append(OutputLine.Trouble($"{batch.Blob} is damaged: {issue}"));
        foreach (var record in batch.Records)
            text.Append(OutputLine.Record(record.BytesSent ?? 0, record.MacAddress, record.Time, record.SourceAddress, record.SourcePort));
        return text.ToString();
    }

    private static void Write(FileStream output, string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }
}
