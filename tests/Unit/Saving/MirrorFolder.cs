using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Saving;
using NsgFlow.Unit.Blobs;

namespace NsgFlow.Unit.Saving;

/// <summary>A mirror in a folder of the test's own.</summary>
internal sealed class MirrorFolder : IDisposable
{
    private readonly TempFolder _temp = new();

    public string Path => System.IO.Path.Combine(_temp.Path, "mirror");

    public string Outside => System.IO.Path.Combine(_temp.Path, "outside");

    public bool Gzip { get; set; }

    public int ThrottleLimit { get; set; } = 4;

    public int RangeSize { get; set; } = 4 * 1024 * 1024;

    public Func<long?> FreeBytes { get; set; } = static () => null;

    public FlowMirror Open() => new(Path) { Gzip = Gzip, ThrottleLimit = ThrottleLimit, RangeSize = RangeSize, FreeBytes = FreeBytes };

    /// <summary>Saves everything that the store has now.</summary>
    public List<FlowSaveResult> Save(ModelStore store) => Save(store.List(FlowBlobQuery.Everything, CancellationToken.None));

    public List<FlowSaveResult> Save(IEnumerable<FlowBlob> blobs, CancellationToken cancellation = default)
    {
        using var mirror = Open();
        return mirror.Save(blobs, static (_, _) => true, static () => { }, cancellation).ToList();
    }

    public SavedFlowBlob SaveOne(ModelStore store)
    {
        var result = Save(store).Single();
        return result.Saved ?? throw new InvalidOperationException("It was not saved.", result.Failure);
    }

    /// <summary>What a reader of the mirror gets for a blob.</summary>
    public string Text(string name)
    {
        var plain = System.IO.Path.Combine(Path, FlowContainers.Nsg, name.Replace('/', System.IO.Path.DirectorySeparatorChar));
        using var stream = StoredFileStream.Open(File.Exists(plain) ? plain : plain + ".gz", CancellationToken.None);
        using var text = new StreamReader(stream, Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <summary>Every file, relative to the mirror.</summary>
    public string[] Files() => !Directory.Exists(Path) ? [] :
        [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Select(file => file.Substring(Path.Length + 1).Replace('\\', '/')).OrderBy(static f => f, StringComparer.Ordinal)];

    public void Dispose() => _temp.Dispose();
}
