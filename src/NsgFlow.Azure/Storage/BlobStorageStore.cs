using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Errors;
using NsgFlow.Azure.Http;
using NsgFlow.Blobs;
using NsgFlow.Compat;
using NsgFlow.Saving;

namespace NsgFlow.Azure.Storage;

/// <summary>The flow log blobs of a storage account. Safe for many threads; made by <see cref="StorageConnection.Open"/>.</summary>
public sealed class BlobStorageStore : IFlowBlockStore
{
    // The service makes an MD5 of no longer range.
    private const int MostWithMd5 = 4 * 1024 * 1024;

    private readonly StorageConnection _connection;
    private readonly StorageTarget _target;
    private readonly StorageErrors _errors;
    private AccountListing? _newest;

    internal BlobStorageStore(StorageConnection connection, StorageTarget target)
    {
        _connection = connection;
        _target = target;
        _errors = new StorageErrors(target.Account, target.Client.Uri.Authority, target.Credential, StorageRights.Reading, connection.Tuning.Now);
        IsDefault = connection.Containers.Count == 0 && target.Container is null;
        Containers = connection.Containers.Count > 0 ? [.. connection.Containers]
            : target.Container is not null ? [target.Container]
            : [FlowContainers.Nsg, FlowContainers.VirtualNetwork];
    }

    /// <summary>Name of the account.</summary>
    public string Account => _target.Account;

    /// <summary>Containers that are listed.</summary>
    public IReadOnlyList<string> Containers { get; }

    /// <summary>Whether these are the two that Azure writes to, of which one may be missing.</summary>
    internal bool IsDefault { get; }

    /// <summary>What its listings learned.</summary>
    internal ListingMemory Memory { get; } = new();

    /// <summary>List requests the newest listing has made so far; for tests.</summary>
    internal int ListCalls => _newest?.Calls ?? 0;

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException">
    /// <c>StorageAccountNotFound</c>, <c>ContainerNotFound</c>, <c>StorageAccessDenied</c>, <c>StorageUnauthorized</c>, <c>StorageThrottled</c>,
    /// <c>StorageUnavailable</c>, <c>StorageRequestFailed</c>, <c>NotSignedIn</c>; thrown while the listing is enumerated.
    /// </exception>
    /// <remarks>
    /// With a start time the blobs come step by step (hours, days or months), and only one step is held. Without one everything is listed
    /// before the first blob comes, in a form that takes less than 150 MB for a million blobs.
    /// </remarks>
    public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation)
    {
        var listing = new AccountListing(
            this, _connection, query ?? throw new ArgumentNullException(nameof(query)), _errors,
            name => _target.Client.GetBlobContainerClient(name), cancellation);
        _newest = listing;
        return listing.Run();
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException">
    /// As for <see cref="List"/>, and <c>BlobNotFound</c>, <c>BlobChanged</c> (replaced, not appended to, while it was read), <c>BlobArchived</c>,
    /// <c>BlobDamaged</c> (packed, and cannot be unpacked); also thrown while the stream is read.
    /// </exception>
    public Stream Open(FlowBlob blob, CancellationToken cancellation)
    {
        if (blob is null)
        {
            throw new ArgumentNullException(nameof(blob));
        }

        var (container, ranges) = Ranges(blob, withMd5: false);
        var stream = new ConsistentStream(
            new ConsistentReader(ranges, FirstSize(blob), _connection.Tuning.RangeSize), failure => Map(failure, container, blob.Name), cancellation);

        // Reads the first range, so that what is wrong with the blob shows here.
        var head = new HeadStream(stream, 2);
        var text = head.IsGZip ? new UnpackedStream(GZipMembers.Unpack(head), $"{container}/{blob.Name}") : (Stream)head;
        _connection.Verbose?.Invoke($"Storage: opened {container}/{blob.Name}");
        return text;
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException">As for <see cref="Open"/>.</exception>
    public FlowBlockList Blocks(FlowBlob blob, CancellationToken cancellation)
    {
        var (container, ranges) = Ranges(blob ?? throw new ArgumentNullException(nameof(blob)), withMd5: false);
        try
        {
            return Blocking.Wait(ranges.BlocksAsync(cancellation), cancellation);
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            throw Map(failure, container, blob.Name);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException">As for <see cref="Open"/>, and <c>BlobHashMismatch</c>: the bytes are not those that the service sent.</exception>
    public FlowRange? Read(FlowBlob blob, long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation)
    {
        var (container, ranges) = Ranges(blob ?? throw new ArgumentNullException(nameof(blob)), Md5.IsUsable && buffer.Count <= MostWithMd5);
        try
        {
            return new CheckedRanges(ranges, _connection.Verbose).Read(offset, buffer, etag, cancellation)
                ?? throw _errors.Damaged(container, blob.Name);
        }
        catch (BlobStateException)
        {
            return null;
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            throw Map(failure, container, blob.Name);
        }
    }

    /// <summary>The account, never a secret.</summary>
    public override string ToString() => $"{Account} ({_target.Credential})";

    private (string Container, SdkBlobRanges Ranges) Ranges(FlowBlob blob, bool withMd5)
    {
        var container = blob.Container ?? throw new ArgumentException("The blob has no container: it is not of a storage account.", nameof(blob));
        return (container, new SdkBlobRanges(_target.Client.GetBlobContainerClient(container).GetBlockBlobClient(blob.Name), withMd5));
    }

    // As long as the blob was when listed, and some more for what came since: most blobs are small, and a dozen may be open at once.
    private static int FirstSize(FlowBlob blob)
    {
        const int Growth = 64 * 1024;
        return (int)Math.Min(int.MaxValue, Math.Max(0, blob.Length) + Growth);
    }

    private NsgFlowException Map(Exception failure, string container, string blob) => failure is BlobReplacedException replaced
        ? _errors.Changed(container, blob, replaced.Message)
        : _errors.Map(failure, container, blob);
}
