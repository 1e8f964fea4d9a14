using System.IO;

namespace NsgFlow;

/// <summary>Makes folders that only the user can look into: on Windows the user's own temporary folder is closed to others.</summary>
internal static class PrivateFolder
{
    public static void Create(string path) => Directory.CreateDirectory(path);
}
