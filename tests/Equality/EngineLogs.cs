using System;
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using NsgFlow.Query;
using NsgFlow.Simulator;

namespace NsgFlow.EqualityTests;

/// <summary>A workspace that answers by the simulator's engine, through the wire's form.</summary>
internal sealed class EngineLogs(KqlDatabase database) : ILogs
{
    /// <summary>Whether it has not the memory to choose the first rows.</summary>
    public bool IsShortOfMemory { get; set; }

    /// <summary>Queries that were answered.</summary>
    public int Answers { get; private set; }

    public LogsAnswer Query(LogsRequest request, CancellationToken cancellation)
    {
        if (IsShortOfMemory && request.Query.Contains("| take", StringComparison.Ordinal))
        {
            throw new NsgFlowException("LogsLimitExceeded", "Low memory condition (E_LOW_MEMORY_CONDITION).", "Ask for less.");
        }

        Answers++;
        try
        {
            return LogsAnswer.Parse(Write(KqlEngine.Run(request.Query, database, cancellation)));
        }
        catch (KqlException error)
        {
            throw new InvalidOperationException($"{error.Code}: {error.Message}\n{request.Query}", error);
        }
    }

    private static ReadOnlyMemory<byte> Write(KqlTable table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("tables");
        json.WriteStartObject();
        json.WriteString("name", "PrimaryResult");
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type.Name());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartArray();
            for (var i = 0; i < row.Length; i++)
            {
                Write(json, row[i], table.Columns[i].Type);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, object? value, KqlType type)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else if (type is KqlType.Int or KqlType.Long || value is double number && double.IsFinite(number))
        {
            json.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
        }
        else if (value is bool flag)
        {
            json.WriteBooleanValue(flag);
        }
        else
        {
            json.WriteStringValue(type == KqlType.String ? (string)value : KqlJson.Text(value).Trim('"'));
        }
    }
}
