using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Threading;
using NsgFlow.Compat;

namespace NsgFlow.Saving;

/// <summary>
/// A copy while it is written, part by part, under a name that no reader takes. It gets its own name when it is whole and on the disk;
/// disposed before that, it is deleted.
/// </summary>
internal sealed class MirrorFile : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly string _path;
    private bool _isPacked;
    private readonly FileStream _file;
    private readonly HashedStream _hashed;
    private readonly List<MirrorPart> _parts = [];
    private GZipStream? _member;
    private bool _isPlaced;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="isPacked">Whether what is written is to be packed.</param>
    public MirrorFile(string path, bool isPacked)
    {
        _path = path;
        _isPacked = isPacked;
        _file = Create(Partial);
        _hashed = new HashedStream(_file);
    }

    /// <summary>Parts written so far.</summary>
    public IReadOnlyList<MirrorPart> Parts => _parts;

    /// <summary>Bytes written so far.</summary>
    public long Length => _file.Length;

    private string Partial => _path + MirrorName.Partial;

    /// <summary>A new file. What a killed run left is deleted first, a link included: it must not be written through.</summary>
    public static FileStream Create(string path)
    {
        File.Delete(FilePaths.ForOpening(path));
        return new FileStream(FilePaths.ForOpening(path), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
    }

    /// <summary>Takes over the first parts of the copy that is there; false when they are not what they were.</summary>
    public bool TryKeep(IReadOnlyList<MirrorPart> parts, CancellationToken cancellation)
    {
        _parts.AddRange(parts);
        return parts.Count == 0 || MirrorPart.TryCopy(_path, parts, _hashed, cancellation);
    }

    /// <summary>Adds to the part that is being written.</summary>
    public void Write(byte[] bytes, int offset, int count)
    {
        // Somebody packed it before it was uploaded; readers unpack once.
        if (_isPacked && _member is null && _file.Position == 0 && count > 1 && bytes[offset] == 0x1F && bytes[offset + 1] == 0x8B)
            _isPacked = false;
        if (_isPacked)
            (_member ??= new GZipStream(_hashed, CompressionLevel.Optimal, leaveOpen: true)).Write(bytes, offset, count);
        else
            _hashed.Write(bytes, offset, count);
    }

    /// <summary>Ends a part.</summary>
    /// <param name="blocks">How many blocks are in it.</param>
    public void EndPart(int blocks)
    {
        _member?.Dispose();
        _member = null;
        Close(blocks);
    }

    /// <summary>MD5 of what was written, unpacked: read back from the file.</summary>
    public byte[] ContentMd5(CancellationToken cancellation)
    {
        _file.Flush();
        _file.Position = 0;
        using var md5 = Md5.Create();
        var buffer = new byte[BufferBytes];
        var content = _isPacked ? GZipMembers.Unpack(new Blobs.FileSnapshotStream(_file)) : _file;
        int read;
        while ((read = content.Read(buffer, 0, buffer.Length)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            md5.AppendData(buffer, 0, read);
        }

        _file.Position = _file.Length;
        return md5.GetHashAndReset();
    }

    /// <summary>Puts the file in its place, with a time, and tells the time it got.</summary>
    public DateTime Place(DateTime? time)
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        if (time is { } given)
            File.SetLastWriteTimeUtc(FilePaths.ForOpening(Partial), given);
        FilePaths.Replace(FilePaths.ForOpening(Partial), FilePaths.ForOpening(_path));
        _isPlaced = true;
        return File.GetLastWriteTimeUtc(FilePaths.ForOpening(_path));
    }

    public void Dispose()
    {
        try
        {
            // A disk that is full says so once more for what is still in the buffer.
            _file.Dispose();
        }
        catch (IOException) when (!_isPlaced)
        {
            // The file goes anyway.
        }

        _hashed.Dispose();
        if (!_isPlaced)
            Delete();
    }

    private void Delete()
    {
        try
        {
            File.Delete(FilePaths.ForOpening(Partial));
        }
        catch (Exception e) when (Blobs.FileErrors.IsOne(e))
        {
            // Why the copy was not finished is told; this would hide it. The next run writes over what is left.
        }
    }

    private void Close(int blocks)
    {
        var (length, hash) = _hashed.Take();
        _parts.Add(new MirrorPart(blocks, length, hash));
    }
}
