using System.Collections.Generic;
using System.IO;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// Which blobs a cmdlet has taken already: a folder and what is in it may both come down the pipeline (<c>Get-ChildItem -Recurse</c>), and
/// a record must not be counted twice. Only a hash of each name is kept, since there can be millions.
/// </summary>
internal sealed class SeenBlobs
{
    private const ulong Start = 14695981039346656037;
    private const ulong Factor = 1099511628211;

    private static readonly bool _ignoresCase = Path.DirectorySeparatorChar == '\\';

    private readonly HashSet<ulong> _hashes = [];

    /// <summary>Whether the blob is new.</summary>
    /// <param name="blob">A blob as listed.</param>
    /// <param name="purpose">What it is taken for; it may be taken once for each.</param>
    public bool Add(FlowBlob blob, ulong purpose)
    {
        var hash = Hash(blob.Container, Hash(blob.Account, purpose));
        var isWindowsFile = _ignoresCase && blob.Account is null;
        return _hashes.Add(Hash(isWindowsFile ? blob.Name.ToUpperInvariant() : blob.Name, hash));
    }

    /// <summary>Whether a text is new.</summary>
    public bool Add(string text) => _hashes.Add(Hash(text, Start));

    /// <summary>A purpose made of texts.</summary>
    public static ulong PurposeOf(IEnumerable<string> texts)
    {
        var hash = Start;
        foreach (var text in texts)
            hash = Hash(text.ToUpperInvariant(), hash);
        return hash;
    }

    // FNV-1a, with a mark after each text.
    private static ulong Hash(string? text, ulong hash)
    {
        foreach (var c in text ?? string.Empty)
            hash = unchecked((hash ^ c) * Factor);
        return unchecked((hash ^ char.MaxValue) * Factor);
    }
}
