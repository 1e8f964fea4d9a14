using System.IO;
using System.IO.Compression;

namespace NsgFlow.Compat;

/// <summary>Unpacks gzip of any number of members, as concatenating packed files gives.</summary>
internal static class GZipMembers
{
    /// <summary>.NET reads on from one member to the next by itself.</summary>
    public static Stream Unpack(Stream packed) => new GZipStream(packed, CompressionMode.Decompress);
}
