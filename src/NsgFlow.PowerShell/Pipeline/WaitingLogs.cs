using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Log Analytics as a cmdlet asks it on the pipeline's thread: the query runs on another one, so that this one can show that it waits.</summary>
internal sealed class WaitingLogs(Cmdlet cmdlet, ILogs logs, Action tick) : ILogs
{
    private const int ActivityId = 20_201_126;
    private const string Activity = "Asking Log Analytics";
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public LogsAnswer Query(LogsRequest request, CancellationToken cancellation)
    {
        var work = Task.Run(() => logs.Query(request, cancellation), CancellationToken.None);
        var since = Stopwatch.StartNew();
        var shown = s_quiet;
        var isShown = false;
        try
        {
            while (!((IAsyncResult)work).AsyncWaitHandle.WaitOne(100))
            {
                tick();
                if (since.Elapsed < shown)
                    continue;
                isShown = true;
                shown = since.Elapsed + s_quiet;
                var most = request.ServerTimeout ?? LogsRequest.DefaultServerTimeout;
                cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, $"{(int)since.Elapsed.TotalSeconds} s of at most {(int)most.TotalSeconds} s")
                {
                    CurrentOperation = request.Workspaces.Count == 1 ? "workspace " + request.Workspaces[0] : $"{request.Workspaces.Count} workspaces",
                });
            }
        }
        finally
        {
            // Writing may have thrown: the pipeline is over, nobody waits for the query, and its failure is not news to anybody.
            _ = work.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        tick();
        if (isShown)
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
        return work.GetAwaiter().GetResult();
    }
}
