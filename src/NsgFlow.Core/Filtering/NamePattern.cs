using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NsgFlow.Filtering;

/// <summary>
/// A name with wildcards, as PowerShell users write them: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>, and a backtick before a character
/// that is to stand for itself. Case does not matter, in no culture. An unclosed bracket stands for itself.
/// Matching never backs up past the last <c>*</c>, so its time is bounded by pattern times name, whatever the pattern.
/// </summary>
public sealed class NamePattern
{
    private readonly Token[] _tokens;
    private readonly string? _literal;

    /// <summary>Reads a pattern; every text is one.</summary>
    public NamePattern(string pattern)
    {
        Text = pattern ?? throw new ArgumentNullException(nameof(pattern));
        _tokens = Read(pattern);
        if (Array.TrueForAll(_tokens, token => token.Kind == TokenKind.Character))
        {
            _literal = Unescaped(_tokens, _tokens.Length);
        }
    }

    private enum TokenKind : byte
    {
        Character,
        Any,
        Star,
        Set,
    }

    /// <summary>The pattern as given.</summary>
    public string Text { get; }

    /// <summary>The only name that matches (but for case), or null when the pattern has wildcards.</summary>
    public string? Literal => _literal;

    /// <summary>The characters every match begins with (but for case), up to the first wildcard: what a server can be asked for.</summary>
    public string LiteralPrefix
    {
        get
        {
            var count = Array.FindIndex(_tokens, token => token.Kind != TokenKind.Character);
            return Unescaped(_tokens, count < 0 ? _tokens.Length : count);
        }
    }

    /// <summary>Whether a name matches; null never does.</summary>
    public bool Matches(string? name)
    {
        if (name is null)
        {
            return false;
        }

        return _literal is not null ? string.Equals(name, _literal, StringComparison.OrdinalIgnoreCase) : MatchesTokens(name);
    }

    /// <summary>The pattern as given.</summary>
    public override string ToString() => Text;

    /// <summary>
    /// The same as a regular expression, for services that know these only; to be put between anchors, with case ignored. Of what engines know it uses
    /// <c>[…]</c>, <c>*</c> and escaped punctuation.
    /// </summary>
    /// <param name="any">What stands for any character.</param>
    internal string ToRegex(string any = ".")
    {
        var regex = new StringBuilder();
        foreach (var token in _tokens)
        {
            regex.Append(token.ToRegex(any));
        }

        return regex.ToString();
    }

    /// <summary>The same for a text without wildcards: of what is found, not asked for.</summary>
    internal static string EscapeRegex(string text) => string.Concat(text.Select(Token.Escaped));

    private bool MatchesTokens(string name)
    {
        var tokens = _tokens;
        var at = 0;
        var token = 0;
        var star = -1;
        var starAt = 0;
        while (at < name.Length)
        {
            if (token < tokens.Length && tokens[token].Kind == TokenKind.Star)
            {
                star = token++;
                starAt = at;
            }
            else if (token < tokens.Length && tokens[token].Matches(name[at]))
            {
                token++;
                at++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more. Earlier stars need no second try: this one can take whatever they could.
                token = star + 1;
                at = ++starAt;
            }
            else
            {
                return false;
            }
        }

        while (token < tokens.Length && tokens[token].Kind == TokenKind.Star)
        {
            token++;
        }

        return token == tokens.Length;
    }

    private static Token[] Read(string pattern)
    {
        var tokens = new List<Token>(pattern.Length);
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '*':
                    if (tokens.Count == 0 || tokens[tokens.Count - 1].Kind != TokenKind.Star)
                    {
                        tokens.Add(new Token(TokenKind.Star));
                    }

                    break;
                case '?':
                    tokens.Add(new Token(TokenKind.Any));
                    break;
                case '[' when TryReadSet(pattern, at, out var set, out var end):
                    tokens.Add(set);
                    at = end;
                    break;
                case '`' when at + 1 < pattern.Length:
                    at++;
                    tokens.Add(new Token(TokenKind.Character, pattern[at]));
                    break;
                default:
                    tokens.Add(new Token(TokenKind.Character, pattern[at]));
                    break;
            }
        }

        return [.. tokens];
    }

    /// <summary>Reads <c>[…]</c>: characters and ranges, after <c>!</c> those that do not match; <c>]</c> in the first place is a character.</summary>
    private static bool TryReadSet(string pattern, int open, out Token token, out int end)
    {
        token = default;
        var ranges = new StringBuilder();
        var at = open + 1;
        var isNegated = at < pattern.Length && pattern[at] == '!';
        at += isNegated ? 1 : 0;
        for (end = -1; at < pattern.Length; at++)
        {
            if (pattern[at] == ']' && ranges.Length > 0)
            {
                end = at;
                token = new Token(TokenKind.Set, default, ranges.ToString(), isNegated);
                return true;
            }

            var first = Character(pattern, ref at);
            var last = first;
            if (at + 2 < pattern.Length && pattern[at + 1] == '-' && pattern[at + 2] != ']')
            {
                at += 2;
                last = Character(pattern, ref at);
            }

            ranges.Append(first).Append(last);
        }

        return false;
    }

    private static char Character(string pattern, ref int at)
    {
        if (pattern[at] == '`' && at + 1 < pattern.Length)
        {
            at++;
        }

        return pattern[at];
    }

    private static string Unescaped(Token[] tokens, int count)
    {
        var text = new StringBuilder(count);
        for (var i = 0; i < count; i++)
        {
            text.Append(tokens[i].Character);
        }

        return text.ToString();
    }

    private readonly struct Token
    {
        private readonly char _upper;
        private readonly string? _ranges;
        private readonly bool _isNegated;

        public Token(TokenKind kind, char character = default, string? ranges = null, bool isNegated = false)
        {
            Kind = kind;
            Character = character;
            _upper = char.ToUpperInvariant(character);
            _ranges = ranges;
            _isNegated = isNegated;
        }

        public TokenKind Kind { get; }

        public char Character { get; }

        public bool Matches(char c) => Kind switch
        {
            TokenKind.Character => c == Character || char.ToUpperInvariant(c) == _upper,
            TokenKind.Any => true,
            _ => (Holds(char.ToUpperInvariant(c)) || Holds(char.ToLowerInvariant(c))) != _isNegated,
        };

        public string ToRegex(string any) => Kind switch
        {
            TokenKind.Character => Escaped(Character),
            TokenKind.Any => any,
            TokenKind.Star => any + "*",
            _ => SetRegex(),
        };

        private string SetRegex()
        {
            var set = new StringBuilder(_isNegated ? "[^" : "[");
            var isEmpty = true;
            for (var i = 0; i < _ranges!.Length; i += 2)
            {
                // A range that ends before it begins holds nothing, and regular expressions refuse it.
                if (_ranges[i] <= _ranges[i + 1])
                {
                    set.Append(Escaped(_ranges[i])).Append('-').Append(Escaped(_ranges[i + 1]));
                    isEmpty = false;
                }
            }

            return !isEmpty ? set.Append(']').ToString() : _isNegated ? "[\\s\\S]" : "[^\\s\\S]";
        }

        public static string Escaped(char c) => "\\.+*?()|[]{}^$-&~#".IndexOf(c) >= 0 ? "\\" + c : c.ToString();

        private bool Holds(char c)
        {
            for (var i = 0; i < _ranges!.Length; i += 2)
            {
                if (c >= _ranges[i] && c <= _ranges[i + 1])
                {
                    return true;
                }
            }

            return false;
        }
    }
}
