using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NsgFlow.Query;

namespace NsgFlow.Azure.Logs;

/// <summary>What is posted.</summary>
internal static class LogsBody
{
    /// <summary>The JSON.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="now">The clock, for a time that has no end.</param>
    public static byte[] Of(LogsRequest request, DateTimeOffset now)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();

            // By way of UTF-8, which replaces half a character; the writer would throw.
            json.WriteString("query", Encoding.UTF8.GetBytes(request.Query));
            if (Timespan(request, now) is { } timespan)
                json.WriteString("timespan", timespan);
            if (request.Workspaces.Count > 1)
            {
                json.WriteStartArray("workspaces");
                foreach (var workspace in request.Workspaces.Skip(1))
                    json.WriteStringValue(workspace);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    // The service wants both ends. Clocks differ, so the future is included. Whether a row of the very end is in the service's interval is documented
    // nowhere; ending it a tick, the service's smallest unit, earlier makes no difference but that one.
    private static string? Timespan(LogsRequest request, DateTimeOffset now) => request.Start is null && request.End is null
        ? null
        : Text(request.Start ?? new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)) + "/" + Text(new DateTime(Math.Max(1, (request.End ?? now.UtcDateTime.AddDays(1)).Ticks) - 1, DateTimeKind.Utc));

    private static string Text(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
