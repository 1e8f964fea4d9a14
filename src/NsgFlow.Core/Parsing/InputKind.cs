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

    private static bool StartsWith(ReadOnlySpan<byte> head, ReadOnlySpan<byte> mark) => head.StartsWith(mark);

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
