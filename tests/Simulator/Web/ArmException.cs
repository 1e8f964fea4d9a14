using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>An answer that says no.</summary>
internal sealed class ArmException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>More errors within the error.</summary>
    public IReadOnlyList<(string Code, string Message)> Details { get; init; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The envelope. The network provider's errors always have details, ARM's own only when there are any.</summary>
    public JsonObject ToJson() => new() { ["error"] = Error(Code, Message, Details) };

    public static JsonObject Error(string code, string message, IEnumerable<(string Code, string Message)> details)
    {
        var list = new JsonArray();
        foreach (var detail in details)
        {
            list.Add(Json.Object(new { code = detail.Code, message = detail.Message }));
        }

        return new JsonObject { ["code"] = code, ["message"] = message, ["details"] = list };
    }
}
