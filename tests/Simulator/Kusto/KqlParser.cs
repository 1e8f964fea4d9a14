using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>Makes a tree of a query's text. This part: statements, and where tables come from.</summary>
internal sealed partial class KqlParser
{
    private readonly IReadOnlyList<KqlToken> _tokens;
    private int _at;

    private KqlParser(string query) => _tokens = KqlLexer.Read(query);

    private KqlToken Current => Ahead(0);

    private KqlToken Following => Ahead(1);

    public static KqlQuery Parse(string query)
    {
        var parser = new KqlParser(query);
        var lets = new List<KqlLet>();
        while (parser.Current.Is("let"))
        {
            lets.Add(parser.Let());
            parser.Expect(";");
        }

        if (parser.Current.Text is "set" or "declare" or "alias" or "pattern" or "restrict" && parser.Following.Kind == KqlTokenKind.Word)
        {
            throw KqlException.Unknown($"the statement '{parser.Current.Text}'");
        }

        var result = parser.Tabular();
        parser.Take(";");
        return parser.Current.Kind == KqlTokenKind.End ? new KqlQuery(lets, result) : throw KqlException.Syntax(parser.Current);
    }

    private KqlLet Let()
    {
        _at++;
        var name = Identifier();
        Expect("=");
        if (Current.Is("(") && Following.Kind == KqlTokenKind.Word && Ahead(2).Is(":"))
        {
            throw KqlException.Unknown("functions made with let");
        }

        var of = ValueOrTable();
        return of is KqlExpression.Table table ? new KqlLet(name, null, table.Of) : new KqlLet(name, of, null);
    }

    /// <summary>What may be a value or a table: text that is no whole expression is tried as a table.</summary>
    private KqlExpression ValueOrTable()
    {
        if (StartsTable())
        {
            return new KqlExpression.Table(Tabular());
        }

        var start = _at;
        try
        {
            var value = Expression();
            if (!Current.Is("|"))
            {
                return value;
            }
        }
        catch (KqlException asValue) when (asValue.IsSyntax)
        {
            var end = _at;
            _at = start;
            try
            {
                return new KqlExpression.Table(Tabular());
            }
            catch (KqlException) when (_at <= end)
            {
                throw asValue;
            }
        }

        _at = start;
        return new KqlExpression.Table(Tabular());
    }

    private bool StartsTable() => Current.Kind == KqlTokenKind.Word && Current.Text switch
    {
        "datatable" or "materialize" => Following.Is("("),
        "print" or "union" => Following.Kind != KqlTokenKind.Sign || Following.Text is "(" or "-",
        "range" => Following.Kind == KqlTokenKind.Word,
        _ => false,
    };

    private KqlTabular Tabular()
    {
        var table = Source();
        while (Take("|"))
        {
            table = Operator(table);
        }

        return table;
    }

    private KqlTabular Source()
    {
        if (Take("("))
        {
            var inner = Tabular();
            Expect(")");
            return inner;
        }

        if (!StartsTable())
        {
            var name = new KqlTabular.Name(Identifier());
            return Current.Is("(") ? throw KqlException.Unknown($"the tabular function '{name.Text}'") : name;
        }

        var word = Current.Text;
        _at++;
        return word switch
        {
            "datatable" => DataTable(),
            "print" => new KqlTabular.Print(List(Named)),
            "union" => Union(null),
            "range" => Range(),
            _ => Materialize(),
        };
    }

    /// <summary>Answers do not depend on it: every table of a let is made once.</summary>
    private KqlTabular Materialize()
    {
        Expect("(");
        var inner = Tabular();
        Expect(")");
        return inner;
    }

    private KqlTabular.DataTable DataTable()
    {
        Expect("(");
        var columns = List(() =>
        {
            var name = Identifier();
            Expect(":");
            return new KqlColumn(name, TypeName());
        });
        Expect(")");
        Expect("[");
        var values = new List<KqlExpression>();
        while (!Take("]"))
        {
            values.Add(Expression());
            if (!Current.Is("]"))
            {
                Expect(",");
            }
        }

        return new KqlTabular.DataTable(columns, values);
    }

    private KqlTabular.Range Range()
    {
        var column = Identifier();
        ExpectWord("from");
        var from = Expression();
        ExpectWord("to");
        var to = Expression();
        ExpectWord("step");
        return new KqlTabular.Range(column, from, to, Expression());
    }

    private KqlTabular.Union Union(KqlTabular? first)
    {
        var isFuzzy = false;
        string? source = null;
        while (Current.Kind == KqlTokenKind.Word && Following.Is("="))
        {
            var option = Identifier();
            _at++;
            switch (option)
            {
                case "isfuzzy":
                    isFuzzy = Identifier() switch { "true" => true, "false" => false, _ => throw KqlException.Syntax(_tokens[_at - 1]) };
                    break;
                case "kind":
                    // The documentation and Microsoft's analyser do not agree on the columns of an inner one.
                    if (Identifier() != "outer")
                    {
                        throw KqlException.Unknown("a union that is not outer");
                    }

                    break;
                case "withsource":
                    source = Identifier();
                    break;
                default:
                    throw KqlException.Syntax(_tokens[_at - 2]);
            }
        }

        var legs = List(Source);
        if (Current.Is("*"))
        {
            throw KqlException.Unknown("wildcards for tables");
        }

        return new KqlTabular.Union(first is null ? legs : [first, .. legs], isFuzzy, source);
    }

    private List<T> List<T>(Func<T> one)
    {
        var list = new List<T> { one() };
        while (Take(","))
        {
            list.Add(one());
        }

        return list;
    }

    private bool Take(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _at++;
        return true;
    }

    private KqlToken Ahead(int count) => _tokens[Math.Min(_at + count, _tokens.Count - 1)];

    private KqlToken Advance()
    {
        var token = Current;
        _at++;
        return token;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
        {
            throw KqlException.Syntax(Current);
        }
    }

    private void ExpectWord(string word) => Expect(word);

    /// <summary>A name, or ['a name'].</summary>
    private string Identifier()
    {
        if (Current.Is("[") && Following is { Kind: KqlTokenKind.Literal, Type: KqlType.String })
        {
            var text = (string)Following.Value!;
            _at += 2;
            Expect("]");
            return text;
        }

        if (Current.Kind != KqlTokenKind.Word || Current.Text[0] == '$')
        {
            throw KqlException.Syntax(Current);
        }

        return Advance().Text;
    }

    private KqlType TypeName()
    {
        var name = Identifier();
        return KqlTypes.TryParse(name, out var type) ? type : throw (name == "decimal" ? KqlException.Unknown("the type decimal") : KqlException.Syntax(_tokens[_at - 1]));
    }
}
