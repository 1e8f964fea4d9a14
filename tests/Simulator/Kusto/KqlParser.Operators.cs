using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <content>What stands behind a bar.</content>
internal sealed partial class KqlParser
{
    private KqlTabular Operator(KqlTabular input)
    {
        var start = Current;
        var word = OperatorWord();
        switch (word)
        {
            case "where" or "filter":
                return new KqlTabular.Where(input, Expression());
            case "extend":
                return new KqlTabular.Extend(input, List(Named));
            case "project":
                return new KqlTabular.Project(input, List(Named));
            case "project-away" or "project-keep":
                return new KqlTabular.ProjectAway(input, List(Pattern), word == "project-keep");
            case "project-rename":
                return new KqlTabular.ProjectRename(input, List(Renaming));
            case "summarize":
                return Summarize(input);
            case "distinct":
                return new KqlTabular.Distinct(input, Current.Is("*") ? Star() : List(Named));
            case "order" or "sort":
                ExpectWord("by");
                return new KqlTabular.Sort(input, List(Order));
            case "top":
                return Top(input);
            case "take" or "limit":
                return new KqlTabular.Take(input, Expression());
            case "count":
                return new KqlTabular.Count(input);
            case "mv-expand" or "mvexpand":
                return Expand(input, word);
            case "join":
                return Join(input);
            case "union":
                return Union(input);
            case "as" or "consume" or "evaluate" or "facet" or "find" or "fork" or "getschema" or "invoke" or "lookup" or "make-series" or "mv-apply" or "parse"
                or "parse-where" or "parse-kv" or "partition" or "project-reorder" or "reduce" or "render" or "sample" or "sample-distinct" or "scan" or "search"
                or "serialize" or "top-hitters" or "top-nested":
                throw KqlException.Unknown($"the operator '{word}'");
            default:
                throw KqlException.Syntax(start);
        }
    }

    private string OperatorWord()
    {
        var word = Identifier();
        while (Current.Is("-") && Following.Kind == KqlTokenKind.Word && Current.Start == _tokens[_at - 1].End && Following.Start == Current.End)
        {
            word += "-" + Following.Text;
            _at += 2;
        }

        return word;
    }

    private List<KqlNamed> Star()
    {
        _at++;
        return [new KqlNamed(null, new KqlExpression.Star())];
    }

    private KqlNamed Named()
    {
        string? name = null;
        if ((Current.Kind == KqlTokenKind.Word && Following.Is("=")) || (Current.Is("[") && Ahead(2).Is("]") && Ahead(3).Is("=")))
        {
            name = Identifier();
            Expect("=");
        }

        return new KqlNamed(name, Expression());
    }

    private string Pattern()
    {
        var pattern = string.Empty;
        do
        {
            pattern += Take("*") ? "*" : Identifier();
        }
        while (Current.Start == _tokens[_at - 1].End && (Current.Is("*") || Current.Kind == KqlTokenKind.Word));
        return pattern;
    }

    private (string New, string Old) Renaming()
    {
        var name = Identifier();
        Expect("=");
        return (name, Identifier());
    }

    // How a cluster goes about it, not what comes out.
    private bool Hint()
    {
        if (!Current.Is("hint") || !Following.Is("."))
        {
            return false;
        }

        _at += 2;
        Identifier();
        Expect("=");
        _at++;
        return true;
    }

    private KqlTabular.Summarize Summarize(KqlTabular input)
    {
        while (Hint())
        {
        }

        IReadOnlyList<KqlNamed> aggregates = Current.Is("by") ? [] : List(Named);
        return new KqlTabular.Summarize(input, aggregates, Take("by") ? List(Named) : []);
    }

    private KqlOrder Order()
    {
        var of = Expression();
        var isAscending = Take("asc");
        if (!isAscending)
        {
            Take("desc");
        }

        // Nulls come first in ascending order, last in descending, unless told.
        var areFirst = isAscending;
        if (Take("nulls"))
        {
            areFirst = Take("first");
            if (!areFirst)
            {
                ExpectWord("last");
            }
        }

        return new KqlOrder(of, isAscending, areFirst);
    }

    private KqlTabular.Take Top(KqlTabular input)
    {
        var count = Expression();
        ExpectWord("by");
        return new KqlTabular.Take(new KqlTabular.Sort(input, List(Order)), count);
    }

    private KqlTabular.Expand Expand(KqlTabular input, string word)
    {
        string? index = null;
        while (Current.Text is "kind" or "bagexpansion" or "with_itemindex" && Following.Is("="))
        {
            var option = Identifier();
            _at++;
            var value = Identifier();
            index = option == "with_itemindex" ? value : index;
            if (option != "with_itemindex" && value != "bag")
            {
                throw KqlException.Unknown($"mv-expand {option}={value}");
            }
        }

        var columns = List(() =>
        {
            var named = Named();
            if (!Take("to"))
            {
                return new KqlExpansion(named.Name, named.Of, null);
            }

            ExpectWord("typeof");
            Expect("(");
            var type = TypeName();
            Expect(")");
            return new KqlExpansion(named.Name, named.Of, type);
        });

        // The old spelling makes at most 128 rows of one.
        KqlExpression? limit = Take("limit") ? Expression() : word == "mvexpand" ? new KqlExpression.Literal(128L, KqlType.Long) : null;
        return new KqlTabular.Expand(input, columns, index, limit);
    }

    private KqlTabular.Join Join(KqlTabular input)
    {
        var kind = "innerunique";
        while (Current.Kind == KqlTokenKind.Word && (Following.Is("=") || (Current.Is("hint") && Following.Is("."))))
        {
            if (Hint())
            {
                continue;
            }

            ExpectWord("kind");
            Expect("=");
            kind = Identifier();
        }

        var right = Source();
        ExpectWord("on");
        return new KqlTabular.Join(input, kind, right, List(Expression));
    }
}
