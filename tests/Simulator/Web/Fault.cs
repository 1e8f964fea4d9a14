using System;
using System.Collections.Generic;
using System.IO.Enumeration;

namespace NsgFlow.Simulator;

/// <summary>What goes wrong with the next requests of a kind.</summary>
public sealed class Fault
{
    /// <summary>The method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>The path, with <c>*</c> and <c>?</c>; compared without case.</summary>
    public string Path { get; init; } = "*";

    /// <summary>How many requests it meets before it is over.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many requests of that kind it lets pass first.</summary>
    public int After { get; init; }

    /// <summary>The status of the answer; 0 when only time is lost.</summary>
    public int Status { get; init; }

    public string Code { get; init; } = "InternalServerError";

    public string Message { get; init; } = "An error occurred.";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The whole body, when it is not Azure's envelope: a proxy's page, half a JSON text.</summary>
    public string? Body { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>Whether the connection is closed without an answer.</summary>
    public bool Cut { get; init; }

    /// <summary>How many requests it met.</summary>
    public int Met { get; internal set; }

    internal int Passed { get; set; }

    internal bool Fits(string method, string path) =>
        (Method is null || ResourceId.Same(Method, method)) && FileSystemName.MatchesSimpleExpression(Path, path);
}
