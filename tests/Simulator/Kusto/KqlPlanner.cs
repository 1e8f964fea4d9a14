using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace NsgFlow.Simulator;

/// <summary>Makes plans of tables' expressions. This part: sources, and what <c>let</c> names.</summary>
internal sealed partial class KqlPlanner(KqlDatabase database, CancellationToken cancellation)
{
    private static readonly object?[] s_noRow = [];

    private readonly Dictionary<string, KqlScalar> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<KqlPlan>> _tables = new(StringComparer.Ordinal);

    /// <summary>The same for a whole query.</summary>
    public DateTime Now { get; } = database.Now ?? DateTime.UtcNow;

    /// <summary>What the service remarks though it answers: tables that fuzzy unions passed over.</summary>
    public HashSet<string> Warnings { get; } = [];

    public void Add(KqlLet let)
    {
        if (_values.ContainsKey(let.Name) || _tables.ContainsKey(let.Name))
        {
            throw new KqlException("SEM0079", $"Let with the same name '{let.Name}' was already used in current context.");
        }

        if (let.Value is KqlExpression.Name name && !_values.ContainsKey(name.Text) && HasTable(name.Text))
        {
            AddTable(let.Name, new KqlTabular.Name(name.Text));
        }
        else if (let.Value is { } value)
        {
            _values.Add(let.Name, new KqlScope(this, [], "let").Bind(value));
        }
        else
        {
            AddTable(let.Name, let.Table!);
        }
    }

    /// <summary>What a name of a let is worth; null when it is none.</summary>
    public KqlScalar? Value(string name) => _values.GetValueOrDefault(name);

    public bool HasTable(string name) => _tables.ContainsKey(name) || database.Tables.ContainsKey(name);

    public KqlPlan Plan(KqlTabular of, string? operation = null) => of switch
    {
        KqlTabular.Name name => Table(name.Text, operation),
        KqlTabular.DataTable table => DataTable(table),
        KqlTabular.Print print => Print(print),
        KqlTabular.Range range => Range(range),
        KqlTabular.Union union => Union(union),
        KqlTabular.Operator one => Operator(one, Plan(one.Input, one.Word)),
        _ => throw new InvalidOperationException(of.GetType().Name),
    };

    /// <summary>The first column of a table as one array, for <c>in</c>.</summary>
    public KqlScalar Column(KqlTabular of)
    {
        var plan = Plan(of);
        var values = new Lazy<object?[]>(() => [.. plan.Rows().Select(static row => row[0])]);
        return new KqlScalar(KqlType.Dynamic, _ => values.Value) { IsConstant = true };
    }

    /// <summary>The first value of a table, for <c>toscalar</c>.</summary>
    public KqlScalar First(KqlTabular of)
    {
        var plan = Plan(of);
        var value = new Lazy<object?>(() => plan.Rows().FirstOrDefault() is { } row ? row[0] : plan.Columns[0].Type.Nothing());
        return new KqlScalar(plan.Columns[0].Type, _ => value.Value) { IsConstant = true };
    }

    /// <summary>A table is made once, however often its name is used; and a missing one matters where it is used.</summary>
    private void AddTable(string name, KqlTabular of)
    {
        try
        {
            var plan = Plan(of);
            var rows = new Lazy<List<object?[]>>(() => [.. plan.Rows()]);
            _tables.Add(name, () => plan with { Rows = () => rows.Value });
        }
        catch (KqlException missing) when (missing.IsTableMissing)
        {
            _tables.Add(name, () => throw missing);
        }
    }

    private KqlPlan Table(string name, string? operation)
    {
        if (_tables.TryGetValue(name, out var made))
        {
            return made();
        }

        return database.Tables.TryGetValue(name, out var table)
            ? new KqlPlan(table.Columns, () => Each(table.Rows))
            : throw KqlException.NoTable(name, operation);
    }

    /// <summary>Every row on its way, as long as the query has not been cancelled.</summary>
    private IEnumerable<object?[]> Each(IEnumerable<object?[]> rows)
    {
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private KqlPlan DataTable(KqlTabular.DataTable of)
    {
        var scope = new KqlScope(this, [], "datatable");
        var width = of.Columns.Count;
        if (of.Values.Count % width != 0)
        {
            throw KqlException.Semantic("datatable: the number of values is not a multiple of the number of columns.");
        }

        object?[] values = [.. of.Values.Select((value, i) => Cell(of.Columns[i % width].Type, scope.Bind(value).Constant))];
        return new KqlPlan(of.Columns, () => Each(values.Chunk(width)));
    }

    /// <summary>A literal as a value of its column.</summary>
    private static object? Cell(KqlType type, object? value) => (type, value) switch
    {
        (_, null) => type.Nothing(),
        (KqlType.Int, long number) => checked((int)number),
        (KqlType.Long, int number) => (long)number,
        (KqlType.Real, int or long) => KqlValue.Real(value),
        (KqlType.DateTime, string text) => KqlLiterals.DateTime(text),
        (KqlType.Dynamic, _) => value,
        _ when KqlValue.Name(value) == type.Name() => value,
        _ => throw KqlException.Semantic($"datatable: {KqlValue.Text(value)} is no {type.Name()}."),
    };

    private KqlPlan Print(KqlTabular.Print print)
    {
        var scope = new KqlScope(this, [], "print");
        var names = new KqlNames();
        var values = print.Values.Select(value => scope.Bind(value.Of)).ToList();
        var columns = print.Values.Select((value, i) =>
            new KqlColumn(value.Name is null ? names.Found($"print_{i}") : names.Chosen(value.Name), values[i].Type)).ToList();
        return new KqlPlan(columns, () => [[.. values.Select(static value => value.Value(s_noRow))]]);
    }

    private KqlPlan Range(KqlTabular.Range range)
    {
        var scope = new KqlScope(this, [], "range");
        var from = scope.Bind(range.From);
        var to = scope.Bind(range.To);
        var step = scope.Bind(range.Step);
        var next = KqlArithmetic.Combine("+", new KqlScalar(from.Type, static row => row[0]), step);
        if (step.Constant is not { } size || KqlValue.Compare(size, size is TimeSpan ? TimeSpan.Zero : 0L) <= 0)
        {
            throw KqlException.Unknown("range with a step that is not positive");
        }

        return new KqlPlan([new KqlColumn(range.Column, next.Type)], () => Each(Steps()));

        IEnumerable<object?[]> Steps()
        {
            for (object?[] row = [from.Constant]; row[0] is { } at && to.Constant is { } last && KqlValue.Compare(at, last) <= 0; row = [next.Value(row)])
            {
                yield return row;
            }
        }
    }
}
