using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <content>Scalar expressions.</content>
internal sealed partial class KqlParser
{
    private static readonly HashSet<string> s_comparisons =
    [
        "==", "!=", "=~", "!~", "<", ">", "<=", ">=", "has", "!has", "has_cs", "!has_cs", "contains", "!contains", "contains_cs", "!contains_cs",
        "startswith", "!startswith", "startswith_cs", "!startswith_cs", "endswith", "!endswith", "endswith_cs", "!endswith_cs", "matches",
    ];

    private static readonly HashSet<string> s_lists = ["in", "in~", "!in", "!in~", "has_any", "has_all"];

    private KqlExpression Expression()
    {
        var left = And();
        while (Take("or"))
        {
            left = new KqlExpression.Binary("or", left, And());
        }

        return left;
    }

    private KqlExpression And()
    {
        var left = Comparison();
        while (Take("and"))
        {
            left = new KqlExpression.Binary("and", left, Comparison());
        }

        return left;
    }

    private KqlExpression Comparison()
    {
        var left = Sum();
        var start = _at;
        var isNot = Current.Is("!") && Following.Kind == KqlTokenKind.Word && Following.Start == Current.End;
        _at += isNot ? 1 : 0;
        var word = (isNot ? "!" : string.Empty) + Current.Text;
        if (Current.Kind is KqlTokenKind.Word or KqlTokenKind.Sign)
        {
            _at++;
            if (s_comparisons.Contains(word))
            {
                if (word == "matches")
                {
                    ExpectWord("regex");
                }

                return new KqlExpression.Binary(word, left, Sum());
            }

            if (s_lists.Contains(word))
            {
                return new KqlExpression.In(word, left, Items());
            }

            if (word is "between" or "!between")
            {
                return Between(left, isNot);
            }

            if (isNot || word is "hasprefix" or "hassuffix" or "hasprefix_cs" or "hassuffix_cs")
            {
                throw KqlException.Unknown($"the operator '{word}'");
            }
        }

        _at = start;
        return left;
    }

    private List<KqlExpression> Items()
    {
        Expect("(");
        var items = List(ValueOrTable);
        Expect(")");
        return items;
    }

    private KqlExpression.Between Between(KqlExpression of, bool isNot)
    {
        Expect("(");
        var low = Sum();
        Expect("..");
        var high = Sum();
        Expect(")");
        return new KqlExpression.Between(of, low, high, isNot);
    }

    private KqlExpression Sum()
    {
        var left = Product();
        while (Current.Is("+") || Current.Is("-"))
        {
            left = new KqlExpression.Binary(Advance().Text, left, Product());
        }

        return left;
    }

    private KqlExpression Product()
    {
        var left = Unary();
        while (Current.Is("*") || Current.Is("/") || Current.Is("%"))
        {
            left = new KqlExpression.Binary(Advance().Text, left, Unary());
        }

        return left;
    }

    private KqlExpression Unary()
    {
        if (Take("-"))
        {
            return new KqlExpression.Minus(Unary());
        }

        Take("+");
        var of = Primary();
        while (true)
        {
            if (Current.Is(".") && (Following.Kind == KqlTokenKind.Word || Following.Is("[")))
            {
                _at++;
                of = new KqlExpression.Member(of, new KqlExpression.Literal(Identifier(), KqlType.String));
            }
            else if (Take("["))
            {
                of = new KqlExpression.Member(of, Expression());
                Expect("]");
            }
            else
            {
                return of;
            }
        }
    }

    private KqlExpression Primary()
    {
        var token = Current;
        if (token.Kind == KqlTokenKind.Literal)
        {
            _at++;
            return Current.Kind == KqlTokenKind.Literal ? throw KqlException.Syntax(Current) : new KqlExpression.Literal(token.Value, token.Type);
        }

        if (Take("("))
        {
            var inner = Expression();
            Expect(")");
            return inner;
        }

        if (token.Is("["))
        {
            return new KqlExpression.Name(Identifier());
        }

        if (token.Kind != KqlTokenKind.Word)
        {
            throw KqlException.Syntax(token);
        }

        if (token.Text is "$left" or "$right")
        {
            _at++;
            Expect(".");
            return new KqlExpression.Side(token.Text == "$left", Identifier());
        }

        var name = Identifier();
        if (name is "true" or "false" && !Current.Is("("))
        {
            return new KqlExpression.Literal(name == "true", KqlType.Bool);
        }

        return Take("(") ? Call(name) : new KqlExpression.Name(name);
    }

