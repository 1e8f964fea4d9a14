using System;

namespace NsgFlow.Query;

/// <summary>Time buckets as the local form has them.</summary>
internal static class KqlTime
{
    private static readonly DateTime _first = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The start of a time's bucket: a multiple of its length since 1970, while <c>bin</c> counts from the year 1.</summary>
    public static string Bucket(string time, TimeSpan length)
    {
        var span = KqlText.Of(length);
        var first = KqlText.Of(_first);
        return _first.Ticks % length.Ticks == 0 ? $"bin({time}, {span})" : $"{first} + bin({time} - {first}, {span})";
    }
}
