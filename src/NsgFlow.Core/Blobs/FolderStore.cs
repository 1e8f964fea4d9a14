using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace NsgFlow.Blobs;

/// <summary>
/// Files and folders as a store: copies of containers with Azure's own folder names, of which only those are entered that can hold
/// what is asked for, and loose files of any layout. Packed files (<c>.gz</c>) and UTF-16 are told by their first bytes, not their names.
/// </summary>
public sealed class FolderStore : IFlowBlockStore
{
    private readonly IReadOnlyList<string> _roots;
    private readonly Action<NsgFlowException>? _onSkipped;
    private readonly Func<DateTime> _now;

    /// <summary>Makes a store of local paths.</summary>
    /// <param name="roots">Full paths of files and folders. A file may have any name; in a folder only <c>.json</c>, <c>.jsonl</c>,
    /// <c>.ndjson</c> and <c>.gz</c> are taken.</param>
    /// <param name="onSkipped">Told what could not be listed (<c>PathNotFound</c>, <c>FileAccessDenied</c>, <c>FileReadFailed</c>) and which links to
    /// folders were not followed (<c>FolderLinkSkipped</c>); the rest still comes. Null: the first thing that cannot be listed is thrown.</param>
    /// <param name="now">The present, UTC; null for the clock's.</param>
    public FolderStore(IReadOnlyList<string> roots, Action<NsgFlowException>? onSkipped = null, Func<DateTime>? now = null)
    {
        _roots = roots ?? throw new ArgumentNullException(nameof(roots));
        _onSkipped = onSkipped;
        _now = now ?? (() => DateTime.UtcNow);
    }

    /// <summary>Told of each folder before it is read: for tests of what is left out.</summary>
    internal Action<string>? OnFolder { get; init; }

    /// <inheritdoc/>
    public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation)
    {
        if (query is null)
        {
            throw new ArgumentNullException(nameof(query));
        }

        return Listing(query, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException">The file cannot be opened or, while the stream is read, not be read:
    /// <c>PathNotFound</c>, <c>FileAccessDenied</c>, <c>FileInUse</c>, <c>FileReadFailed</c>.</exception>
    public Stream Open(FlowBlob blob, CancellationToken cancellation)
    {
        if (blob is null)
        {
            throw new ArgumentNullException(nameof(blob));
        }

        return StoredFileStream.Open(blob.Name, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>A file is one piece; what is new in it cannot be told.</remarks>
    public FlowBlockList Blocks(FlowBlob blob, CancellationToken cancellation) => new(null, []);

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException">As for <see cref="Open"/>.</exception>
    public FlowRange? Read(FlowBlob blob, long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation)
    {
        if (blob is null)
        {
            throw new ArgumentNullException(nameof(blob));
        }

        cancellation.ThrowIfCancellationRequested();
        try
        {
            var path = Compat.FilePaths.ForOpening(blob.Name);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            var (length, modified) = (file.Length, File.GetLastWriteTimeUtc(path));
            if (etag is not null && etag != TagOf(length, modified))
            {
                return null;
            }

            file.Position = offset;
            var count = 0;
            int read;
            while (count < buffer.Count && (read = file.Read(buffer.Array!, buffer.Offset + count, buffer.Count - count)) > 0)
            {
                count += read;
            }

            return new FlowRange { Count = count, Length = length, ETag = TagOf(length, modified), LastModified = modified };
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw FileErrors.ToStoreException(e, blob.Name);
        }
    }

    /// <summary>What tells one state of a file from another.</summary>
    internal static string TagOf(long length, DateTime modified) => FormattableString.Invariant($"{length}-{modified.Ticks:x}");

    private IEnumerable<FlowBlob> Listing(FlowBlobQuery query, CancellationToken cancellation)
    {
        // Made when the enumeration begins, so that each sees the folders of its own time.
        foreach (var blob in new FolderListing(this, query, _onSkipped, OnFolder, _now(), cancellation).List(_roots))
        {
            yield return blob;
        }
    }
}
