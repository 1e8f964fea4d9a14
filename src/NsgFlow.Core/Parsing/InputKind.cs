using System;
using System.Text;

namespace NsgFlow.Parsing;

/// <summary>Says what an input is that is no flow log, from its first bytes.</summary>
internal static class InputKind
{
    /// <summary>Bytes from the start of the input that the guess is made of.</summary>
    public const int HeadBytes = 1024;

    public static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return "the input is empty";
        }

        if (DescribeBytes(head) is { } kind)
        {
            return kind;
        }

        if (head.IndexOf((byte)0) >= 0)
        {
            return "this is binary data";
        }

        var text = Encoding.UTF8.GetString(head.ToArray()).TrimStart('\uFEFF').Trim();
        if (text.Length == 0)
        {
            return "the input is empty but for white space";
        }

        if (Has(text, "<!doctype html") || Has(text, "<html"))
        {
            return "this is an HTML page, as a sign-in or an error page saved in place of the blob";
        }

        if (text[0] == '<')
        {
            return Has(text, "<Error>") ? "this is an XML error answer of a storage service" : "this is XML";
        }

        return text[0] is '{' or '[' ? "this is JSON, but no flow log" : "this is text, but no flow log";
    }

    /// <summary>What the input is when its bytes alone tell for certain; null when they do not.</summary>
    public static string? DescribeBytes(ReadOnlySpan<byte> head)
    {
        if (StartsWith(head, [0x1F, 0x8B]))
        {
            return "this is gzip-compressed data that was not unpacked";
        }

        if (StartsWith(head, [0x50, 0x4B, 0x03, 0x04]))
        {
            return "this is a zip archive";
        }

        if (StartsWith(head, [0xFF, 0xFE]) || StartsWith(head, [0xFE, 0xFF]))
        {
            return "this is UTF-16 text; save it as UTF-8";
        }

        return IsUtf16(head) ? "this is UTF-16 text without a byte order mark; save it as UTF-8" : null;
    }

    /// <summary>Text of mostly Latin letters has a zero in every second byte, and binary data has zeros in both places.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = [0, 0];
        for (var i = 0; i < head.Length; i++)
        {
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        }

        return Math.Min(zeros[0], zeros[1]) == 0 && Math.Max(zeros[0], zeros[1]) >= Math.Max(2, head.Length / 4);
    }

    private static bool StartsWith(ReadOnlySpan<byte> head, ReadOnlySpan<byte> mark) => head.StartsWith(mark);

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
