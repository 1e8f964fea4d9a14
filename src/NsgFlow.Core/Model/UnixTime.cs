using System;

namespace NsgFlow;

/// <summary>Milliseconds since 1970-01-01 UTC, and back.</summary>
internal static class UnixTime
{
    /// <summary>Below this a tuple's time stamp is in seconds, from it on in milliseconds (1e11 s would be the year 5138).</summary>
    public const long FirstMilliseconds = 100_000_000_000;

    /// <summary>The last millisecond a <see cref="DateTime"/> can hold (year 9999).</summary>
    public const long Last = 253_402_300_799_999;

    private const long EpochTicks = 621_355_968_000_000_000;

    public static DateTime ToDateTime(long milliseconds) =>
        new(EpochTicks + (milliseconds * TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    /// <summary>Rounds up, so that a limit between two milliseconds excludes the earlier one.</summary>
    public static long FromDateTime(DateTime utc)
    {
        var ticks = utc.Ticks - EpochTicks;
        var whole = ticks / TimeSpan.TicksPerMillisecond;
        return ticks % TimeSpan.TicksPerMillisecond > 0 ? whole + 1 : whole;
    }
}
