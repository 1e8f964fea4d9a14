using System;

namespace NsgFlow.Following;

/// <summary>Remembers the last bytes before the boundary of what was read, by which the place is known again.</summary>
internal sealed class Anchor
{
    /// <summary>Enough of a tuple with its time and counters to be found nowhere else.</summary>
    public const int Most = 64;

    // The bytes that were read last.
    private readonly byte[] _tail = new byte[Most];
    private int _count;
    private long _end;
    private long _boundary;

    public Anchor(FlowBlobPosition position) => (_end, _boundary, Length, Hash) = (position.Offset, position.Offset, position.AnchorLength, position.AnchorHash);

    /// <summary>Bytes that the hash is of.</summary>
    public int Length { get; private set; }

    public string Hash { get; private set; }

    /// <summary>Notes a chunk and the boundary after it.</summary>
    public void Add(ReadOnlySpan<byte> chunk, long boundary)
    {
        var start = _end;
        _end += chunk.Length;
        if (boundary != _boundary)
        {
            _boundary = boundary;

            // A boundary before the chunk is that of damage; what stands before it may be gone, and is then not asked for.
            var bytes = new byte[_count + chunk.Length];
            _tail.AsSpan(0, _count).CopyTo(bytes);
            chunk.CopyTo(bytes.AsSpan(_count));
            var at = (int)Math.Max(0, boundary - (start - _count));
            Length = Math.Min(Most, at);
            Hash = Length == 0 ? string.Empty : Fingerprint.Of(bytes.AsSpan(at - Length, Length));
        }

        Keep(chunk);
    }

    private void Keep(ReadOnlySpan<byte> chunk)
    {
        var kept = Math.Min(_count, Math.Max(0, Most - chunk.Length));
        _tail.AsSpan(_count - kept, kept).CopyTo(_tail);
        var added = Math.Min(Most, chunk.Length);
        chunk.Slice(chunk.Length - added).CopyTo(_tail.AsSpan(kept));
        _count = kept + added;
    }
}
