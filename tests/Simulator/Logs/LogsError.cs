using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>An error in Log Analytics' form: one in another, to any depth.</summary>
internal sealed record LogsError(string Code, string Message, LogsError? Inner = null)
{
    private KqlException? Query { get; init; }

    /// <summary>What is wrong with a query, as the service wraps it.</summary>
    public static LogsError OfQuery(KqlException failure) => BadArgument(failure.IsSyntax
        ? new LogsError("SyntaxError", "A recognition error occurred in the query.", new LogsError(failure.Code, failure.Message) { Query = failure })
        : new LogsError("SemanticError", "A semantic error occurred.", new LogsError(failure.Code, failure.Message)));

    public static LogsError BadArgument(LogsError inner) => new("BadArgumentError", "The request had some invalid properties", inner);

    public JsonObject ToJson(bool isOuter = false)
    {
        var error = new JsonObject { ["message"] = Message, ["code"] = Code };
        if (isOuter)
        {
            error["correlationId"] = Guid.NewGuid().ToString("D");
        }

        if (Query is { Line: > 0 } place)
        {
            // A syntax error says where it is in fields of their own, too.
            error["line"] = place.Line;
            error["pos"] = place.Position;
            error["token"] = place.Token;
        }

        if (Inner is not null)
        {
            error["innererror"] = Inner.ToJson();
        }

        return error;
    }

    /// <summary>The error beside rows: some may be missing, or the service only remarks something.</summary>
    public static JsonObject Partial(IEnumerable<(string Code, string Message, bool IsWarning)> failures)
    {
        var details = new JsonArray();
        foreach (var (code, message, isWarning) in failures)
        {
            details.Add(Json.Object(new
            {
                code = "EngineError",
                message = "Something went wrong processing your query on the server.",
                innererror = new { code, message, severity = isWarning ? 3 : 2, severityName = isWarning ? "Warning" : "Error" },
            }));
        }

        return new JsonObject
        {
            ["code"] = "PartialError",
            ["message"] = "There were some errors when processing your query.",
            ["details"] = details,
        };
    }
}
