using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>An answer that says no.</summary>
internal sealed class ArmException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>More errors within the error. The network provider always has the list, ARM itself only when there is something in it.</summary>
    public IReadOnlyList<(string Code, string Message)>? Details { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The error in its envelope.</summary>
    public JsonObject ToJson() => new() { ["error"] = Error(Code, Message, Details) };

    public static JsonObject Error(string code, string message, IEnumerable<(string Code, string Message)>? details)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (details is null)
        {
            return error;
        }

        var list = new JsonArray();
        foreach (var detail in details)
        {
            list.Add(Json.Object(new { code = detail.Code, message = detail.Message }));
        }

        error["details"] = list;
        return error;
    }
}
