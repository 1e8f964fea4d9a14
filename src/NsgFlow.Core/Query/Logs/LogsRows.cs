using System;
using System.Text.Json;

namespace NsgFlow.Query;

/// <summary>Walks the JSON array of a table's rows, one row at a time. That it is JSON was found out before.</summary>
internal static class LogsRows
{
    // A dynamic value may be nested deeper than the reader allows by itself.
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <summary>Where the next row begins, from a place within the array on; -1 after the last one.</summary>
    public static int Next(ReadOnlySpan<byte> rows, int at)
    {
        for (; at < rows.Length && rows[at] != (byte)']'; at++)
        {
            if (rows[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)','))
                return at;
        }

        return -1;
    }

    /// <summary>Reads the row that begins there, and goes behind it.</summary>
    public static LogsRow Read(ReadOnlySpan<byte> rows, ref int at, LogsTable table, LogsColumns columns)
    {
        var reader = new Utf8JsonReader(rows.Slice(at), isFinalBlock: false, new JsonReaderState(Options));
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw LogsFailure.Damaged($"a row of table '{table.Name}' is no list", LogsText.Excerpt(rows.Slice(at)), table.RequestId);

        // A new array each time: a row may be kept.
        var values = new object?[columns.Count];
        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count < values.Length)
                values[count] = LogsValue.Read(ref reader, columns[count], rows.Slice(at), table.RequestId);
            else
                reader.TrySkip();
        }

        if (count != values.Length)
            throw LogsFailure.Damaged($"a row of table '{table.Name}' has {count} values for {values.Length} columns", LogsText.Excerpt(rows.Slice(at)), table.RequestId);
        at += (int)reader.BytesConsumed;
        return new LogsRow(columns, values);
    }
}
