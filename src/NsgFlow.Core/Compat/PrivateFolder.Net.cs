using System;
using System.IO;

namespace NsgFlow;

/// <summary>Makes folders that only the user can look into.</summary>
internal static class PrivateFolder
{
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // The user's own temporary folder, whose rights it inherits, is closed to others.
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
