namespace NsgFlow;

/// <summary>The full product of two 64-bit numbers, in parts: .NET Framework has no such instruction.</summary>
internal static class WideMultiply
{
    public static ulong Fold(ulong left, ulong right)
    {
        unchecked
        {
            ulong leftLow = (uint)left, leftHigh = left >> 32, rightLow = (uint)right, rightHigh = right >> 32;
            var low = leftLow * rightLow;
            var middle = (leftHigh * rightLow) + (low >> 32);
            var cross = (leftLow * rightHigh) + (uint)middle;
            var high = (leftHigh * rightHigh) + (middle >> 32) + (cross >> 32);
            return high ^ (left * right);
        }
    }
}
