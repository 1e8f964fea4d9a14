using System;
using System.IO;
using NsgFlow.Compat;

namespace NsgFlow.Saving;

/// <summary>Where the copy of a blob is, or will be.</summary>
internal sealed class MirrorPlace
{
    private readonly string _root;
    private readonly string[] _folders;

    private MirrorPlace(string root, string[] segments, bool isPacked)
    {
        _root = root;
        _folders = segments;
        IsPacked = isPacked;
        Container = segments[0];
        Path = System.IO.Path.Combine(root, System.IO.Path.Combine(segments)) + (isPacked ? MirrorName.Packed : string.Empty);
    }

    /// <summary>The copy.</summary>
    public string Path { get; }

    /// <summary>First folder under the mirror's.</summary>
    public string Container { get; }

    /// <summary>Whether the copy is packed here; one that was packed when it was uploaded is not.</summary>
    public bool IsPacked { get; }

    /// <summary>What is known of the copy.</summary>
    public string StatePath => Path + MirrorName.State;

    /// <summary>
    /// The place of a blob's copy. One that is there stays packed or not as it is, so that there are never two; <paramref name="packs"/>
    /// is for new ones.
    /// </summary>
    /// <exception cref="NsgFlowException"><c>BlobNameUnsafe</c>.</exception>
    public static MirrorPlace Of(string root, FlowBlob blob, bool packs)
    {
        var segments = MirrorName.Segments(blob);
        var plain = new MirrorPlace(root, segments, isPacked: false);
        if (blob.Name.EndsWith(MirrorName.Packed, StringComparison.OrdinalIgnoreCase))
            return plain;
        var packed = new MirrorPlace(root, segments, isPacked: true);
        return packed.Exists() ? packed : packs && !plain.Exists() ? packed : plain;
    }

    /// <summary>Whether there is a copy.</summary>
    public bool Exists() => File.Exists(FilePaths.ForOpening(Path));

    /// <summary>
    /// Refuses to go through links: what they lead to is not the mirror's. The mirror's own folder may be one, since somebody chose it.
    /// </summary>
    /// <exception cref="NsgFlowException"><c>MirrorLinkRefused</c>.</exception>
    public void RefuseLinks()
    {
        var path = _root;
        for (var i = 0; i < _folders.Length - 1; i++)
        {
            path = System.IO.Path.Combine(path, _folders[i]);
            if (!Refuse(path))
                return;
        }

        Refuse(Path);
        Refuse(StatePath);
    }

    /// <summary>Makes the folder of the copy.</summary>
    public void MakeFolder() => Directory.CreateDirectory(FilePaths.ForOpening(System.IO.Path.GetDirectoryName(Path)!));

    /// <summary>Whether there is something at a path; throws when that is a link.</summary>
    internal static bool Refuse(string path)
    {
        try
        {
            var opened = FilePaths.ForOpening(path);
            return (File.GetAttributes(opened) & FileAttributes.ReparsePoint) == 0 || !FilePaths.IsLink(opened) ? true : throw MirrorErrors.Link(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
