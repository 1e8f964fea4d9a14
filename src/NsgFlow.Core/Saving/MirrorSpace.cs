using System;
using System.IO;
using NsgFlow.Display;

namespace NsgFlow.Saving;

/// <summary>Room on the disk of the mirror, looked at before anything is written; what is not told is not asked for.</summary>
internal sealed class MirrorSpace
{
    // So that the system and others on the disk can go on.
    private const long Reserve = 16 * 1024 * 1024;

    private readonly Func<long?> _free;

    public MirrorSpace(Func<long?> free) => _free = free;

    /// <exception cref="NsgFlowException"><c>DiskFull</c>.</exception>
    public void Check(string path, long needed)
    {
        if (_free() is { } free && free - Reserve < needed)
            throw MirrorErrors.Full(path, $"{FlowFormat.Size(needed)} are needed and {FlowFormat.Size(free)} are free, of which {FlowFormat.Size(Reserve)} are left for others");
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
}
