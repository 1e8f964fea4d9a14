using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using NsgFlow.Unit.Parsing;

namespace NsgFlow.Unit.Measuring;

/// <summary>Writes a VNet flow log of version 4 as the NSG flow log of version 2 that would have had the same tuples.</summary>
internal static class NsgLogs
{
    public static byte[] OfVnetLog(byte[] vnet)
    {
        using var document = JsonDocument.Parse(vnet);
        var entries = document.RootElement.GetProperty("records").EnumerateArray().Select(OfEntry);
        return Encoding.UTF8.GetBytes("{\"records\":[" + string.Join(",", entries) + "]}");
    }

    private static string OfEntry(JsonElement entry)
    {
        var mac = entry.GetProperty("macAddress").GetString();
        var rules = from acl in entry.GetProperty("flowRecords").GetProperty("flows").EnumerateArray()
                    from rule in acl.GetProperty("flowGroups").EnumerateArray()
                    let tuples = rule.GetProperty("flowTuples").EnumerateArray().Select(t => "\"" + OfTuple(t.GetString()!) + "\"")
                    select $$$"""{"rule":"{{{rule.GetProperty("rule").GetString()}}}","flows":[{"mac":"{{{mac}}}","flowTuples":[{{{string.Join(",", tuples)}}}]}]}""";
        return $$$"""{"time":"{{{entry.GetProperty("time").GetString()}}}","macAddress":"{{{mac}}}","resourceId":"{{{Texts.NsgId}}}","properties":{"Version":2,"flows":[{{{string.Join(",", rules)}}}]}}""";
    }

    private static string OfTuple(string text)
    {
        var fields = text.Split(',');
        var state = fields[7];
        var protocol = fields[5] == "6" ? "T" : fields[5] == "17" ? "U" : fields[5];
        IEnumerable<string> counters = state is "B" or "D" ? ["", "", "", ""] : fields.Skip(9);
        return string.Join(
            ",",
            [fields[0].Substring(0, fields[0].Length - 3), .. fields.Skip(1).Take(4), protocol, fields[6], state == "D" ? "D" : "A", state == "D" ? "B" : state, .. counters]);
    }
}
