using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>A scalar expression as written.</summary>
internal abstract record KqlExpression
{
    public sealed record Literal(object? Value, KqlType Type) : KqlExpression;

    public sealed record Name(string Text) : KqlExpression;

    /// <summary><c>$left</c> or <c>$right</c>, of a join's condition.</summary>
    public sealed record Side(bool IsLeft, string Column) : KqlExpression;

    public sealed record Member(KqlExpression Of, KqlExpression Key) : KqlExpression;

    public sealed record Call(string Function, IReadOnlyList<KqlExpression> Arguments) : KqlExpression;

    public sealed record Minus(KqlExpression Of) : KqlExpression;

    public sealed record Binary(string Operator, KqlExpression Left, KqlExpression Right) : KqlExpression;

    /// <summary>in, has_any and their like.</summary>
    public sealed record In(string Operator, KqlExpression Left, IReadOnlyList<KqlExpression> Items) : KqlExpression;

    public sealed record Between(KqlExpression Of, KqlExpression Low, KqlExpression High, bool IsNot) : KqlExpression;

    public sealed record TypeOf(KqlType Type) : KqlExpression;

    /// <summary><c>*</c>, all columns.</summary>
    public sealed record Star : KqlExpression;

    /// <summary>A table where a value or a list may stand.</summary>
    public sealed record Table(KqlTabular Of) : KqlExpression;
}

/// <summary>An expression that has a name of its own or not.</summary>
internal sealed record KqlNamed(string? Name, KqlExpression Of);

internal sealed record KqlOrder(KqlExpression Of, bool IsAscending, bool AreNullsFirst);

internal sealed record KqlExpansion(string? Name, KqlExpression Of, KqlType? Type);

/// <summary>A table's expression as written: a source, or an operator and what comes before it.</summary>
internal abstract record KqlTabular
{
    public sealed record Name(string Text) : KqlTabular;

    public sealed record DataTable(IReadOnlyList<KqlColumn> Columns, IReadOnlyList<KqlExpression> Values) : KqlTabular;

    public sealed record Print(IReadOnlyList<KqlNamed> Values) : KqlTabular;

    public sealed record Range(string Column, KqlExpression From, KqlExpression To, KqlExpression Step) : KqlTabular;

    public sealed record Union(IReadOnlyList<KqlTabular> Legs, bool IsFuzzy, string? SourceColumn) : KqlTabular;

    public abstract record Operator(KqlTabular Input) : KqlTabular
    {
        public abstract string Word { get; }
    }

    public sealed record Where(KqlTabular Input, KqlExpression Predicate) : Operator(Input)
    {
        public override string Word => "where";
    }

    public sealed record Extend(KqlTabular Input, IReadOnlyList<KqlNamed> Columns) : Operator(Input)
    {
        public override string Word => "extend";
    }

    public sealed record Project(KqlTabular Input, IReadOnlyList<KqlNamed> Columns) : Operator(Input)
    {
        public override string Word => "project";
    }

    /// <param name="Patterns">Names; * stands for anything.</param>
    public sealed record ProjectAway(KqlTabular Input, IReadOnlyList<string> Patterns, bool IsKeep) : Operator(Input)
    {
        public override string Word => IsKeep ? "project-keep" : "project-away";
    }

    public sealed record ProjectRename(KqlTabular Input, IReadOnlyList<(string New, string Old)> Names) : Operator(Input)
    {
        public override string Word => "project-rename";
    }

    public sealed record Summarize(KqlTabular Input, IReadOnlyList<KqlNamed> Aggregates, IReadOnlyList<KqlNamed> By) : Operator(Input)
    {
        public override string Word => "summarize";
    }

    public sealed record Distinct(KqlTabular Input, IReadOnlyList<KqlNamed> By) : Operator(Input)
    {
        public override string Word => "distinct";
    }

    public sealed record Sort(KqlTabular Input, IReadOnlyList<KqlOrder> By) : Operator(Input)
    {
        public override string Word => "sort";
    }

    public sealed record Take(KqlTabular Input, KqlExpression Most) : Operator(Input)
    {
        public override string Word => "take";
    }

    public sealed record Count(KqlTabular Input) : Operator(Input)
    {
        public override string Word => "count";
    }

    public sealed record Expand(KqlTabular Input, IReadOnlyList<KqlExpansion> Columns, string? IndexColumn, KqlExpression? Limit) : Operator(Input)
    {
        public override string Word => "mv-expand";
    }

    public sealed record Join(KqlTabular Input, string Kind, KqlTabular Right, IReadOnlyList<KqlExpression> On) : Operator(Input)
    {
        public override string Word => "join";
    }
}

/// <summary><c>let</c>: a value or a table.</summary>
internal sealed record KqlLet(string Name, KqlExpression? Value, KqlTabular? Table);

/// <summary>A whole query.</summary>
internal sealed record KqlQuery(IReadOnlyList<KqlLet> Lets, KqlTabular Result);
