using System;
using System.IO;
using System.Threading;

namespace NsgFlow.Blobs;

/// <summary>The outermost stream of a file: ends on cancellation, and turns the file system's exceptions into the store's.</summary>
internal sealed class StoredFileStream : ReadOnlyStream
{
    private const int BufferBytes = 128 * 1024;

    private readonly Stream _inner;
    private readonly string _path;
    private readonly CancellationToken _cancellation;

    private StoredFileStream(Stream inner, string path, CancellationToken cancellation)
    {
        _inner = inner;
        _path = path;
        _cancellation = cancellation;
    }

    /// <summary>Opens a file: as long as it is now, unpacked when it begins as gzip does, as UTF-8 when it begins as UTF-16 does.</summary>
    /// <exception cref="NsgFlowException">It cannot be opened.</exception>
    public static StoredFileStream Open(string path, CancellationToken cancellation)
    {
        Stream? stream = null;
        try
        {
            // Whoever writes the file may go on, or delete it.
            var file = new FileStream(
                Compat.FilePaths.ForOpening(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);
            stream = file;
            stream = new FileSnapshotStream(file);
            var head = new HeadStream(stream, 2);
            stream = head;
            if (head.IsGZip)
            {
                stream = Compat.GZipMembers.Unpack(stream);
                head = new HeadStream(stream, 2);
                stream = head;
            }

            if (head.IsUtf16 || head.IsUtf16BigEndian)
            {
                stream = new Utf16Stream(stream, head.IsUtf16BigEndian);
            }

            return new StoredFileStream(stream, path, cancellation);
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            stream?.Dispose();
            throw FileErrors.ToStoreException(e, path);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        _cancellation.ThrowIfCancellationRequested();
        try
        {
            return _inner.Read(buffer, offset, count);
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw FileErrors.ToStoreException(e, _path);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
