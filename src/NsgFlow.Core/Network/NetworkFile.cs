using System;
using System.IO;
using NsgFlow.Blobs;
using NsgFlow.Compat;

namespace NsgFlow.Network;

/// <summary>Reads the files from which a map is made: as they are downloaded, packed or written by Windows PowerShell.</summary>
internal static class NetworkFile
{
    /// <summary>The largest real ones have some 20 MB; a packed file that unpacks to more than this is no list of addresses.</summary>
    public const int MostBytes = 256 << 20;

    /// <summary>All of a stream as UTF-8 without byte order mark.</summary>
    /// <param name="stream">Read to its end, not closed.</param>
    /// <param name="what">The file's role, with which the message begins.</param>
    /// <param name="mostBytes">The limit; a parameter for tests.</param>
    /// <exception cref="FormatException">It is longer than <see cref="MostBytes"/>, or damaged gzip.</exception>
    public static byte[] ReadAll(Stream stream, string what, int mostBytes = MostBytes)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        var head = new HeadStream(stream, 2);
        if (!head.IsGZip)
        {
            return Utf8(head, what, mostBytes);
        }

        try
        {
            return Utf8(new HeadStream(GZipMembers.Unpack(head), 2), what, mostBytes);
        }
        catch (InvalidDataException problem)
        {
            throw new FormatException(what + " begins as gzip and cannot be unpacked: " + problem.Message, problem);
        }
    }

    private static byte[] Utf8(HeadStream head, string what, int mostBytes)
    {
        Stream text = head.IsUtf16 || head.IsUtf16BigEndian ? new Utf16Stream(head, head.IsUtf16BigEndian) : head;
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = text.Read(buffer, 0, buffer.Length)) > 0)
        {
            if (all.Length + read > mostBytes)
            {
                throw new FormatException($"{what} is longer than {mostBytes >> 20} MB; that is no list of addresses.");
            }

            all.Write(buffer, 0, read);
        }

        var bytes = all.ToArray();
        return bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? bytes.AsSpan(3).ToArray() : bytes;
    }
}
