namespace NsgFlow;

/// <summary>.NET Framework has no such hint.</summary>
internal static class Prefetch
{
    public static void Read(ref ulong place) => _ = place;
}
