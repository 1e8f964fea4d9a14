using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>
/// Reads a blob range by range as it was at the first answer, although Azure may append to it meanwhile.
/// <para>
/// Azure appends by a Put Block List that puts one block before the closing one (<c>]}</c>). What a reader has and what it still lacks of the old
/// state are therefore in the new state too, at the same offsets, except for those two bytes. So every range asks for the state of the first;
/// when the service answers that the state has gone, the new block list must begin with all the old blocks but the last; then reading goes on in
/// the new state up to where the old closing block began, and the closing bytes are added from memory. Reading on to the old length instead
/// would put the beginning of a new block where the end was: the "tail" that other readers choke on.
/// </para>
/// </summary>
/// <param name="blob">What is read.</param>
/// <param name="firstSize">Bytes to ask for first: enough for the whole, when its length is known from a listing.</param>
/// <param name="rangeSize">Bytes to ask for at most.</param>
internal sealed class ConsistentReader(IBlobRanges blob, int firstSize, int rangeSize)
{
    // A blob grows once a minute; whoever finds it changed this often in a row is not looking at a flow log.
    private const int MostStates = 5;
    private static readonly byte[] s_closing = [(byte)']', (byte)'}'];

    private byte[] _buffer = new byte[Math.Min(firstSize, rangeSize)];
    private IReadOnlyList<FlowBlock> _blocks = [];
    private string? _etag;
    private long _length = -1;
    private long _position;
    private bool _hasGrown;

    /// <summary>Length of the state that is read; known after the first range.</summary>
    public long Length => _length;

    /// <summary>The next bytes, in a buffer that the next call reuses; empty at the end.</summary>
    public async Task<ArraySegment<byte>> NextAsync(CancellationToken cancellation)
    {
        if (_length < 0)
        {
            return await FirstAsync(cancellation).ConfigureAwait(false);
        }

        if (_position >= _length)
        {
            return default;
        }

        for (var attempt = 0; attempt < MostStates; attempt++)
        {
            // In the grown state everything up to the old closing block is good, nothing after it.
            var end = _hasGrown ? _length - s_closing.Length : _length;
            if (_position >= end)
            {
                return Closing();
            }

            var wanted = (int)Math.Min(_buffer.Length, end - _position);
            try
            {
                var read = await blob.ReadAsync(_position, new ArraySegment<byte>(_buffer, 0, wanted), _etag, cancellation).ConfigureAwait(false);
                if (read.Count != wanted)
                {
                    throw new BlobReplacedException($"{wanted} bytes were asked for at offset {_position}, {read.Count} came");
                }

                _position += wanted;
                return new ArraySegment<byte>(_buffer, 0, wanted);
            }
            catch (BlobStateException)
            {
                await FollowAsync(cancellation).ConfigureAwait(false);
            }
        }

        throw new BlobReplacedException("it does not stop changing");
    }

    private async Task<ArraySegment<byte>> FirstAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostStates; attempt++)
        {
            try
            {
                var read = await blob.ReadAsync(0, new ArraySegment<byte>(_buffer), null, cancellation).ConfigureAwait(false);
                if (read.Count < read.Length)
                {
                    // More ranges follow: keep the blocks, to know later what was appended. Nothing was handed out, so a change just starts over.
                    var list = await blob.BlocksAsync(cancellation).ConfigureAwait(false);
                    if (list.ETag is not null && list.ETag != read.ETag)
                    {
                        continue;
                    }

                    _blocks = list.Blocks;
                }

                (_length, _etag, _position) = (read.Length, read.ETag, read.Count);
                var first = new ArraySegment<byte>(_buffer, 0, read.Count);
                if (_length - _position > _buffer.Length && _buffer.Length < rangeSize)
                {
                    // It has grown much since it was listed.
                    _buffer = new byte[Math.Min(rangeSize, _length - _position)];
                }

                return first;
            }
            catch (BlobStateException)
            {
                // A connection broke, and when it was taken up again the blob had grown: start over.
            }
        }

        throw new BlobReplacedException("it does not stop changing");
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        var list = await blob.BlocksAsync(cancellation).ConfigureAwait(false);
        if (_blocks.Count < 2 || _blocks[_blocks.Count - 1].Size != s_closing.Length)
        {
            throw new BlobReplacedException("it was not written as Azure writes flow logs, so what is the same in it cannot be told");
        }

        if (list.Blocks.Count < _blocks.Count)
        {
            throw new BlobReplacedException("it has fewer blocks than before");
        }

        for (var i = 0; i < _blocks.Count - 1; i++)
        {
            if (list.Blocks[i] != _blocks[i])
            {
                throw new BlobReplacedException($"its block {i} is another one");
            }
        }

        // Without a state in the answer the next range would not be guarded.
        _etag = list.ETag ?? throw new BlobReplacedException("its new state has no ETag");
        _hasGrown = true;
    }

    private ArraySegment<byte> Closing()
    {
        var skip = s_closing.Length - (int)(_length - _position);
        _position = _length;
        return new ArraySegment<byte>(s_closing, skip, s_closing.Length - skip);
    }
}
