using System;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace NsgFlow.Soak;

/// <summary>
/// The time that writer and readers go by: it runs fast, and never ahead of the writer, however slow the machine is. Kept in a file that all processes map.
/// </summary>
internal sealed class SoakClock : IDisposable
{
    // Count and real length of a minute; then pairs of real and scaled ticks, one for each minute that has begun.
    private const int Head = 2 * sizeof(long);
    private const int Pair = 2 * sizeof(long);
    private const int MostMinutes = 10_000;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private SoakClock(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor();
    }

    /// <summary>When the first minute began.</summary>
    public DateTime Start => Scaled(0);

    /// <summary>The present.</summary>
    public DateTime Now => At(DateTime.UtcNow);

    /// <param name="path">File to be.</param>
    /// <param name="minute">How long a minute takes.</param>
    public static SoakClock Create(string path, TimeSpan minute)
    {
        var clock = new SoakClock(MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Head + (MostMinutes * Pair)));
        clock._view.Write(sizeof(long), minute.Ticks);
        return clock;
    }

    public static SoakClock Open(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.Open));

    /// <summary>Begins a minute; the clock stands still at the end of one until the next is begun.</summary>
    public void Begin(DateTime minute)
    {
        var count = _view.ReadInt64(0);
        _view.Write(Head + (count * Pair), DateTime.UtcNow.Ticks);
        _view.Write(Head + (count * Pair) + sizeof(long), minute.Ticks);
        _view.Write(0, count + 1);
    }

    /// <summary>What the clock showed at a time of the machine's.</summary>
    public DateTime At(DateTime real)
    {
        var low = 0L;
        for (var high = _view.ReadInt64(0) - 1; low < high;)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _view.ReadInt64(Head + (middle * Pair)) <= real.Ticks ? (middle, high) : (low, middle - 1);
        }

        var part = (double)(real.Ticks - _view.ReadInt64(Head + (low * Pair))) / _view.ReadInt64(sizeof(long));
        return Scaled(low) + (TimeSpan.FromMinutes(1) * Math.Clamp(part, 0, 0.999));
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private DateTime Scaled(long minute) => new(_view.ReadInt64(Head + (minute * Pair) + sizeof(long)), DateTimeKind.Utc);
}
