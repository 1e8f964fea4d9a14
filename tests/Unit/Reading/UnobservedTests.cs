using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace NsgFlow.Unit.Reading;

/// <summary>What reading leaves behind when it is ended; the process tells of everybody's tasks.</summary>
[Collection(AloneCollection.Name)]
public class UnobservedTests
{
    [Fact]
    public void No_task_fails_unobserved()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        Collect();
        void Keep(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception);
        TaskScheduler.UnobservedTaskException += Keep;
        try
        {
            for (var i = 0; i < 20; i++)
            {
                new FlowRecordReaderEndingTests().Ending_early_ends_all_reading(4);
                new FlowRecordReaderEndingTests().A_listing_that_fails_ends_all_reading();
                new FlowRecordReaderEndingTests().Cancelled_before_it_began_no_record_comes();
            }

            new FlowRecordReaderEndingTests().Cancelling_between_batches_ends_the_enumeration();
            new FlowRecordReaderEndingTests().Cancelling_ends_an_opening_that_hangs();

            // The streams are closed a little before their tasks end.
            Thread.Sleep(200);
            Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Keep;
        }

        Assert.Empty(unobserved);
    }

    /// <summary>A task tells what nobody asked it when it is collected; one of an earlier test, too.</summary>
    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
