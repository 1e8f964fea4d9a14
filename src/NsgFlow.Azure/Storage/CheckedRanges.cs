using System;
using System.Linq;
using System.Threading;
using NsgFlow.Azure.Http;
using NsgFlow.Blobs;
using NsgFlow.Saving;

namespace NsgFlow.Azure.Storage;

/// <summary>Reads ranges that are what the service sent: as long as they must be, and with the MD5 it gave. One that is not is asked for again.</summary>
internal sealed class CheckedRanges(IBlobRanges blob, Action<string>? verbose)
{
    private const int MostAttempts = 3;

    /// <summary>Reads one; null when it came damaged every time.</summary>
    /// <exception cref="BlobStateException">The blob is in another state.</exception>
    public FlowRange? Read(long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var read = Blocking.Wait(blob.ReadAsync(offset, buffer, etag, cancellation), cancellation);
            if (read.Count == Math.Min(buffer.Count, read.Length - offset) && IsIntact(read, buffer))
            {
                return new FlowRange
                {
                    Count = read.Count,
                    Length = read.Length,
                    ETag = read.ETag,
                    LastModified = read.LastModified?.UtcDateTime,
                    ContentMd5 = read.ContentMd5,
                };
            }

            verbose?.Invoke($"Storage: {read.Count} bytes at {offset} are not what the service sent; asking again");
        }

        return null;
    }

    private static bool IsIntact(RangeRead read, ArraySegment<byte> buffer)
    {
        if (read.Md5 is null)
        {
            return true;
        }

        using var md5 = Md5.Create();
        md5.AppendData(buffer.Array!, buffer.Offset, read.Count);
        return md5.GetHashAndReset().SequenceEqual(read.Md5);
    }
}
