using System;

namespace NsgFlow.Measuring;

/// <summary>
/// Gives large arrays that are no longer needed back at once. The collector by itself lets them lie as long as the machine has memory, but a limit was
/// promised; and a heap of a few large arrays without references in them is collected in no time.
/// </summary>
internal static class LargeMemory
{
    private const long Large = 4L << 20;

    /// <summary>To be called when so many bytes have just been let go.</summary>
    public static void LetGo(long bytes)
    {
        if (bytes >= Large)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }
}
