using System.IO;
using System.Text;
using System.Text.Json;
using NsgFlow.Arm;

namespace NsgFlow.Azure.Arm;

/// <summary>How Resource Graph is asked.</summary>
internal static class GraphRequest
{
    public const string Path = "/providers/Microsoft.ResourceGraph/resources";

    // The most that a page may have; without it there are 100.
    private const int PageSize = 1000;

    /// <summary>The body for one page.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="skipToken">Where the page before ended; null for the first.</param>
    public static string Body(GraphQuery query, string? skipToken)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            if (query.Subscriptions.Count > 0)
            {
                json.WriteStartArray("subscriptions");
                foreach (var subscription in query.Subscriptions)
                    json.WriteStringValue(subscription);
                json.WriteEndArray();
            }

            json.WriteString("query", query.Text);
            json.WriteStartObject("options");
            json.WriteNumber("$top", PageSize);
            if (skipToken is not null)
                json.WriteString("$skipToken", skipToken);
            json.WriteString("resultFormat", "objectArray");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
