using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NsgFlow;

/// <summary>Tells the processor which memory will be needed soon. Only a hint: without it all is the same, but slower.</summary>
internal static class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Read(ref ulong place)
    {
        if (Sse.IsSupported)
        {
            // A prefetch of an address that has become wrong does nothing, so the array need not be pinned.
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }
}
