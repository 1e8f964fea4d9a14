using System;
using System.Globalization;
using System.Text.Json;

namespace NsgFlow.Query;

/// <summary>
/// Reads one value of a row as its column's type. Numbers may come as texts (JavaScript cannot hold every long), NaN and the infinities come as
/// texts only, and dynamic comes as text or as JSON.
/// </summary>
internal static class LogsValue
{
    /// <summary>The value under the reader, which is then at its last token.</summary>
    /// <param name="reader">Before the value.</param>
    /// <param name="column">What it should be.</param>
    /// <param name="around">The answer from the row on.</param>
    /// <param name="requestId">The service's id of the request, for errors.</param>
    /// <exception cref="NsgFlowException"><c>LogsRequestFailed</c>: it is not of that type.</exception>
    public static object? Read(ref Utf8JsonReader reader, LogsColumn column, ReadOnlySpan<byte> around, string? requestId)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (column.Type is LogsType.Dynamic or LogsType.String or LogsType.Other)
            return Text(ref reader, around);
        var value = reader.TokenType == JsonTokenType.String ? FromText(ref reader, column.Type) : FromJson(ref reader, column.Type);
        if (value is DBNull)
            return null;
        return value ?? throw LogsFailure.Damaged($"a value of column '{column.Name}' is no {column.Type}", Text(ref reader, around), requestId);
    }

    /// <summary>The value; DBNull for an empty text, which says null in types that are not text's; null when it is not of the type.</summary>
    private static object? FromText(ref Utf8JsonReader reader, LogsType type)
    {
        if (type == LogsType.DateTime)
            return Time(ref reader);
        var text = LogsText.Of(ref reader).Trim();
        return type switch
        {
            _ when text.Length == 0 => DBNull.Value,
            LogsType.Bool => bool.TryParse(text, out var flag) ? flag : text is "1" ? true : text is "0" ? false : null,
            LogsType.Guid => Guid.TryParse(text, out var guid) ? guid : null,
            LogsType.Int => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            LogsType.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            LogsType.Real => Real(text),
            LogsType.TimeSpan => text.IndexOf(':') > 0 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null,
            LogsType.Decimal => Exact(text),
            _ => null,
        };
    }

    private static object? FromJson(ref Utf8JsonReader reader, LogsType type)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return type == LogsType.Bool ? reader.TokenType == JsonTokenType.True : null;
        if (reader.TokenType != JsonTokenType.Number)
            return null;
        return type switch
        {
            LogsType.Bool => reader.TryGetInt64(out var number) && number is 0 or 1 ? number == 1 : null,
            LogsType.Int => reader.TryGetInt32(out var number) ? number : null,
            LogsType.Long => reader.TryGetInt64(out var number) ? number
                : reader.TryGetDecimal(out var exact) && exact is >= long.MinValue and <= long.MaxValue && decimal.Truncate(exact) == exact ? (long)exact : null,
            LogsType.Real => reader.TryGetDouble(out var real) ? real : null,
            LogsType.Decimal => Exact(LogsText.Utf8(reader.ValueSpan)),
            _ => null,
        };
    }

    private static object? Time(ref Utf8JsonReader reader)
    {
        if (!reader.TryGetDateTime(out var time))
            return reader.ValueSpan.IsEmpty ? DBNull.Value : null;
        return time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
    }

    private static object? Real(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" or "+Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null,
    };

    // The service has 34 digits, .NET 28: what is too large for it is at least not lost.
    private static object? Exact(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
            return exact;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text : null;
    }

    private static string Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> around)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return LogsText.Of(ref reader);
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.TrySkip();
                return LogsText.Utf8(around.Slice(start, (int)reader.BytesConsumed - start));
            default:
                return LogsText.Utf8(reader.ValueSpan);
        }
    }
}
