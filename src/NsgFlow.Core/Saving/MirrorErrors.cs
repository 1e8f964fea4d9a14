using System;
using System.IO;
using NsgFlow.Display;

namespace NsgFlow.Saving;

/// <summary>What can go wrong with a mirror.</summary>
internal static class MirrorErrors
{
    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows; ENOSPC and EDQUOT elsewhere.
    private const int DiskFullOnWindows = unchecked((int)0x80070070);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int NoSpace = 28;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;

    /// <summary>Whether nothing more can be saved, so that going on to the next blob is of no use.</summary>
    public static bool EndsAll(Exception failure) => failure is NsgFlowException { ErrorId: "DiskFull" };

    /// <summary>What the file system said, as an error with an id.</summary>
    public static NsgFlowException Write(Exception failure, string path) => failure switch
    {
        NsgFlowException already => already,
        IOException { HResult: DiskFullOnWindows or HandleDiskFull or NoSpace or QuotaOnLinux or QuotaOnMac } => Full(path, failure.Message, failure),
        UnauthorizedAccessException => new NsgFlowException(
            "MirrorWriteFailed", $"{path} cannot be written: access is denied.", "Choose a folder you may write to, or close the program that keeps the file.", failure),
        _ => new NsgFlowException("MirrorWriteFailed", $"{path} cannot be written: {failure.Message}", "Choose a folder on a disk that works and has room.", failure),
    };

    /// <summary>There is not enough room.</summary>
    public static NsgFlowException Full(string path, string why, Exception? inner = null) => new(
        "DiskFull",
        $"No room for {path}: {why.TrimEnd('.')}. What was saved before is whole.",
        "Make room, or choose another disk; the same command goes on where it ended."
            + (path.EndsWith(MirrorName.Packed, StringComparison.OrdinalIgnoreCase) ? string.Empty : " New copies take about a tenth of the room with -Gzip."),
        inner);

    /// <summary>Another run has the mirror.</summary>
    public static NsgFlowException Busy(string folder, Exception inner) => new(
        "MirrorBusy", $"Another run saves to '{folder}' just now.", "Wait until it has ended, or give another destination.", inner);

    /// <summary>The destination is a file.</summary>
    public static NsgFlowException NotFolder(string folder) => new("MirrorWriteFailed", $"'{folder}' is a file; blobs are saved to a folder.", "Give a folder; one that is not there is made.");

    /// <summary>A link in the mirror.</summary>
    public static NsgFlowException Link(string path) => new(
        "MirrorLinkRefused",
        $"{path} is a link, which could lead out of the destination; nothing is written through it.",
        "Remove the link. The destination itself may be one.");

    /// <summary>The place is another blob's.</summary>
    public static NsgFlowException Taken(FlowBlob blob, string path, string? other) => new(
        "BlobNameCollides",
        $"Blob '{ShownText.Clean(blob.Name)}' is not saved: {path} is the copy of {(other is null ? "another blob, whose name differs in case only" : ShownText.Clean(other))}.",
        "Save blobs of different accounts, and names that differ in case only, to different destinations.");

    /// <summary>A file of the mirror, saved to it.</summary>
    public static NsgFlowException Itself(FlowBlob blob) => new(
        "BlobNameCollides",
        $"File '{ShownText.Clean(blob.Name)}' is not saved: its copy would be the file itself, since it is in the destination already.",
        "Save to another destination, or read the files where they are.");

    /// <summary>It never stands still.</summary>
    public static NsgFlowException Changing(FlowBlob blob) => new(
        "BlobChanged",
        $"Blob '{ShownText.Clean(blob.Name)}' was replaced again and again while it was saved; the copy is as it was.",
        "Save it again; if that happens often, find out what else writes to the container.");

    /// <summary>The content is not what the service says it is.</summary>
    public static NsgFlowException Hash(FlowBlob blob) => new(
        "BlobHashMismatch",
        $"What was read of blob '{ShownText.Clean(blob.Name)}' has not the MD5 that the service has for it; the copy is as it was.",
        "Save it again. If that does not help, whoever wrote the blob gave it a wrong Content-MD5.");
}
