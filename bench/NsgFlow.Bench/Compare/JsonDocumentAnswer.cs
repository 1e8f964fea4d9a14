using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NsgFlow.Bench.Data;

namespace NsgFlow.Bench.Compare;

/// <summary>The program most people write in C#: JsonDocument, string.Split, a Dictionary. Reads only the fields it needs and checks nothing.</summary>
internal static class JsonDocumentAnswer
{
    public static Truth FromFile(string path)
    {
        var bytesBySource = new Dictionary<string, long>();
        long tuples = 0;
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        foreach (var record in document.RootElement.GetProperty("records").EnumerateArray())
        {
            foreach (var rule in record.GetProperty("properties").GetProperty("flows").EnumerateArray())
            {
                foreach (var flow in rule.GetProperty("flows").EnumerateArray())
                {
                    foreach (var tuple in flow.GetProperty("flowTuples").EnumerateArray())
                    {
                        var fields = tuple.GetString()!.Split(',');
                        bytesBySource.TryGetValue(fields[1], out var bytes);
                        bytesBySource[fields[1]] = bytes + Counter(fields[10]) + Counter(fields[12]);
                        tuples++;
                    }
                }
            }
        }

        return new Truth(tuples, 0, bytesBySource.Count, bytesBySource.Values.Sum(), bytesBySource.Values.Max());
    }

    private static long Counter(string text) => text.Length == 0 ? 0 : long.Parse(text, CultureInfo.InvariantCulture);
}
