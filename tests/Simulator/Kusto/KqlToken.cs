namespace NsgFlow.Simulator;

internal enum KqlTokenKind
{
    Word,

    /// <summary>A literal: its value and type are known.</summary>
    Literal,
    Sign,
    End,
}

/// <summary>A word, a literal or a sign of a query.</summary>
internal sealed record KqlToken(KqlTokenKind Kind, string Text, int Start, int Line, int Position, object? Value = null, KqlType Type = KqlType.String)
{
    public int End { get; init; }

    public bool Is(string text) => Kind is KqlTokenKind.Word or KqlTokenKind.Sign && Text == text;
}
