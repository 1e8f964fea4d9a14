using System.IO;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>A packed blob's text; damage is the store's error.</summary>
internal sealed class UnpackedStream(Stream unpacked, string name) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return unpacked.Read(buffer, offset, count);
        }
        catch (InvalidDataException)
        {
            throw new NsgFlowException("BlobDamaged", $"Blob '{name}' begins as gzip does, but cannot be unpacked.", "Copy or pack it again.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
