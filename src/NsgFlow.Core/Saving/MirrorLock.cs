using System;
using System.IO;
using NsgFlow.Compat;

namespace NsgFlow.Saving;

/// <summary>Keeps two runs out of one mirror: an open file, which the system closes when the run ends in whatever way. The file stays, empty.</summary>
internal static class MirrorLock
{
    private const string Name = ".nsgflow.lock";

    /// <summary>Makes the mirror's folder and takes the lock.</summary>
    /// <exception cref="NsgFlowException"><c>MirrorBusy</c>, <c>MirrorLinkRefused</c>, <c>MirrorWriteFailed</c>.</exception>
    public static IDisposable Take(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            if (File.Exists(FilePaths.ForOpening(folder)))
                throw MirrorErrors.NotFolder(folder);
            Directory.CreateDirectory(FilePaths.ForOpening(folder));
            MirrorPlace.Refuse(path);
            return new FileStream(FilePaths.ForOpening(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Blobs.FileErrors.ToStoreException(e, path).ErrorId == "FileInUse")
        {
            throw MirrorErrors.Busy(folder, e);
        }
        catch (Exception e) when (Blobs.FileErrors.IsOne(e))
        {
            throw MirrorErrors.Write(e, folder);
        }
    }
}
