using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Pages of a list, each with the link to the next.</summary>
internal static class Paging
{
    private const string Token = "$skiptoken";

    public static ArmResponse Page(ArmRequest request, IEnumerable<JsonObject> all, int size)
    {
        var items = all.ToArray();
        var offset = Offset(request.QueryValue(Token));
        if (int.TryParse(request.QueryValue("$top"), NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top > 0)
        {
            size = Math.Min(size, top);
        }

        var page = new JsonObject { ["value"] = Json.Array([.. items.Skip(offset).Take(size).Select(static i => i.DeepClone())]) };
        if (offset + size < items.Length)
        {
            page["nextLink"] = NextLink(request, offset + size);
        }

        return ArmResponse.Ok(page);
    }

    private static string NextLink(ArmRequest request, int offset)
    {
        var query = string.Concat(request.Query.Where(static q => q.Key != Token).Select(static q => $"{q.Key}={Uri.EscapeDataString(q.Value)}&"));
        var token = Convert.ToBase64String(Encoding.ASCII.GetBytes(offset.ToString(CultureInfo.InvariantCulture)));
        var path = Uri.EscapeDataString(request.Path).Replace("%2F", "/", StringComparison.Ordinal);
        return $"{request.Endpoint.AbsoluteUri.TrimEnd('/')}{path}?{query}{Token}={Uri.EscapeDataString(token)}";
    }

    private static int Offset(string? token)
    {
        if (token is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(token, bytes, out var count)
            && int.TryParse(bytes[..count], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw new ArmException(400, "InvalidSkipToken", "The provided skip token is invalid.");
    }
}
