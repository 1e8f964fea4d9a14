using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Reads the part of Resource Graph's language that NsgFlow uses. Anything else is refused, so that no query is answered wrongly.</summary>
internal sealed class GraphParser(string query)
{
    private static readonly string[] s_columns =
    [
        "id", "name", "type", "tenantId", "kind", "location", "resourceGroup", "subscriptionId", "managedBy", "sku", "plan", "properties",
        "tags", "identity", "zones", "extendedLocation",
    ];

    private static readonly string[] s_comparisons = ["=~", "!~", "==", "!=", "contains", "startswith", "endswith", "has"];

    private readonly IReadOnlyList<GraphToken> _tokens = GraphLexer.Read(query);
    private HashSet<string> _known = new(s_columns, StringComparer.Ordinal);
    private string _operator = "where";
    private int _at;

    private GraphToken Token => _tokens[_at];

    public GraphQuery Parse()
    {
        var table = "resources";
        if (Token.Kind == GraphTokenKind.Word && (_tokens[_at + 1].Is("|") || _tokens[_at + 1].Kind == GraphTokenKind.End))
        {
            var name = Next();
            table = name.Value.ToLowerInvariant();
            if (table is not ("resources" or "resourcecontainers"))
            {
                throw new GraphQueryException("DisallowedLogicalTableName", $"Table {name.Value} is invalid, unsupported or disallowed.");
            }
        }

        var steps = new List<Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>>>();
        while (Token.Kind != GraphTokenKind.End)
        {
            if (_at > 0)
            {
                Expect("|");
            }

            steps.Add(Operator());
        }

        return new GraphQuery(table, steps, _known.Contains("id"));
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Operator()
    {
        var name = Next();
        _operator = name.Value;
        switch (name.Value)
        {
            case "where":
                var condition = Or();
                return rows => rows.Where(condition.IsTrue);
            case "project":
                return Project(keepsOthers: false);
            case "extend":
                return Project(keepsOthers: true);
            case "order" or "sort":
                Expect("by");
                return Order();
            case "limit" or "take":
                var count = Number();
                return rows => rows.Take(count);
            case "count":
                _known = ["Count"];
                return static rows => [new JsonObject { ["Count"] = rows.Count() }];
            default:
                throw GraphQueryException.Parse($"The simulator does not know the operator '{name.Value}'", name.At);
        }
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Project(bool keepsOthers)
    {
        var columns = new List<(string Name, GraphExpression Value)>();
        do
        {
            string? alias = null;
            if (Token.Kind == GraphTokenKind.Word && _tokens[_at + 1].Is("="))
            {
                alias = Next().Value;
                _at++;
            }

            var value = Or();
            columns.Add((alias ?? value.Name ?? "Column" + (columns.Count + 1).ToString(CultureInfo.InvariantCulture), value));
        }
        while (Skip(","));
        _known = new HashSet<string>(columns.Select(static c => c.Name).Concat(keepsOthers ? _known : []), StringComparer.Ordinal);
        return rows => rows.Select(row =>
        {
            var made = keepsOthers ? row.Copy() : [];
            foreach (var (name, value) in columns)
            {
                made[name] = value.Evaluate(row)?.DeepClone();
            }

            return made;
        });
    }

    private Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> Order()
    {
        var keys = new List<(GraphExpression Key, bool IsAscending)>();
        do
        {
            var key = Operand();
            var isAscending = Skip("asc");
            _ = isAscending || Skip("desc");
            keys.Add((key, isAscending));
        }
        while (Skip(","));
        return rows => rows.Order(Comparer<JsonObject>.Create((a, b) => keys
            .Select(k => GraphExpression.Compare(k.Key.Evaluate(a), k.Key.Evaluate(b)) * (k.IsAscending ? 1 : -1))
            .FirstOrDefault(static difference => difference != 0)));
    }

    private GraphExpression Or()
    {
        var left = And();
        while (Skip("or"))
        {
            var (a, b) = (left, And());
            left = GraphExpression.Condition(row => a.IsTrue(row) || b.IsTrue(row));
        }

        return left;
    }

    private GraphExpression And()
    {
        var left = Comparison();
        while (Skip("and"))
        {
            var (a, b) = (left, Comparison());
            left = GraphExpression.Condition(row => a.IsTrue(row) && b.IsTrue(row));
        }

        return left;
    }

    private GraphExpression Comparison()
    {
        var left = Operand();
        var isNot = Token.Is("!") && _tokens[_at + 1].Kind == GraphTokenKind.Word;
        _at += isNot ? 1 : 0;
        if (Token.Is("in") || Token.Is("in~"))
        {
            var compare = GraphExpression.Comparison(Next().Value == "in" ? "==" : "=~");
            var values = Values();
            return GraphExpression.Condition(row => values.Any(v => compare(left.Text(row), v.Text(row))) != isNot);
        }

        if (s_comparisons.Any(Token.Is))
        {
            var compare = GraphExpression.Comparison(Next().Value);
            var right = Operand();
            return GraphExpression.Condition(row => compare(left.Text(row), right.Text(row)) != isNot);
        }

        return isNot ? throw GraphQueryException.Parse("Unexpected '!'", Token.At) : left;
    }

    private List<GraphExpression> Values()
    {
        Expect("(");
        var values = new List<GraphExpression>();
        do
        {
            values.Add(Operand());
        }
        while (Skip(","));
        Expect(")");
        return values;
    }

    private GraphExpression Operand()
    {
        var token = Next();
        switch (token.Kind)
        {
            case GraphTokenKind.Text:
                return GraphExpression.Constant(token.Value);
            case GraphTokenKind.Number:
                return GraphExpression.Constant(int.Parse(token.Value, CultureInfo.InvariantCulture));
            case GraphTokenKind.Sign when token.Is("("):
                var inner = Or();
                Expect(")");
                return inner;
            case GraphTokenKind.Word when token.Value is "true" or "false":
                return GraphExpression.Constant(token.Value == "true");
            case GraphTokenKind.Word when Skip("("):
                var argument = Or();
                Expect(")");
                return GraphExpression.Function(token.Value, argument, token.At);
            case GraphTokenKind.Word:
                return Column(token);
            default:
                throw GraphQueryException.Parse($"Unexpected '{token.Value}'", token.At);
        }
    }

    private GraphExpression Column(GraphToken column)
    {
        if (!_known.Contains(column.Value))
        {
            throw new GraphQueryException("Default", $"'{_operator}' operator: Failed to resolve column or scalar expression named '{column.Value}'");
        }

        var steps = new List<string>();
        while (true)
        {
            if (Skip("."))
            {
                steps.Add(Next().Value);
            }
            else if (Skip("["))
            {
                steps.Add(Next().Value);
                Expect("]");
            }
            else
            {
                return GraphExpression.Path(column.Value, steps);
            }
        }
    }

    private int Number()
    {
        var token = Next();
        return token.Kind == GraphTokenKind.Number
            ? int.Parse(token.Value, CultureInfo.InvariantCulture)
            : throw GraphQueryException.Parse($"Unexpected '{token.Value}'", token.At);
    }

    private GraphToken Next() =>
        Token.Kind == GraphTokenKind.End ? throw GraphQueryException.Parse("The query ends too early", Token.At) : _tokens[_at++];

    private bool Skip(string sign)
    {
        if (!Token.Is(sign))
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!Skip(sign))
        {
            throw GraphQueryException.Parse($"Expected '{sign}', found '{Token.Value}'", Token.At);
        }
    }
}
