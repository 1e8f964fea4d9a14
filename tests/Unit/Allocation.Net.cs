using System;

namespace NsgFlow.Unit;

/// <summary>What something allocates on this thread. (.NET only: .NET Framework 4.7.2 does not tell.)</summary>
internal static class Allocation
{
    private const int Times = 3;

    /// <summary>Bytes of the least of a few times: buffers of a pool that a collection has just emptied are made anew, and that says nothing of who rents them.</summary>
    public static long Of(Action action)
    {
        var least = long.MaxValue;
        for (var time = 0; time < Times && least > 0; time++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
