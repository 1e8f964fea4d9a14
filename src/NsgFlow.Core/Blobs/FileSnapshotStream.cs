using System;
using System.IO;

namespace NsgFlow.Blobs;

/// <summary>A file as long as it was when it was opened: what is appended meanwhile belongs to another state of it.</summary>
internal sealed class FileSnapshotStream : ReadOnlyStream
{
    private readonly FileStream _file;
    private long _left;

    public FileSnapshotStream(FileStream file)
    {
        _file = file;
        _left = file.Length;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _file.Read(buffer, offset, (int)Math.Min(count, _left));
        _left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
