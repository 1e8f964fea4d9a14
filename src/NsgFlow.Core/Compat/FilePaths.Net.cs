using System;
using System.IO;

namespace NsgFlow.Compat;

/// <summary>Paths as the file system calls want them.</summary>
internal static class FilePaths
{
    /// <summary>.NET opens paths of any length.</summary>
    public static string ForOpening(string fullPath) => fullPath;

    /// <summary>Puts a file in the place of another, or of none, at once.</summary>
    public static void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Makes a file that is to take the place of another, for nobody else to read who may not read that.</summary>
    public static FileStream CreateFor(string path, string other)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows() || !File.Exists(other))
            return new FileStream(path, options);
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        try
        {
            File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(other));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether what is marked as leading elsewhere is a link, and not a file that a cloud drive keeps elsewhere.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
