using System;
using System.Diagnostics;
using System.IO;
using NsgFlow.Blobs;
using NsgFlow.Compat;

namespace NsgFlow.Following;

/// <summary>
/// A file that says how far a run came, so that the next goes on from there. It is replaced as a whole, so a run that is killed leaves the one before;
/// a second run is kept out while it is open.
/// </summary>
public sealed class CheckpointFile : IDisposable
{
    private const int PauseFactor = 20;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly Stopwatch _clock = new();
    private TimeSpan _cost;

    private CheckpointFile(string path, FileStream held, FollowState? state) => (_path, _lock, IsNew, State) = (path, held, state is null, state ?? new FollowState());

    /// <summary>Whether there was none yet.</summary>
    public bool IsNew { get; }

    /// <summary>How far was read.</summary>
    public FollowState State { get; }

    private string Partial => _path + ".partial";

    /// <summary>Opens a checkpoint, or begins one: the file comes with the first <see cref="Save"/>.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NsgFlowException"><c>CheckpointBusy</c>, <c>CheckpointDamaged</c>, <c>CheckpointTooNew</c>, <c>CheckpointUnusable</c>.</exception>
    public static CheckpointFile Open(string path)
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        var held = Lock(path);
        try
        {
            return new CheckpointFile(path, held, Read(path));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Saves the state, unless it was saved so lately that saving again would take more than a twentieth of the time: what comes in between is then
    /// repeated if the run is killed.
    /// </summary>
    /// <exception cref="NsgFlowException"><c>CheckpointUnusable</c>; the file is as it was.</exception>
    public void SaveIfDue()
    {
        if (!_clock.IsRunning || _clock.Elapsed.Ticks >= PauseFactor * _cost.Ticks)
            Save();
    }

    /// <summary>Saves the state: on the disk when this returns.</summary>
    /// <exception cref="NsgFlowException"><c>CheckpointUnusable</c>; the file is as it was.</exception>
    public void Save()
    {
        _clock.Restart();
        try
        {
            var bytes = FollowStateJson.Write(State);
            using (var file = new FileStream(FilePaths.ForOpening(Partial), FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(bytes, 0, bytes.Length);
                file.Flush(flushToDisk: true);
            }

            FilePaths.Replace(FilePaths.ForOpening(Partial), FilePaths.ForOpening(_path));
            _cost = _clock.Elapsed;
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw Unusable(_path, e);
        }
    }

    /// <summary>Lets other runs have it. What was not saved is not.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            // Beside it, since the file itself is replaced. The system lets go of it however the run ends.
            return new FileStream(FilePaths.ForOpening(path + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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

    private static FollowState? Read(string path)
    {
        try
        {
            return FollowStateJson.Read(File.ReadAllBytes(FilePaths.ForOpening(path)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (FormatException e)
        {
            throw new NsgFlowException(
                "CheckpointDamaged",
                $"The checkpoint '{path}' is damaged, so it does not tell what was read: {e.Message}",
                "Put back a copy, or delete it to begin anew: then records that came before come again.",
                e);
        }
        catch (NotSupportedException e)
        {
            throw new NsgFlowException(
                "CheckpointTooNew", $"The checkpoint '{path}' was written by a later version of NsgFlow. {e.Message}", "Update NsgFlow here, or give another checkpoint.", e);
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw Unusable(path, e);
        }
    }

    private static NsgFlowException Unusable(string path, Exception failure) => new(
        "CheckpointUnusable", $"The checkpoint '{path}' cannot be read or written: {failure.Message}", "Give a file in a folder that is there and that you may write to.", failure);
}
