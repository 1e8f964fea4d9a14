using System;
using System.Collections.Generic;
using System.Text.Json;
using NsgFlow.Arm;

namespace NsgFlow.Query;

/// <summary>
/// Walks an answer once: finds tables, columns, where the rows stand, and the error, in whatever order they come; and finds out that all of it is JSON.
/// </summary>
internal static class LogsAnswerReader
{
    public static LogsAnswer Read(ReadOnlyMemory<byte> utf8, string? requestId)
    {
        if (utf8.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            utf8 = utf8.Slice(3);
        if (IsBlank(utf8.Span))
            return new LogsAnswer([], null);
        try
        {
            return ReadAnswer(utf8, requestId);
        }
        catch (JsonException failure)
        {
            var at = failure.BytePositionInLine is { } place ? $" at line {failure.LineNumber + 1}, byte {place + 1}" : string.Empty;
            throw LogsFailure.Damaged($"it is no JSON{at}; it begins", LogsText.Excerpt(utf8.Span));
        }
        catch (FormatException)
        {
            throw LogsFailure.Damaged("its error cannot be read; it begins", LogsText.Excerpt(utf8.Span));
        }
    }

    private static LogsAnswer ReadAnswer(ReadOnlyMemory<byte> utf8, string? requestId)
    {
        var reader = new Utf8JsonReader(utf8.Span, LogsRows.Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw LogsFailure.Damaged("it is no object; it begins", LogsText.Excerpt(utf8.Span));
        List<LogsTable>? tables = null;
        LogsFaults? faults = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("tables"u8))
                tables = ReadTables(ref reader, utf8);
            else if (reader.ValueTextEquals("error"u8))
                faults = ReadFaults(ref reader, utf8, requestId);
            else
                SkipValue(ref reader);
        }

        // Behind the object nothing may follow; reading on finds out.
        reader.Read();
        if (tables is null && faults is null)
            throw LogsFailure.Damaged("it has no tables; it begins", LogsText.Excerpt(utf8.Span));
        return new LogsAnswer(tables ?? [], faults);
    }

    private static LogsFaults? ReadFaults(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, string? requestId)
    {
        var value = ReadValue(ref reader, utf8);
        var node = ArmNode.Parse(value.ToArray());
        using var members = node.Members.GetEnumerator();
        return members.MoveNext() ? LogsFaults.Of(node, requestId) : null;
    }

    private static List<LogsTable>? ReadTables(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        reader.Read();

        // As good as none: the error that stands beside it says why.
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Damaged("its tables are no list", ref reader, utf8);
        var tables = new List<LogsTable>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            tables.Add(ReadTable(ref reader, utf8));
        return tables;
    }

    private static LogsTable ReadTable(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Damaged("a table is no object", ref reader, utf8);
        var name = string.Empty;
        List<LogsColumn>? columns = null;
        ReadOnlyMemory<byte> rows = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
                name = ReadText(ref reader) ?? string.Empty;
            else if (reader.ValueTextEquals("columns"u8))
                columns = ReadColumns(ref reader, utf8);
            else if (reader.ValueTextEquals("rows"u8))
                rows = ReadRows(ref reader, utf8);
            else
                SkipValue(ref reader);
        }

        if (columns is null && !rows.IsEmpty)
            throw Damaged($"table '{name}' has no columns", ref reader, utf8);
        return new LogsTable(name, columns ?? [], rows);
    }

    private static List<LogsColumn> ReadColumns(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        var columns = new List<LogsColumn>();
        Enter(ref reader, JsonTokenType.StartArray, "the columns of a table are no list", utf8);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Damaged("a column is no object", ref reader, utf8);
            string? name = null, type = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("name"u8))
                    name = ReadText(ref reader);
                else if (reader.ValueTextEquals("type"u8))
                    type = ReadText(ref reader);
                else
                    SkipValue(ref reader);
            }

            columns.Add(new LogsColumn(name ?? string.Empty, LogsColumn.TypeOf(type)));
        }

        return columns;
    }

    private static ReadOnlyMemory<byte> ReadRows(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        var rows = ReadValue(ref reader, utf8);
        return rows.Span[0] == (byte)'[' ? rows
            : rows.Span[0] == (byte)'n' ? default
            : throw LogsFailure.Damaged("the rows of a table are no list", LogsText.Excerpt(rows.Span));
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return LogsText.Of(ref reader);
        reader.Skip();
        return null;
    }

    private static ReadOnlyMemory<byte> ReadValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8.Slice(start, (int)reader.BytesConsumed - start);
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static void Enter(ref Utf8JsonReader reader, JsonTokenType token, string otherwise, ReadOnlyMemory<byte> utf8)
    {
        reader.Read();
        if (reader.TokenType != token)
            throw Damaged(otherwise, ref reader, utf8);
    }

    private static NsgFlowException Damaged(string what, ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8) =>
        LogsFailure.Damaged(what, LogsText.Excerpt(utf8.Span.Slice((int)reader.TokenStartIndex)));

    private static bool IsBlank(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return false;
        }

        return true;
    }
}
