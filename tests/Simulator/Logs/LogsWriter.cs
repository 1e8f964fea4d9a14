using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Writes a result as the service does, up to its limits.</summary>
internal sealed class LogsWriter(LogsOptions options)
{
    private const string TooLarge = "-2133196797";
    private const string Unresolved = "-2133196790";

    private readonly List<(string Code, string Message, bool IsWarning)> _failures = [];

    public byte[] Write(KqlTable table, LogsQuery query, TimeSpan time, (string Code, string Message)? failure)
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
        var size = WriteRows(json, table);
        json.WriteEndObject();
        json.WriteEndArray();
        if (query.WantsRender)
        {
            json.WritePropertyName("render");
            (query.Render?.ToJson() ?? []).WriteTo(json);
        }

        if (query.WantsStatistics)
        {
            json.WritePropertyName("statistics");
            Statistics(table, size, time).WriteTo(json);
        }

        if (failure is { } other)
        {
            _failures.Add((other.Code, other.Message, false));
        }

        _failures.AddRange(table.Warnings.Select(static remark => (Unresolved, remark, true)));

        if (_failures.Count > 0)
        {
            json.WritePropertyName("error");
            LogsError.Partial(_failures).WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private long WriteRows(Utf8JsonWriter json, KqlTable table)
    {
        var start = json.BytesCommitted + json.BytesPending;
        var rows = 0;
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            if (rows == options.MostRows)
            {
                Cut(string.Create(CultureInfo.InvariantCulture, $"{options.MostRows} records"));
                break;
            }

            if (json.BytesCommitted + json.BytesPending - start >= options.MostBytes)
            {
                Cut(string.Create(CultureInfo.InvariantCulture, $"{options.MostBytes} bytes"));
                break;
            }

            json.WriteStartArray();
            for (var i = 0; i < row.Length; i++)
            {
                Write(json, row[i], table.Columns[i].Type);
            }

            json.WriteEndArray();
            rows++;
        }

        json.WriteEndArray();
        return json.BytesCommitted + json.BytesPending - start;
    }

    private void Cut(string limit) => _failures.Add((
        TooLarge,
        $"The results of this query exceed the set limit of {limit}, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003, "
            + "see https://aka.ms/kustoquerylimits for more information and possible solutions).",
        false));

    private void Write(Utf8JsonWriter json, object? value, KqlType type)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case not null when type == KqlType.Dynamic:
                json.WriteStringValue(KqlJson.Text(value));
                break;
            case int or long when type == KqlType.Long && options.LongsAsText:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Text(value));
                break;
        }
    }

    private static string Text(object value) => value switch
    {
        string text => text,
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        double number => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",
        _ => throw new InvalidOperationException($"The engine gave a {value.GetType()}."),
    };

    private static JsonObject Statistics(KqlTable table, long size, TimeSpan time) => Json.Object(new
    {
        query = new
        {
            executionTime = time.TotalSeconds,
            resourceUsage = new
            {
                cache = new { memory = new { hits = 1, misses = 0, total = 1 }, disk = new { hits = 0, misses = 0, total = 0 } },
                cpu = new { user = time.ToString("c"), kernel = "00:00:00", totalCpu = time.ToString("c") },
                memory = new { peakPerNode = size },
            },
            inputDatasetStatistics = new { extents = new { total = 1, scanned = 1 }, rows = new { total = table.Rows.Count, scanned = table.Rows.Count } },
            datasetStatistics = new[] { new { tableRowCount = table.Rows.Count, tableSize = size } },
        },
    });
}
