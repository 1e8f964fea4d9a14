using System;
using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace NsgFlow.Azure.Logs;

/// <summary>
/// Takes an answer into memory, unpacked, but no more of it than is wanted. Inside the retries, so that a connection that breaks half-way is made again.
/// </summary>
internal sealed class LogsBodyPolicy : HttpPipelinePolicy
{
    /// <summary>How an answer may be packed: rows of text become a tenth.</summary>
    public const string Packing = "gzip";

    private const string Most = "NsgFlow.MostBytes";
    private const string Cut = "NsgFlow.Cut";
    private const string Damaged = "NsgFlow.Damaged";

    /// <summary>Says how much is wanted.</summary>
    public static void Limit(HttpMessage message, long bytes)
    {
        message.BufferResponse = false;
        message.SetProperty(Most, bytes);
    }

    /// <summary>Whether there was more than was wanted.</summary>
    public static bool IsCut(HttpMessage message) => message.TryGetProperty(Cut, out var cut) && cut is true;

    /// <summary>Whether it could not be unpacked; nothing of it is there then.</summary>
    public static bool IsDamaged(HttpMessage message) => message.TryGetProperty(Damaged, out var damaged) && damaged is true;

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Queries are sent asynchronously only.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        message.SetProperty(Cut, false);
        message.SetProperty(Damaged, false);
        if (message.Response.ContentStream is not { } content || !message.TryGetProperty(Most, out var most))
            return;
        using (content)
        {
            try
            {
                // The limit is of unpacked bytes, and what is unpacked is read piece by piece: a bomb is let go of, too.
                using var unpacked = IsPacked(message.Response) ? new GZipStream(content, CompressionMode.Decompress) : null;
                message.Response.ContentStream = await ReadAsync(message, unpacked ?? content, (long)most!).ConfigureAwait(false);
            }
            catch (InvalidDataException)
            {
                // Not asked again, as after a broken connection: who packs badly will do so again.
                message.SetProperty(Damaged, true);
                message.Response.ContentStream = Nothing();
            }
        }
    }

    private static bool IsPacked(Response response) =>
        response.Headers.TryGetValue("Content-Encoding", out var packing) && string.Equals(packing.Trim(), Packing, StringComparison.OrdinalIgnoreCase);

    private static MemoryStream Nothing() => new([], 0, 0, writable: false, publiclyVisible: true);

    private static async Task<MemoryStream> ReadAsync(HttpMessage message, Stream content, long most)
    {
        // What an answer says of its length is believed so far only.
        var expected = Math.Min(message.Response.Headers.ContentLength ?? 64 * 1024, 8 << 20);
        var buffer = new byte[Math.Min(expected, most) + 1];
        var length = 0;
        while (true)
        {
#pragma warning disable CA1835 // the overload with Memory does not exist on .NET Framework
            var count = await content.ReadAsync(buffer, length, buffer.Length - length, message.CancellationToken).ConfigureAwait(false);
#pragma warning restore CA1835
            if (count == 0)
                break;
            length += count;
            if (length > most)
            {
                // What is left is never read; letting go of the stream closes the connection.
                message.SetProperty(Cut, true);
                return Nothing();
            }

            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(2L * length, most + 1));
        }

        return new MemoryStream(buffer, 0, length, writable: false, publiclyVisible: true);
    }
}
