using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NsgFlow.Compat;

namespace NsgFlow.Saving;

/// <summary>
/// A stretch of a copy that is kept or dropped as a whole: a block, or in a packed copy a gzip member with some blocks in it, the closing
/// block always in one of its own.
/// </summary>
/// <param name="Blocks">How many blocks.</param>
/// <param name="Length">Its bytes in the file.</param>
/// <param name="Hash">SHA-256 of these bytes, in hex.</param>
internal readonly record struct MirrorPart(int Blocks, long Length, string Hash)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Copies the first parts of a file; false, and broken off, when one of them is not what it was.</summary>
    public static bool TryCopy(string path, IEnumerable<MirrorPart> parts, HashedStream to, CancellationToken cancellation)
    {
        using var file = new FileStream(FilePaths.ForOpening(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);
        var buffer = new byte[BufferBytes];
        foreach (var part in parts)
        {
            int read;
            for (var left = part.Length; left > 0; left -= read)
            {
                cancellation.ThrowIfCancellationRequested();
                read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
                if (read == 0)
                    return false;
                to.Write(buffer, 0, read);
            }

            if (to.Take().Hash != part.Hash)
                return false;
        }

        return true;
    }
}
