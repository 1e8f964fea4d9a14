using System;

namespace NsgFlow.Simulator;

/// <summary>A query that the service does not take, or that the simulator does not know.</summary>
public sealed class KqlException : Exception
{
    /// <summary><see cref="Code"/> of what the service would answer and the simulator cannot.</summary>
    public const string NotSimulated = "NotSimulated";

    public KqlException(string code, string message, int line = 0, int position = 0, string? token = null)
        : base(message) => (Code, Line, Position, Token) = (code, line, position, token);

    /// <summary>For example <c>SYN0002</c>, <c>SEM0100</c>.</summary>
    public string Code { get; }

    /// <summary>From 1; 0 when the message is about no place.</summary>
    public int Line { get; }

    /// <summary>From 0.</summary>
    public int Position { get; }

    public string? Token { get; }

    public bool IsSyntax => Code.StartsWith("SYN", StringComparison.Ordinal);

    internal static KqlException Syntax(KqlToken at) =>
        new("SYN0002", $"Query could not be parsed at '{at.Text}' on line [{at.Line},{at.Position}]", at.Line, at.Position, at.Text);

    /// <summary>Whether it is about a table that is not there, which a fuzzy union passes over.</summary>
    internal bool IsTableMissing { get; private init; }

    internal static KqlException NoColumn(string name, string? operation) => Unresolved("column or scalar", name, operation, isTable: false);

    internal static KqlException NoTable(string name, string? operation) => Unresolved("table or column", name, operation, isTable: true);

    internal static KqlException UnknownFunction(string name) => new("SEM0260", $"Unknown function: '{name}'.");

    /// <summary>What the service refuses with a code and words that are not documented.</summary>
    internal static KqlException Semantic(string message) => new("SEM0000", message);

    internal static KqlException Unknown(string what) => new(NotSimulated, $"The simulator does not know {what}.");

    private static KqlException Unresolved(string what, string name, string? operation, bool isTable) => new(
        "SEM0100",
        (operation is null ? string.Empty : $"'{operation}' operator: ") + $"Failed to resolve {what} expression named '{name}'") { IsTableMissing = isTable };
}
