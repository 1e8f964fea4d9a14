using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>The requests of a consistent read, made by the SDK. It takes a broken connection up again where it broke, in the same state of the blob.</summary>
/// <param name="blob">What is read.</param>
/// <param name="withMd5">Whether to ask for the MD5 of each range; the service has one for up to 4 MB.</param>
internal sealed class SdkBlobRanges(BlockBlobClient blob, bool withMd5 = false) : IBlobRanges
{
    /// <inheritdoc/>
    public async Task<RangeRead> ReadAsync(long offset, ArraySegment<byte> buffer, string? ifMatch, CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions { Range = new HttpRange(offset, buffer.Count) };
        if (ifMatch is not null)
        {
            options.Conditions = new BlobRequestConditions { IfMatch = new ETag(ifMatch) };
        }

        if (withMd5)
        {
            options.TransferValidation = new DownloadTransferValidationOptions { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5, AutoValidateChecksum = false };
        }

        try
        {
            using var answer = (await blob.DownloadStreamingAsync(options, cancellation).ConfigureAwait(false)).Value;

            // On .NET Framework a pending read ends only with its stream.
            using var abort = cancellation.Register(static content => ((IDisposable)content!).Dispose(), answer.Content);
            var count = 0;
            while (count < buffer.Count)
            {
#pragma warning disable CA1835 // the overload with Memory does not exist on .NET Framework
                var read = await answer.Content.ReadAsync(buffer.Array!, buffer.Offset + count, buffer.Count - count, cancellation).ConfigureAwait(false);
#pragma warning restore CA1835
                if (read == 0)
                {
                    break;
                }

                count += read;
            }

            return new RangeRead(count, TotalLength(answer.Details), Bare(answer.Details.ETag))
            {
                Md5 = withMd5 ? answer.Details.ContentHash : null,
                ContentMd5 = answer.Details.BlobContentHash,
                LastModified = answer.Details.LastModified,
            };
        }
        catch (RequestFailedException failure) when (failure.Status == 412)
        {
            throw new BlobStateException();
        }
        catch (RequestFailedException failure) when (failure.Status == 416 && offset == 0)
        {
            // An empty blob has no range at all.
            return new RangeRead(0, 0, string.Empty);
        }
    }

    /// <inheritdoc/>
    public async Task<FlowBlockList> BlocksAsync(CancellationToken cancellation)
    {
        var answer = await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellation).ConfigureAwait(false);
        var etag = answer.GetRawResponse().Headers.ETag;
        var blocks = answer.Value.CommittedBlocks.Select(static b => new FlowBlock(b.Name, b.SizeLong)).ToArray();
        return new FlowBlockList(etag is { } state ? Bare(state) : null, blocks);
    }

    // Services quote it in some answers and not in others; the SDK quotes it again where it must be.
    private static string Bare(ETag etag) => etag.ToString().Trim('"');

    // "bytes 0-4194303/9000000"; without a range in the answer the body is the whole.
    private static long TotalLength(BlobDownloadDetails details)
    {
        var range = details.ContentRange;
        var slash = range?.LastIndexOf('/') ?? -1;
        return slash >= 0 && long.TryParse(range!.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total
            : details.ContentLength;
    }
}
