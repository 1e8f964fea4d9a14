using System;
using System.Text;
using System.Text.Json;
using NsgFlow.Parsing;

namespace NsgFlow.Query;

/// <summary>Texts out of an answer's bytes.</summary>
internal static class LogsText
{
    /// <summary>The string under the reader. Logs hold texts of anybody: what is no UTF-8 or half a character is replaced, not refused.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            var text = new byte[reader.ValueSpan.Length];
            return Encoding.UTF8.GetString(text, 0, JsonEscapes.Unescape(reader.ValueSpan, text));
        }
    }

    /// <summary>Bytes as text.</summary>
    public static string Utf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.ToArray());

    /// <summary>The beginning of an answer, to be shown in a message.</summary>
    public static string Excerpt(ReadOnlySpan<byte> bytes) => Utf8(bytes.Slice(0, Math.Min(bytes.Length, 400)));
}
