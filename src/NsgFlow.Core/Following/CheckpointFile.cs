using System;
using System.IO;
using NsgFlow.Blobs;
using NsgFlow.Compat;

namespace NsgFlow.Following;

/// <summary>
/// Keeps a checkpoint in a file. It is replaced as a whole, so a run that is killed leaves the one before; a second run is kept out while it is open.
/// </summary>
public sealed class CheckpointFile : ICheckpointStore
{
    private readonly FileStream _lock;

    private CheckpointFile(string path, FileStream held) => (Name, _lock) = (path, held);

    /// <summary>Full path.</summary>
    public string Name { get; }

    private string Partial => Name + ".partial";

    /// <summary>Takes a file for a checkpoint; it comes with the first <see cref="Write"/>.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NsgFlowException"><c>CheckpointBusy</c>, <c>CheckpointUnusable</c>.</exception>
    public static CheckpointFile Open(string path)
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        try
        {
            // Beside it, since the file itself is replaced. The system lets go of it however the run ends.
            return new CheckpointFile(path, new FileStream(FilePaths.ForOpening(path + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (FileErrors.ToStoreException(e, path).ErrorId == "FileInUse")
        {
            throw new NsgFlowException("CheckpointBusy", $"Another run uses the checkpoint '{path}' just now.", "Wait until it has ended, or give another checkpoint.", e);
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw Unusable(path, e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException"><c>CheckpointUnusable</c>.</exception>
    public byte[]? Read()
    {
        try
        {
            return File.ReadAllBytes(FilePaths.ForOpening(Name));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw Unusable(Name, e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException"><c>CheckpointUnusable</c>; the file is as it was.</exception>
    public void Write(byte[] bytes)
    {
        if (bytes is null)
            throw new ArgumentNullException(nameof(bytes));
        try
        {
            using (var file = new FileStream(FilePaths.ForOpening(Partial), FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: true);
            }

            FilePaths.Replace(FilePaths.ForOpening(Partial), FilePaths.ForOpening(Name));
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw Unusable(Name, e);
        }
    }

    /// <summary>Lets other runs have it.</summary>
    public void Dispose() => _lock.Dispose();

    private static NsgFlowException Unusable(string path, Exception failure) => new(
        "CheckpointUnusable", $"The checkpoint '{path}' cannot be read or written: {failure.Message}", "Give a file in a folder that is there and that you may write to.", failure);
}
