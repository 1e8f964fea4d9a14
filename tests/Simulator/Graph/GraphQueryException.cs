using System;

namespace NsgFlow.Simulator;

/// <summary>A query that Resource Graph does not take, or that the simulator does not know.</summary>
internal sealed class GraphQueryException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public static GraphQueryException Parse(string message, int at) => new("ParserFailure", $"{message} at position {at}.");
}
