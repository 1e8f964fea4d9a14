using System;

namespace NsgFlow;

/// <summary>The full product of two 64-bit numbers: one instruction on .NET.</summary>
internal static class WideMultiply
{
    public static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
