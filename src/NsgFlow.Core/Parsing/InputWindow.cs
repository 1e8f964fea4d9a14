using System;
using System.Buffers;
using System.Runtime.CompilerServices;

namespace NsgFlow.Parsing;

/// <summary>
/// The part of the input that is in memory: what has come and is not yet read, and a little that was read already, so that
/// reading can step back to where damage began. Token reading never looks past <see cref="End"/>.
/// </summary>
internal sealed class InputWindow
{
    /// <summary>Bytes behind the end of the buffer that vector loads may touch.</summary>
    public const int Slack = 256;

    private readonly int _capacity;
    private readonly int _farthestBack;
    private long _start;
    private long _mark;

    public InputWindow(int longestToken)
    {
        _farthestBack = longestToken + 1024;
        Bytes = ArrayPool<byte>.Shared.Rent(Math.Max(256 * 1024, (4 * longestToken) + Slack));
        _capacity = Bytes.Length - Slack;
    }

    /// <summary>The buffer; valid from 0 to <see cref="End"/>.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>Index of the next byte to read.</summary>
    public int Position { get; set; }

    /// <summary>Index behind the last byte that has come.</summary>
    public int End { get; private set; }

    /// <summary>True when nothing more comes.</summary>
    public bool IsFinal { get; set; }

    public int Available => End - Position;

    /// <summary>Offset in the input of the next byte to read.</summary>
    public long Offset => _start + Position;

    /// <summary>Bytes that have come in all.</summary>
    public long Total => _start + End;

    [MethodImpl(Hot.Path)]
    public long OffsetOf(int index) => _start + index;

    /// <summary>Before anything has come: the first byte is this one of the input.</summary>
    public void StartAt(long offset) => _start = _mark = offset;

    /// <summary>Notes that the last token begins at the position.</summary>
    public void Mark() => _mark = Offset;

    /// <summary>Offset in the input at which the last token begins.</summary>
    public long MarkOffset => _mark;

    /// <summary>Steps back to where the last token began, unless that is farther than any token is long.</summary>
    public void StepBack() => Position = Kept;

    /// <summary>Free room at the end, made by dropping what was read; never empty, as no token is longer than a quarter of the buffer.</summary>
    public Span<byte> Free()
    {
        if (_capacity - End < _capacity / 4)
        {
            var keep = Kept;
            Buffer.BlockCopy(Bytes, keep, Bytes, 0, End - keep);
            _start += keep;
            Position -= keep;
            End -= keep;
        }

        return Bytes.AsSpan(End, _capacity - End);
    }

    public void Advance(int count)
    {
        if ((uint)count > (uint)(_capacity - End))
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        End += count;
    }

    /// <summary>Gives the buffer to the next input; nothing may be read any more.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(Bytes);
        Bytes = [];
    }

    private int Kept => Offset - _mark <= _farthestBack ? (int)(_mark - _start) : Position;
}
