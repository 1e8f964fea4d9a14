namespace NsgFlow.Compat;

/// <summary>Paths as the file system calls want them.</summary>
internal static class FilePaths
{
    /// <summary>.NET opens paths of any length.</summary>
    public static string ForOpening(string fullPath) => fullPath;
}
