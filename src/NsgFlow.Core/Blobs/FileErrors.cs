using System;
using System.IO;
using System.Security;

namespace NsgFlow.Blobs;

/// <summary>What the file system's exceptions mean to users.</summary>
internal static class FileErrors
{
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows; EAGAIN on Linux and macOS, where .NET keeps its own locks.
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int AgainOnLinux = 11;
    private const int AgainOnMac = 35;

    /// <summary>Whether an exception is one of the file system's (or says that packed data are damaged), not a mistake in the program.</summary>
    public static bool IsOne(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or SecurityException or NotSupportedException;

    /// <summary>The same as an error with an id.</summary>
    public static NsgFlowException ToStoreException(Exception exception, string path) => exception switch
    {
        NsgFlowException already => already,
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException => NotFound(path, exception),
        UnauthorizedAccessException or SecurityException => new NsgFlowException(
            "FileAccessDenied", $"{path}: access is denied.", "Check the permissions of the file and its folders.", exception),
        PathTooLongException => new NsgFlowException(
            "FileReadFailed", $"{path}: the path is too long.", "Copy the folder closer to the drive's root, or read it with PowerShell 7.", exception),
        InvalidDataException => new NsgFlowException(
            "FileReadFailed", $"{path}: the packed data are damaged: {exception.Message}", "Get the file again; what could be unpacked was read.", exception),
        IOException { HResult: SharingViolation or LockViolation or AgainOnLinux or AgainOnMac } => new NsgFlowException(
            "FileInUse", $"{path}: another program has locked the file.", "Close the program that writes it, or copy the file first.", exception),
        _ => new NsgFlowException("FileReadFailed", $"{path}: {exception.Message}", string.Empty, exception),
    };

    /// <summary>A path that leads nowhere.</summary>
    public static NsgFlowException NotFound(string path, Exception? inner = null) => new(
        "PathNotFound", $"{path}: there is no such file or folder.", "Check the path; the share or drive may be gone, or the file moved.", inner);
}
