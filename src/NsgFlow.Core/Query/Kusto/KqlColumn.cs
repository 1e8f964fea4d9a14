namespace NsgFlow.Query;

/// <summary>A column that a query makes: its name, and what of.</summary>
internal readonly struct KqlColumn
{
    public KqlColumn(string name, string expression)
    {
        Name = name;
        Expression = expression;
    }

    public string Name { get; }

    public string Expression { get; }

    /// <summary>As in <c>extend</c> and <c>project</c>.</summary>
    public override string ToString() => Name == Expression ? Name : Name + " = " + Expression;
}
