using System.IO;
using System.IO.Compression;
using NsgFlow.Blobs;

namespace NsgFlow.Compat;

/// <summary>Unpacks gzip of any number of members, as concatenating packed files gives.</summary>
internal static class GZipMembers
{
    /// <summary>.NET Framework stops behind the first member and does not say where that was, so it is fed byte by byte.</summary>
    public static Stream Unpack(Stream packed) => new Members(packed);

    private sealed class Members : ReadOnlyStream
    {
        private readonly Stream _packed;
        private GZipStream? _member;
        private bool _isAtEnd;

        public Members(Stream packed) => _packed = packed;

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (!_isAtEnd && count > 0)
            {
                _member ??= new GZipStream(new SingleBytes(_packed), CompressionMode.Decompress, leaveOpen: true);
                var read = _member.Read(buffer, offset, count);
                if (read > 0)
                {
                    return read;
                }

                _member.Dispose();
                _member = NextMember();
                _isAtEnd = _member is null;
            }

            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _member?.Dispose();
                _packed.Dispose();
            }

            base.Dispose(disposing);
        }

        /// <summary>What follows without gzip's mark is padding.</summary>
        private GZipStream? NextMember()
        {
            var head = new HeadStream(new SingleBytes(_packed), 2);
            return head.IsGZip ? new GZipStream(head, CompressionMode.Decompress, leaveOpen: true) : null;
        }
    }

    /// <summary>Gives one byte at a time, so that the unpacker never takes one it does not need. Leaves the inner stream open.</summary>
    private sealed class SingleBytes : ReadOnlyStream
    {
        private readonly Stream _inner;

        public SingleBytes(Stream inner) => _inner = inner;

        public override int Read(byte[] buffer, int offset, int count) => _inner.Read(buffer, offset, count > 1 ? 1 : count);
    }
}
