using System;
using System.IO;
using NsgFlow.Blobs;
using NsgFlow.Compat;

namespace NsgFlow.Following;

/// <summary>
/// Keeps a checkpoint in a file. It is replaced as a whole, so a run that is killed leaves the one before; a second run is kept out while it is open.
/// A link is refused: the lock would stand beside the link and not beside the file, and the first save would put a file in the link's place.
/// </summary>
public sealed class CheckpointFile : ICheckpointStore
{
    private readonly FileStream _lock;

    private CheckpointFile(string path, FileStream held) => (Name, _lock) = (path, held);

    /// <summary>Full path.</summary>
    public string Name { get; }

    /// <summary>Makes the file that takes the place of another, here <see cref="Name"/>; for tests.</summary>
    internal Func<string, string, FileStream> Create { get; set; } = FilePaths.CreateFor;

    private string Partial => Name + ".partial";

    /// <summary>Takes a file for a checkpoint; it comes with the first <see cref="Write"/>.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NsgFlowException"><c>CheckpointBusy</c>, <c>CheckpointUnusable</c>, <c>CheckpointDamaged</c> when it is empty.</exception>
    public static CheckpointFile Open(string path)
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        try
        {
            // Before anything is put beside it.
            Look(path);
            var name = path + ".lock";
            RefuseLink(path, name);

            // Beside it, since the file itself is replaced. The system lets go of it however the run ends.
            return new CheckpointFile(path, new FileStream(FilePaths.ForOpening(name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
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
    /// <exception cref="NsgFlowException"><c>CheckpointUnusable</c>, <c>CheckpointDamaged</c> when it is empty.</exception>
    public byte[]? Read()
    {
        try
        {
            if (!Look(Name))
                return null;
            using var file = new FileStream(FilePaths.ForOpening(Name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return Checkpoint.ReadAll(file, Name);
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
            // What a killed run left, or a link that somebody put there: only a new file is written to.
            File.Delete(FilePaths.ForOpening(Partial));
            using (var file = Create(FilePaths.ForOpening(Partial), FilePaths.ForOpening(Name)))
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

    /// <summary>Tells whether there is a file that may be a checkpoint. It is not opened: a pipe would wait for a writer, and a device may never end.</summary>
    private static bool Look(string path)
    {
        if (!Directory.Exists(FilePaths.ForOpening(Path.GetDirectoryName(path) ?? path)))
            throw Unusable(path, "its folder is not there.");
        if (Directory.Exists(FilePaths.ForOpening(path)))
            throw Unusable(path, "it is a folder.");
        RefuseLink(path, path);
        var file = new FileInfo(FilePaths.ForOpening(path));
        if (!file.Exists)
            return false;
        if (file.Length > Checkpoint.MostBytes)
            throw Checkpoint.TooLarge(path, file.Length);

        // Pipes and devices have no length, either.
        return file.Length > 0 ? true : throw new NsgFlowException(
            "CheckpointDamaged",
            $"The checkpoint '{path}' does not tell what was read: it is empty, or no file (a pipe or a device).",
            "Put back a copy, give another file, or delete an empty one to begin anew: then records that came before come again.");
    }

    private static void RefuseLink(string path, string name)
    {
        try
        {
            if ((File.GetAttributes(FilePaths.ForOpening(name)) & FileAttributes.ReparsePoint) != 0 && FilePaths.IsLink(name))
                throw Unusable(path, $"{(name == path ? "it" : $"'{name}' beside it")} is a link.");
        }
        catch (FileNotFoundException)
        {
            // There is none yet.
        }
    }

    private static NsgFlowException Unusable(string path, string why) => new(
        "CheckpointUnusable", $"The checkpoint '{path}' cannot be used: {why}", "Give a file, by its own path, in a folder that is there and that you may write to.");

    private static NsgFlowException Unusable(string path, Exception failure) => new(
        "CheckpointUnusable", $"The checkpoint '{path}' cannot be read or written: {failure.Message}", "Give a file in a folder that is there and that you may write to.", failure);
}
