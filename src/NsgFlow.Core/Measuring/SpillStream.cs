using System;
using System.IO;

namespace NsgFlow.Measuring;

/// <summary>A temporary file. Whatever the system says against it comes as a <see cref="TrafficSpillException"/>.</summary>
internal sealed class SpillStream : IDisposable
{
    private readonly FileStream _file;

    public SpillStream(string path)
    {
        // Deleted by the system as soon as it is closed, even where its folder could not be.
        _file = Try(() => new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose));
    }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Runs what may fail for a reason of the system's.</summary>
    public static T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrafficSpillException("What does not fit into memory could not be put aside into a temporary file: " + e.Message, e);
        }
    }

    /// <summary>Writes at the end.</summary>
    public void Write(byte[] bytes, int count) => Try(() =>
    {
        _file.Position = Length;
        _file.Write(bytes, 0, count);
        return Length += count;
    });

    /// <summary>Reads so many bytes from a place; all of them.</summary>
    public void Read(long offset, byte[] bytes, int count) => Try(() =>
    {
        _file.Position = offset;
        for (var at = 0; at < count;)
        {
            var length = _file.Read(bytes, at, count - at);
            at += length > 0 ? length : throw new EndOfStreamException("it is shorter than what was written to it.");
        }

        return count;
    });

    public void Dispose() => _file.Dispose();
}
