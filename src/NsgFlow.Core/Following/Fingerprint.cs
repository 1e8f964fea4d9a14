using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NsgFlow.Blobs;

namespace NsgFlow.Following;

/// <summary>Short hashes that tell whether what was read is still the same.</summary>
internal static class Fingerprint
{
    // Half of SHA-256: nobody gains by making two alike.
    private const int Bytes = 16;

    /// <summary>Of the first blocks of a list, their ids and sizes.</summary>
    public static string Of(IReadOnlyList<FlowBlock> blocks, int count)
    {
        if (count == 0)
            return string.Empty;
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(blocks[i].Id).Append(':').Append(blocks[i].Size.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes.ToArray());
        return BitConverter.ToString(hash.GetHashAndReset(), 0, Bytes).Replace("-", string.Empty);
    }
}
