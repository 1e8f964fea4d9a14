using System;
using System.IO;

namespace NsgFlow.Samples;

/// <summary>Blobs as files. Each is written beside its place and put there when it is whole, so no reader sees half of one.</summary>
internal sealed class SampleFiles : ISampleSink, IDisposable
{
    private const string Unfinished = ".partial";

    /// <summary>From here on Windows may refuse a path; the last bytes of 260 are for what is added to it.</summary>
    private const int LongPath = 240;

    private readonly string _root;
    private string _path = string.Empty;
    private FileStream? _file;

    public SampleFiles(string root)
    {
        _root = root;
        Directory.CreateDirectory(root);
    }

    public void Open(string container, string blob)
    {
        _path = Extended(Path.Combine(_root, container, blob.Replace('/', Path.DirectorySeparatorChar)));
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _file = new FileStream(_path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    public void Block(string id, byte[] bytes, int count) => _file!.Write(bytes, 0, count);

    public void Close()
    {
        _file!.Dispose();
        _file = null;
        File.Delete(_path);
        File.Move(_path + Unfinished, _path);
    }

    public void Dispose()
    {
        if (_file is not null)
        {
            _file.Dispose();
            _file = null;
            File.Delete(_path + Unfinished);
        }
    }

    /// <summary>Blob names have some 280 characters, more than Windows takes without this prefix.</summary>
    private static string Extended(string path) =>
        Path.DirectorySeparatorChar != '\\' || path.Length < LongPath || path.StartsWith(@"\\", StringComparison.Ordinal)
            ? path
            : @"\\?\" + path;
}
