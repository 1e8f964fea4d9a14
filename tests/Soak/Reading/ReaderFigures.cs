using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;

namespace NsgFlow.Soak.Reading;

/// <summary>What readers count, in a file they map: it outlives those that are killed.</summary>
internal sealed class ReaderFigures : IDisposable
{
    private const int Slots = 4;

    private readonly Lock _lock = new();
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private ReaderFigures(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor();
    }

    public long Polls => _view.ReadInt64(0);

    /// <summary>Requests to the account.</summary>
    public long Requests => _view.ReadInt64(sizeof(long));

    /// <summary>Bytes of blobs that were read.</summary>
    public long Bytes => _view.ReadInt64(2 * sizeof(long));

    public static ReaderFigures Open(string path) => new(MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Slots * sizeof(long)));

    public void CountPoll() => Add(0, 1);

    public void CountRequest() => Add(1, 1);

    public void CountBytes(long bytes) => Add(2, bytes);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private void Add(int slot, long value)
    {
        lock (_lock)
            _view.Write(slot * sizeof(long), _view.ReadInt64(slot * sizeof(long)) + value);
    }
}
