namespace NsgFlow.Simulator;

internal enum GraphTokenKind
{
    Word,
    Text,
    Number,
    Sign,
    End,
}

/// <summary>A word, a text, a number or a sign of a query.</summary>
internal readonly record struct GraphToken(GraphTokenKind Kind, string Value, int At)
{
    public bool Is(string sign) => Kind is GraphTokenKind.Sign or GraphTokenKind.Word && Value == sign;
}
