using System;
using System.Globalization;
using System.IO;

namespace NsgFlow.Measuring;

/// <summary>
/// Temporary files of one measurement, in a folder of their own that only the user can look into. Made when the first file is, and gone
/// with it all when it is disposed. Thread-safe.
/// </summary>
internal sealed class SpillFolder : IDisposable
{
    private readonly object _gate = new();
    private readonly string _parent;
    private string? _path;
    private int _files;
    private bool _isDisposed;

    /// <param name="parent">Where the folder is made; null for the user's temporary folder.</param>
    public SpillFolder(string? parent = null) => _parent = parent ?? System.IO.Path.GetTempPath();

    /// <summary>The folder; null while there was no need for one.</summary>
    public string? Path
    {
        get
        {
            lock (_gate)
            {
                return _path;
            }
        }
    }

    /// <summary>A new empty file to write to and read from.</summary>
    /// <exception cref="TrafficSpillException">There cannot be one.</exception>
    public SpillStream Create()
    {
        string name;
        lock (_gate)
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(SpillFolder));
            }

            if (_path is null)
            {
                var path = System.IO.Path.Combine(_parent, "NsgFlow-" + Guid.NewGuid().ToString("N"));
                _path = SpillStream.Try(() =>
                {
                    PrivateFolder.Create(path);
                    return path;
                });
            }

            name = System.IO.Path.Combine(_path, (++_files).ToString(CultureInfo.InvariantCulture));
        }

        return new SpillStream(name);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            if (_path is not null && Directory.Exists(_path))
            {
                Directory.Delete(_path, recursive: true);
            }
        }
    }
}
