using System;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Azure.Http;

/// <summary>
/// Waits for asynchronous I/O on a thread that has nothing else to do. The waiting itself is cancelled too: on .NET Framework a read from a silent
/// server ignores its token, and Stop must not take a minute there.
/// </summary>
internal static class Blocking
{
    /// <summary>The result, or what the task threw.</summary>
    public static T Wait<T>(Task<T> task, CancellationToken cancellation)
    {
        try
        {
            task.Wait(cancellation);
        }
        catch (AggregateException)
        {
            // GetResult throws the same without the wrapping.
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // It ends by itself, later; its failure is not news to anybody.
            _ = task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }

        return task.Result;
    }
}
