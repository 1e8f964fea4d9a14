namespace NsgFlow.Simulator;

/// <summary>A column of a table.</summary>
public sealed record KqlColumn(string Name, KqlType Type);
