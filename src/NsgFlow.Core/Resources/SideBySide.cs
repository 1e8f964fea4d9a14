using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Resources;

/// <summary>Asks several questions at a time. On threads of its own: requests block, and the pool's threads are what their answers come on.</summary>
internal static class SideBySide
{
    /// <summary>Most requests under way at a time: ARM answers quickly, and a subscription may be asked only so often.</summary>
    public const int Most = 8;

    /// <summary>The answers, in the order of the questions. The first failure ends it, when those under way are done.</summary>
    public static TAnswer[] Select<TQuestion, TAnswer>(IReadOnlyList<TQuestion> questions, Func<TQuestion, TAnswer> ask, CancellationToken cancellation)
    {
        var answers = new TAnswer[questions.Count];
        if (questions.Count == 1)
        {
            answers[0] = ask(questions[0]);
            return answers;
        }

        var next = -1;
        Exception? failure = null;
        var workers = Enumerable.Range(0, Math.Min(Most, questions.Count))
            .Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        Task.WaitAll([.. workers], CancellationToken.None);
        if (failure is not null)
            ExceptionDispatchInfo.Capture(failure).Throw();
        return answers;

        void Work()
        {
            try
            {
                for (var at = Interlocked.Increment(ref next); at < questions.Count && Volatile.Read(ref failure) is null; at = Interlocked.Increment(ref next))
                {
                    cancellation.ThrowIfCancellationRequested();
                    answers[at] = ask(questions[at]);
                }
            }
            catch (Exception e) when (e is NsgFlowException or OperationCanceledException)
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }
    }
}
