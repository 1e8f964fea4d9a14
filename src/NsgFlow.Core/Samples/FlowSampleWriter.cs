using System;
using System.IO;
using System.Threading;

namespace NsgFlow.Samples;

/// <summary>Writes a sample as files: a folder for the container, and in it one file for each blob, named as in Azure.</summary>
public static class FlowSampleWriter
{
    /// <summary>Writes a sample. A blob of the same name is replaced; no other file is touched.</summary>
    /// <param name="options">What sample to make.</param>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <param name="progress">Told after each blob, on the same thread.</param>
    /// <param name="cancellation">Ends the work; finished blobs stay, the one under way does not.</param>
    /// <returns>What the blobs hold.</returns>
    /// <exception cref="ArgumentException">The options ask for what cannot be made, or the folder's name is empty.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public static FlowSampleTruth Write(
        FlowSampleOptions options,
        string folder,
        Action<FlowSampleProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        if (string.IsNullOrEmpty(folder))
        {
            throw new ArgumentException("The folder's name is empty.", nameof(folder));
        }

        var root = Path.GetFullPath(folder);
        var run = new SampleRun(options);
        var done = 0;
        using var files = new SampleFiles(root);
        foreach (var name in run.Write(files, cancellation))
        {
            done++;
            if (name is not null)
            {
                progress?.Invoke(new FlowSampleProgress(name, done, options.Hours * options.Nic, run.Counter.BytesWritten));
            }
        }

        return run.ToTruth(root);
    }
}
