using System;
using System.Collections.Generic;
using System.Text;

namespace NsgFlow.Simulator;

/// <summary>Cuts a query into tokens, by KQL's rules for texts and comments.</summary>
internal static class GraphLexer
{
    // Longer ones first.
    private static readonly string[] s_signs = ["!~", "=~", "==", "!=", "<=", ">=", "!", "=", "<", ">", "|", "(", ")", ",", ".", "[", "]", "~"];

    public static IReadOnlyList<GraphToken> Read(string query)
    {
        var tokens = new List<GraphToken>();
        var at = 0;
        while (at < query.Length)
        {
            var c = query[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c == '/' && at + 1 < query.Length && query[at + 1] == '/')
            {
                var end = query.IndexOf('\n', at);
                at = end < 0 ? query.Length : end;
            }
            else if (c is '\'' or '"' || (c is '@' && at + 1 < query.Length && query[at + 1] is '\'' or '"'))
            {
                tokens.Add(ReadText(query, ref at));
            }
            else if (char.IsAsciiLetter(c) || c is '_' or '$')
            {
                tokens.Add(ReadRun(query, ref at, GraphTokenKind.Word, static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$'));
            }
            else if (char.IsAsciiDigit(c))
            {
                tokens.Add(ReadRun(query, ref at, GraphTokenKind.Number, char.IsAsciiDigit));
            }
            else
            {
                tokens.Add(ReadSign(query, ref at));
            }
        }

        tokens.Add(new GraphToken(GraphTokenKind.End, string.Empty, at));
        return tokens;
    }

    private static GraphToken ReadRun(string query, ref int at, GraphTokenKind kind, Func<char, bool> fits)
    {
        var start = at;
        while (at < query.Length && fits(query[at]))
        {
            at++;
        }

        // in~ is one word.
        if (at < query.Length && query[at] == '~' && query.AsSpan(start, at - start).SequenceEqual("in"))
        {
            at++;
        }

        return new GraphToken(kind, query[start..at], start);
    }

    private static GraphToken ReadSign(string query, ref int at)
    {
        foreach (var sign in s_signs)
        {
            if (string.CompareOrdinal(query, at, sign, 0, sign.Length) == 0)
            {
                at += sign.Length;
                return new GraphToken(GraphTokenKind.Sign, sign, at - sign.Length);
            }
        }

        throw GraphQueryException.Parse($"Unexpected '{query[at]}'", at);
    }

    private static GraphToken ReadText(string query, ref int at)
    {
        var start = at;
        var isVerbatim = query[at] == '@';
        at += isVerbatim ? 1 : 0;
        var quote = query[at++];
        var text = new StringBuilder();
        while (at < query.Length && query[at] is not '\n' and not '\r')
        {
            var c = query[at++];
            if (c == quote)
            {
                if (!isVerbatim || at >= query.Length || query[at] != quote)
                {
                    return new GraphToken(GraphTokenKind.Text, text.ToString(), start);
                }

                at++;
            }
            else if (c == '\\' && !isVerbatim)
            {
                c = at < query.Length ? Escaped(query[at++], start) : c;
            }

            text.Append(c);
        }

        throw GraphQueryException.Parse("Unterminated string literal", start);
    }

    private static char Escaped(char c, int at) => c switch
    {
        '\'' or '"' or '\\' => c,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => throw GraphQueryException.Parse($"Unknown escape '\\{c}' in a string literal", at),
    };
}
