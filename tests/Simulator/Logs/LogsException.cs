using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>An answer of the query service that says no.</summary>
internal sealed class LogsException(int status, LogsError error) : Exception(error.Message)
{
    public LogsException(int status, string code, string message)
        : this(status, new LogsError(code, message))
    {
    }

    public int Status { get; } = status;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public JsonObject ToJson() => new() { ["error"] = error.ToJson(isOuter: true) };

    public static LogsException BadArgument(string code, string message) => new(400, LogsError.BadArgument(new LogsError(code, message)));
}
