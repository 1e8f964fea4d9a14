using System;
using System.IO;

namespace NsgFlow.Compat;

/// <summary>Paths as the file system calls want them.</summary>
internal static class FilePaths
{
    // A folder's own limit on Windows; a file's is 260. The path of a copied blob has some 230 characters before its root is counted.
    private const int LongestPlain = 247;

    /// <summary>.NET Framework opens long paths on Windows only in their device form.</summary>
    public static string ForOpening(string fullPath) =>
        Path.DirectorySeparatorChar != '\\' || fullPath.Length <= LongestPlain || fullPath.StartsWith(@"\\?\", StringComparison.Ordinal) ? fullPath
        : fullPath.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC\" + fullPath.Substring(2)
        : @"\\?\" + fullPath;

    /// <summary>Puts a file in the place of another, or of none, at once.</summary>
    public static void Replace(string from, string to)
    {
        if (File.Exists(to))
            File.Replace(from, to, null);
        else
            File.Move(from, to);
    }

    /// <summary>Makes a file that is to take the place of another.</summary>
    public static FileStream CreateFor(string path, string other) =>
        other.Length > 0 ? new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None) : throw new ArgumentException("No path.", nameof(other));

    /// <summary>Whether what is marked as leading elsewhere is a link. .NET Framework cannot tell, so it counts as one.</summary>
    public static bool IsLink(string path) => path.Length > 0;
}
