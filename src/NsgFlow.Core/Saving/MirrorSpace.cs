using System;
using System.IO;
using NsgFlow.Display;

namespace NsgFlow.Saving;

/// <summary>
/// Room on the disk of the mirror, looked at before anything is written; what is not told is not asked for. For all threads of a run, since
/// what one of them is about to write is not free for the others.
/// </summary>
internal sealed class MirrorSpace
{
    // So that the system and others on the disk can go on.
    private const long Reserve = 16 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Func<long?> _free;
    private long _promised;

    public MirrorSpace(Func<long?> free) => _free = free;

    /// <summary>Takes room for a file; what is written of it is no longer needed, and the rest is given back at the end.</summary>
    /// <exception cref="NsgFlowException"><c>DiskFull</c>.</exception>
    public Room Take(string path, long needed)
    {
        lock (_gate)
        {
            if (_free() is { } free && free - Reserve - _promised < needed)
            {
                var others = _promised > 0 ? $" and {FlowFormat.Size(_promised)} are taken by blobs that are being saved" : string.Empty;
                throw MirrorErrors.Full(path, $"{FlowFormat.Size(needed)} are needed, {FlowFormat.Size(free)} are free, of which {FlowFormat.Size(Reserve)} are left for others{others}");
            }

            _promised += needed;
        }

        return new Room(this, needed);
    }

    /// <summary>Free bytes where a folder is; null when that cannot be told, as on a network share from Windows PowerShell.</summary>
    public static long? FreeAt(string folder)
    {
        try
        {
            return new DriveInfo(Path.DirectorySeparatorChar == '\\' ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Room for one file. For one thread.</summary>
    public sealed class Room : IDisposable
    {
        private readonly MirrorSpace _space;
        private readonly long _needed;
        private long _left;

        public Room(MirrorSpace space, long needed)
        {
            _space = space;
            _needed = _left = needed;
        }

        /// <summary>Notes how much of the file is on the disk.</summary>
        public void Note(long written) => Keep(Math.Max(0, _needed - written));

        public void Dispose() => Keep(0);

        private void Keep(long left)
        {
            lock (_space._gate)
                _space._promised += left - _left;
            _left = left;
        }
    }
}
