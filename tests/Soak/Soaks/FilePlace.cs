using System.Globalization;
using System.IO;

namespace NsgFlow.Soak.Soaks;

/// <summary>A checkpoint in a file, which a reader holds no longer than it lives.</summary>
internal sealed class FilePlace(string path) : ICheckpointPlace
{
    public string Kind => "file";

    public string Address => path;

    public string? Version => File.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture);

    public void Keep(string copy)
    {
        if (File.Exists(path))
            File.Copy(path, copy);
    }
}
