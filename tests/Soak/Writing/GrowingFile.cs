using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NsgFlow.Soak.Writing;

/// <summary>How programs let a file grow.</summary>
internal enum FileGrowth
{
    /// <summary>A longer copy takes its place, as in a mirror.</summary>
    Replaced,

    /// <summary>What is new takes the place of the closing bracket.</summary>
    InPlace,

    /// <summary>Bytes as they come, never closed: the end may lie anywhere.</summary>
    Cut,
}

/// <summary>A file that flow logs are written to.</summary>
internal sealed class GrowingFile(string path, FileGrowth growth) : IGrowingBlob
{
    private byte[] _content = [];

    public void Append(IReadOnlyList<byte[]> entries)
    {
        var before = _content.Length;
        foreach (var entry in entries)
            _content = _content.Length == 0 ? [.. GrowingText.Opening, .. entry] : [.. _content, (byte)',', .. entry];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (growth)
        {
            case FileGrowth.Replaced:
                File.WriteAllBytes(path + ".partial", [.. _content, .. GrowingText.Closing]);
                File.Move(path + ".partial", path, overwrite: true);
                break;
            case FileGrowth.InPlace:
                Write(before, [.. _content.Skip(before), .. GrowingText.Closing]);
                break;
            default:
                var middle = (before + _content.Length) / 2;
                Write(before, _content[before..middle]);
                Write(middle, _content[middle..]);
                break;
        }
    }

    private void Write(long at, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, 0);
        file.Position = at;
        file.Write(bytes);
    }
}
