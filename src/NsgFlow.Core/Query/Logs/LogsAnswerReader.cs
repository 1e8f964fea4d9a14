using System;
using System.Collections.Generic;
using System.Text.Json;
using NsgFlow.Arm;

namespace NsgFlow.Query;

/// <summary>
/// Walks an answer once: finds tables, columns, where the rows stand, and the error, in whatever order they come; and finds out that all of it is JSON.
/// </summary>
internal sealed class LogsAnswerReader
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly string? _requestId;

    private LogsAnswerReader(ReadOnlyMemory<byte> utf8, string? requestId)
    {
        _utf8 = utf8;
        _requestId = requestId;
    }

    public static LogsAnswer Read(ReadOnlyMemory<byte> utf8, string? requestId)
    {
        if (utf8.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            utf8 = utf8.Slice(3);
        if (IsBlank(utf8.Span))
            return new LogsAnswer([], null);
        try
        {
            return new LogsAnswerReader(utf8, requestId).ReadAnswer();
        }
        catch (JsonException failure)
        {
            var at = failure.BytePositionInLine is { } place ? $" at line {failure.LineNumber + 1}, byte {place + 1}" : string.Empty;
            throw LogsFailure.Damaged($"it is no JSON{at}; it begins", LogsText.Excerpt(utf8.Span), requestId);
        }
        catch (FormatException)
        {
            throw LogsFailure.Damaged("its error cannot be read; it begins", LogsText.Excerpt(utf8.Span), requestId);
        }
    }

    private LogsAnswer ReadAnswer()
    {
        var reader = new Utf8JsonReader(_utf8.Span, LogsRows.Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw LogsFailure.Damaged("it is no object; it begins", LogsText.Excerpt(_utf8.Span), _requestId);
        List<LogsTable>? tables = null;
        LogsFaults? faults = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("tables"u8))
                tables = ReadTables(ref reader);
            else if (reader.ValueTextEquals("error"u8))
                faults = ReadFaults(ref reader);
            else
                SkipValue(ref reader);
        }

        // Behind the object nothing may follow; reading on finds out.
        reader.Read();
        if (tables is null && faults is null)
            throw LogsFailure.Damaged("it has no tables; it begins", LogsText.Excerpt(_utf8.Span), _requestId);
        return new LogsAnswer(tables ?? [], faults);
    }

    private LogsFaults? ReadFaults(ref Utf8JsonReader reader)
    {
        var value = ReadValue(ref reader);
        var node = ArmNode.Parse(value.ToArray());
        using var members = node.Members.GetEnumerator();
        return members.MoveNext() ? LogsFaults.Of(node, _requestId) : null;
    }

    private List<LogsTable>? ReadTables(ref Utf8JsonReader reader)
    {
        reader.Read();

        // As good as none: the error that stands beside it says why.
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Damaged("its tables are no list", ref reader);
        var tables = new List<LogsTable>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            tables.Add(ReadTable(ref reader));
        return tables;
    }

    private LogsTable ReadTable(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Damaged("a table is no object", ref reader);
        var name = string.Empty;
        List<LogsColumn>? columns = null;
        ReadOnlyMemory<byte> rows = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
                name = ReadText(ref reader) ?? string.Empty;
            else if (reader.ValueTextEquals("columns"u8))
                columns = ReadColumns(ref reader);
            else if (reader.ValueTextEquals("rows"u8))
                rows = ReadRows(ref reader);
            else
                SkipValue(ref reader);
        }

        if (columns is null && !rows.IsEmpty)
            throw Damaged($"table '{name}' has no columns", ref reader);
        return new LogsTable(name, columns ?? [], rows, _requestId);
    }

    private List<LogsColumn> ReadColumns(ref Utf8JsonReader reader)
    {
        var columns = new List<LogsColumn>();
        Enter(ref reader, JsonTokenType.StartArray, "the columns of a table are no list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Damaged("a column is no object", ref reader);
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

    private ReadOnlyMemory<byte> ReadRows(ref Utf8JsonReader reader)
    {
        var rows = ReadValue(ref reader);
        return rows.Span[0] == (byte)'[' ? rows
            : rows.Span[0] == (byte)'n' ? default
            : throw LogsFailure.Damaged("the rows of a table are no list", LogsText.Excerpt(rows.Span), _requestId);
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return LogsText.Of(ref reader);
        reader.Skip();
        return null;
    }

    private ReadOnlyMemory<byte> ReadValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return _utf8.Slice(start, (int)reader.BytesConsumed - start);
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private void Enter(ref Utf8JsonReader reader, JsonTokenType token, string otherwise)
    {
        reader.Read();
        if (reader.TokenType != token)
            throw Damaged(otherwise, ref reader);
    }

    private NsgFlowException Damaged(string what, ref Utf8JsonReader reader) =>
        LogsFailure.Damaged(what, LogsText.Excerpt(_utf8.Span.Slice((int)reader.TokenStartIndex)), _requestId);

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