    private KqlExpression Call(string name)
    {
        if (name is "dynamic")
        {
            var value = DynamicValue();
            Expect(")");
            return new KqlExpression.Literal(value, KqlType.Dynamic);
        }

        if (name is "typeof")
        {
            var type = TypeName();
            Expect(")");
            return new KqlExpression.TypeOf(type);
        }

        if (name is "bool" or "boolean" or "int" or "long" or "real" or "double" or "string")
        {
            return Typed(name);
        }

        var arguments = new List<KqlExpression>();
        if (!Take(")"))
        {
            arguments = List(() => Argument(name));
            Expect(")");
        }

        return new KqlExpression.Call(name, arguments);
    }

    private KqlExpression Argument(string function)
    {
        if (Current.Is("*"))
        {
            _at++;
            return new KqlExpression.Star();
        }

        return function == "toscalar" ? ValueOrTable() : Expression();
    }

    /// <summary>long(5), real(null), real(nan).</summary>
    private KqlExpression.Literal Typed(string name)
    {
        var type = KqlTypes.Of(name);
        var isMinus = Take("-");
        if (!isMinus)
        {
            Take("+");
        }

        var token = Advance();
        Expect(")");
        object? value = (type, token) switch
        {
            (_, { Text: "null", Kind: KqlTokenKind.Word }) when !isMinus => type.Nothing(),
            (KqlType.Real, { Text: "nan" }) => double.NaN,
            (KqlType.Real, { Text: "inf" }) => isMinus ? double.NegativeInfinity : double.PositiveInfinity,
            (KqlType.Bool, { Text: "true" or "1" }) => true,
            (KqlType.Bool, { Text: "false" or "0" }) => false,
            (KqlType.Int, { Value: long number }) when number <= int.MaxValue => (int)(isMinus ? -number : number),
            (KqlType.Long, { Value: long number }) => isMinus ? -number : number,
            (KqlType.Real, { Value: long number }) => (double)(isMinus ? -number : number),
            (KqlType.Real, { Value: double number }) => isMinus ? -number : number,
            _ => throw KqlException.Syntax(token),
        };
        return new KqlExpression.Literal(value, type);
    }

    /// <summary>What is in the brackets of dynamic(…): JSON, with single quotes and literals of other types, too.</summary>
    private object? DynamicValue()
    {
        if (Take("["))
        {
            var items = new List<object?>();
            while (!Take("]"))
            {
                items.Add(DynamicValue());
                if (!Current.Is("]"))
                {
                    Expect(",");
                }
            }

            return items.ToArray();
        }

        if (Take("{"))
        {
            return DynamicBag();
        }

        var isMinus = Take("-");
        var token = Advance();
        return token switch
        {
            { Kind: KqlTokenKind.Literal, Value: long number } => isMinus ? -number : number,
            { Kind: KqlTokenKind.Literal, Value: double number } => isMinus ? -number : number,
            { Kind: KqlTokenKind.Literal } when !isMinus => token.Value,
            { Kind: KqlTokenKind.Word, Text: "null" } when !isMinus => null,
            { Kind: KqlTokenKind.Word, Text: "true" } when !isMinus => true,
            { Kind: KqlTokenKind.Word, Text: "false" } when !isMinus => false,
            _ => throw KqlException.Syntax(token),
        };
    }

    private Dictionary<string, object?> DynamicBag()
    {
        var bag = new Dictionary<string, object?>();
        while (!Take("}"))
        {
            var key = Advance();
            bag[key is { Kind: KqlTokenKind.Literal, Value: string text } ? text : throw KqlException.Syntax(key)] = Colon();
            if (!Current.Is("}"))
            {
                Expect(",");
            }
        }

        return bag;

        object? Colon()
        {
            Expect(":");
            return DynamicValue();
        }
    }
}
