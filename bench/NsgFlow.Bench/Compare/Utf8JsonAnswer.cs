using System;
using System.Buffers.Text;
using System.IO;
using System.Text.Json;
using NsgFlow.Bench.Data;

namespace NsgFlow.Bench.Compare;

/// <summary>
/// What a careful C# programmer writes without vector code: Utf8JsonReader over the file's bytes, spans instead of strings, the
/// same table as Core. Reads only the three fields the question needs, and trusts them.
/// </summary>
internal static class Utf8JsonAnswer
{
    private static readonly SourceBytes _table = new();

    public static Truth FromFile(string path)
    {
        var reader = new Utf8JsonReader(File.ReadAllBytes(path));
        _table.Clear();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("flowTuples"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                    Tuple(reader.ValueSpan);
            }
        }

        return _table.Answer;
    }

    private static void Tuple(ReadOnlySpan<byte> text)
    {
        text = After(text, 1);
        var end = text.IndexOf((byte)',');
        if (!FlowAddress.TryParse(text[..end], out var source))
            throw new InvalidDataException("Not an address.");

        text = After(text[end..], 9);
        var sent = Counter(text);
        text = After(text, 2);
        _table.AddTuple(source, sent + Counter(text));
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> text, int commas)
    {
        for (; commas > 0; commas--)
            text = text[(text.IndexOf((byte)',') + 1)..];
        return text;
    }

    private static long Counter(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long value, out _) ? value : 0;
}
