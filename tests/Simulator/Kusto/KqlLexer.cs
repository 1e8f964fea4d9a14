using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NsgFlow.Simulator;

/// <summary>Cuts a query into tokens.</summary>
internal sealed class KqlLexer
{
    // Longer ones first.
    private static readonly string[] s_signs =
        ["==", "!=", "=~", "!~", "<=", ">=", "..", "|", "(", ")", "[", "]", "{", "}", ",", ";", ".", ":", "=", "<", ">", "+", "-", "*", "/", "%", "!"];

    private readonly string _query;
    private readonly List<KqlToken> _tokens = [];
    private int _at;

    private KqlLexer(string query) => _query = query;

    private char Next => Peek(1);

    public static IReadOnlyList<KqlToken> Read(string query)
    {
        var lexer = new KqlLexer(query);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (_at < _query.Length)
        {
            var c = _query[_at];
            if (char.IsWhiteSpace(c))
            {
                _at++;
            }
            else if (c == '/' && Next == '/')
            {
                var end = _query.IndexOf('\n', _at);
                _at = end < 0 ? _query.Length : end;
            }
            else if (c is '"' or '\'' || (c == '@' && Next is '"' or '\''))
            {
                ReadText();
            }
            else if (char.IsAsciiLetter(c) || c is '_' or '$')
            {
                ReadWord();
            }
            else if (char.IsAsciiDigit(c))
            {
                ReadNumber();
            }
            else
            {
                ReadSign();
            }
        }

        Add(KqlTokenKind.End, _at, string.Empty);
    }

    private char Peek(int ahead) => _at + ahead < _query.Length ? _query[_at + ahead] : '\0';

    private void ReadWord()
    {
        var start = _at;
        while (_at < _query.Length && (char.IsAsciiLetterOrDigit(_query[_at]) || _query[_at] is '_' or '$'))
        {
            _at++;
        }

        // in~ and has_any~ and the like are one word.
        if (Peek(0) == '~' && _query[start.._at] == "in")
        {
            _at++;
        }

        var word = _query[start.._at];
        if (word is "datetime" or "date" or "timespan" or "time" or "guid" && Opens(out var inside))
        {
            ReadTyped(word, start, inside);
            return;
        }

        Add(KqlTokenKind.Word, start, word);
    }

    private bool Opens(out int inside)
    {
        inside = _at;
        while (inside < _query.Length && _query[inside] is ' ' or '\t')
        {
            inside++;
        }

        return inside < _query.Length && _query[inside++] == '(';
    }

    /// <summary>datetime(2026-11-23), with or without quotes: what is in the brackets is not KQL.</summary>
    private void ReadTyped(string word, int start, int inside)
    {
        var end = _query.IndexOf(')', inside);
        if (end < 0)
        {
            throw KqlException.Syntax(Make(KqlTokenKind.End, _query.Length, string.Empty));
        }

        var text = _query[inside..end].Trim();
        if (text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0])
        {
            text = text[1..^1];
        }

        var type = KqlTypes.Of(word);
        _at = end + 1;
        _tokens.Add(Make(KqlTokenKind.Literal, start, _query[start.._at], KqlLiterals.Typed(type, text), type));
    }

    private void ReadNumber()
    {
        var start = _at;
        if (_query[_at] == '0' && Next is 'x' or 'X')
        {
            _at += 2;
            while (char.IsAsciiHexDigit(Peek(0)))
            {
                _at++;
            }

            Add(start, long.Parse(_query.AsSpan(start + 2, _at - start - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture), KqlType.Long);
            return;
        }

        SkipDigits();
        var isReal = Peek(0) == '.' && char.IsAsciiDigit(Next);
        if (isReal)
        {
            _at++;
            SkipDigits();
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Next) || (Next is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isReal = true;
            _at += 2;
            SkipDigits();
        }

        var number = _query[start.._at];
        var unitStart = _at;
        while (char.IsAsciiLetter(Peek(0)))
        {
            _at++;
        }

        if (_at > unitStart)
        {
            var time = KqlLiterals.TimeSpan(number, _query[unitStart.._at]) ?? throw KqlException.Syntax(Make(KqlTokenKind.Word, start, _query[start.._at]));
            Add(start, time, KqlType.TimeSpan);
        }
        else if (isReal)
        {
            Add(start, double.Parse(number, CultureInfo.InvariantCulture), KqlType.Real);
        }
        else
        {
            Add(start, long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw KqlException.Syntax(Make(KqlTokenKind.Word, start, number)), KqlType.Long);
        }
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _at++;
        }
    }

    private void ReadSign()
    {
        var sign = s_signs.FirstOrDefault(one => string.CompareOrdinal(_query, _at, one, 0, one.Length) == 0)
            ?? throw KqlException.Syntax(Make(KqlTokenKind.Sign, _at, _query[_at].ToString()));
        _at += sign.Length;
        Add(KqlTokenKind.Sign, _at - sign.Length, sign);
    }

    private void ReadText()
    {
        var start = _at;
        var isVerbatim = _query[_at] == '@';
        _at += isVerbatim ? 1 : 0;
        var quote = _query[_at++];
        var text = new StringBuilder();
        while (_at < _query.Length && _query[_at] is not '\n' and not '\r')
        {
            var c = _query[_at++];
            if (c == quote)
            {
                if (!isVerbatim || Peek(0) != quote)
                {
                    Add(start, text.ToString(), KqlType.String);
                    return;
                }

                _at++;
            }
            else if (c == '\\' && !isVerbatim)
            {
                ReadEscape(start, text);
                continue;
            }

            text.Append(c);
        }

        throw KqlException.Syntax(Make(KqlTokenKind.Literal, start, _query[start.._at]));
    }

    private void ReadEscape(int start, StringBuilder text)
    {
        var c = Peek(0);
        _at++;
        var digits = c switch { 'u' => 4, 'x' => 2, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + digits <= _query.Length && uint.TryParse(_query.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code <= 0x10FFFF)
            {
                _at += digits;
                text.Append(code > 0xFFFF ? char.ConvertFromUtf32((int)code) : ((char)code).ToString());
                return;
            }

            throw KqlException.Syntax(Make(KqlTokenKind.Literal, start, _query[start..Math.Min(_at, _query.Length)]));
        }

        text.Append(c switch
        {
            '\'' or '"' or '\\' => c,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '0' => '\0',
            _ => throw KqlException.Syntax(Make(KqlTokenKind.Literal, start, _query[start..Math.Min(_at, _query.Length)])),
        });
    }

    private void Add(KqlTokenKind kind, int start, string text) => _tokens.Add(Make(kind, start, text));

    private void Add(int start, object value, KqlType type) => _tokens.Add(Make(KqlTokenKind.Literal, start, _query[start.._at], value, type));

    private KqlToken Make(KqlTokenKind kind, int start, string text, object? value = null, KqlType type = KqlType.String)
    {
        var before = _query.AsSpan(0, start);
        return new KqlToken(kind, text, start, before.Count('\n') + 1, start - (before.LastIndexOf('\n') + 1), value, type) { End = _at };
    }
}
