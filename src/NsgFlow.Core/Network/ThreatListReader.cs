using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using NsgFlow.Filtering;
using NsgFlow.Parsing;

namespace NsgFlow.Network;

/// <summary>Reads threat lists, whose forms are many and never declared. Every line is an entry, a comment, or an issue.</summary>
internal sealed class ThreatListReader
{
    private const int LongestLine = 16 * 1024;

    private readonly List<ThreatEntry> _entries = [];
    private readonly Dictionary<string, string?> _types = new(StringComparer.Ordinal);
    private readonly NetworkIssues _issues;
    private ThreatColumns? _columns;
    private ThreatColumns? _commented;
    private bool _isFirst = true;

    private ThreatListReader(string name) => _issues = new NetworkIssues(name);

    public static ThreatList Read(Stream stream, string name)
    {
        var reader = new ThreatListReader(name ?? throw new ArgumentNullException(nameof(name)));
        reader.Read(NetworkFile.ReadAll(stream, "The threat list"));
        return new ThreatList(name, reader._entries, reader._issues.ToList());
    }

    private void Read(byte[] utf8)
    {
        if (NoList(utf8.AsSpan(0, Math.Min(utf8.Length, InputKind.HeadBytes))) is { } kind)
        {
            _issues.AddLine(0, "Nothing was taken: " + kind + ".", null);
            return;
        }

        var hadData = false;
        var line = 0;
        for (var at = 0; at < utf8.Length;)
        {
            var rest = utf8.AsSpan(at);
            var length = rest.IndexOf((byte)'\n');
            length = length < 0 ? rest.Length : length;
            line++;
            at += length + 1;
            if (length > LongestLine)
            {
                _issues.AddLine(line, "The line is too long to be an address.", Encoding.UTF8.GetString(utf8, at - length - 1, 100));
                hadData = true;
                continue;
            }

            var text = Encoding.UTF8.GetString(utf8, at - length - 1, length).Trim();
            if (text.Length > 0 && !IsComment(text))
            {
                hadData |= ReadLine(text, line);
            }
        }

        if (!hadData)
        {
            _issues.AddLine(0, "The list has no address.", null);
        }
    }

    /// <summary>What the file is when it is surely no list; null else.</summary>
    private static string? NoList(ReadOnlySpan<byte> head)
    {
        if (InputKind.DescribeBytes(head) is { } kind)
        {
            return kind;
        }

        if (head.IndexOf((byte)0) >= 0)
        {
            return "this is binary data";
        }

        var text = Encoding.UTF8.GetString(head.ToArray()).TrimStart();
        return text.Length == 0 ? null : text[0] switch
        {
            '<' => "this is HTML or XML",
            '{' => "this is JSON",
            '[' when text.IndexOf('{') >= 0 || text.IndexOf('"') >= 0 => "this is JSON",
            _ => null,
        };
    }

    private bool IsComment(string text)
    {
        if (text[0] is not ('#' or ';') && !text.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        // Some lists have their header in a comment: the last before the first line.
        if (_isFirst)
        {
            _commented = ThreatColumns.Of(text.TrimStart('#', ';', '/', ' ')) ?? _commented;
        }

        return true;
    }

    /// <summary>False for lines that were never meant as entries.</summary>
    private bool ReadLine(string text, int line)
    {
        if (_isFirst)
        {
            _isFirst = false;
            _columns = ThreatColumns.Of(text);
            if (_columns is not null)
            {
                return false;
            }

            _columns = _commented is { } commented && commented.Fits(text) ? commented : null;
        }

        if (_columns is { } columns)
        {
            var (address, type) = columns.Read(text);
            Take(address ?? string.Empty, type, text, line);
            return true;
        }

        if (text.StartsWith("create ", StringComparison.Ordinal))
        {
            return false;
        }

        Take(Address(text), null, text, line);
        return true;
    }

    /// <summary>The address at the start of a line; what follows it is the list's business.</summary>
    private static string Address(string text)
    {
        if (text.StartsWith("add ", StringComparison.Ordinal))
        {
            // As "ipset save" writes: add <set> <address>.
            var name = text.IndexOf(' ', 4);
            text = name < 0 ? string.Empty : text.Substring(name + 1).TrimStart();
        }

        var end = EndOfAddress(text);
        if (end < 0)
        {
            return text;
        }

        var rest = text.Substring(end).TrimStart();
        if (!rest.StartsWith("- ", StringComparison.Ordinal))
        {
            return text.Substring(0, end);
        }

        rest = rest.Substring(2).TrimStart();
        var last = EndOfAddress(rest);
        return text.Substring(0, end) + "-" + (last < 0 ? rest : rest.Substring(0, last));
    }

    private static int EndOfAddress(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\t' or ',' or ';' or '#' or '|')
            {
                return i;
            }
        }

        return -1;
    }

    private void Take(string address, string? type, string text, int line)
    {
        if (!AddressSet.TryParse(Plain(address), out var range, out var error))
        {
            _issues.AddLine(line, address.Length == 0 ? "There is no address in the line." : error!, text);
        }
        else if (AddressWidth.IsTooWide(range))
        {
            _issues.AddLine(line, AddressWidth.Reason, text);
        }
        else if (AddressSpaces.IsNotPublic(range))
        {
            _issues.AddLine(line, "The address is private or reserved; threat lists are asked about public ones only.", text);
        }
        else
        {
            _entries.Add(new ThreatEntry(range, Type(type)));
        }
    }

    private string? Type(string? type)
    {
        if (type is null)
        {
            return null;
        }

        if (!_types.TryGetValue(type, out var word))
        {
            word = ThreatWords.Of(type);
            _types.Add(type, word);
        }

        return word;
    }

    /// <summary>Without what lists add to an address: quotes, the dots' brackets that keep it from being clicked, a port.</summary>
    private static string Plain(string address)
    {
        var plain = address.Trim('"', '\'', ' ').Replace("[.]", ".");
        if (plain.Length > 0 && plain[0] == '[' && plain.IndexOf(']') is var close and > 0)
        {
            return plain.Substring(1, close - 1);
        }

        var colon = plain.IndexOf(':');
        return colon > 0 && colon == plain.LastIndexOf(':') && plain.IndexOf('.') is >= 0 and var dot && dot < colon ? plain.Substring(0, colon) : plain;
    }
}
