using System;
using System.Collections.Generic;
using System.Text;

namespace NsgFlow.Parsing;

/// <summary>
/// Strings of UTF-8 texts that come again and again (rules, MACs, ids): the same text gives the same string. A fixed number of
/// places, so that hostile input cannot fill memory; a text that meets a taken place replaces what stood there.
/// </summary>
internal sealed class TextPool
{
    private const int Places = 1024;

    private readonly byte[]?[] _texts = new byte[Places][];
    private readonly string[] _strings = new string[Places];
    private readonly Dictionary<string, (string Rule, FlowRuleKind Kind)> _rules = new(StringComparer.Ordinal);

    public string Get(ReadOnlySpan<byte> utf8)
    {
        var place = Hash(utf8) & (Places - 1);
        if (_texts[place] is { } known && utf8.SequenceEqual(known))
        {
            return _strings[place];
        }

        var bytes = utf8.ToArray();
        var text = Encoding.UTF8.GetString(bytes);
        _texts[place] = bytes;
        _strings[place] = text;
        return text;
    }

    /// <summary>A written rule name split; see <see cref="FlowRuleName"/>.</summary>
    public (string Rule, FlowRuleKind Kind) GetRule(string written)
    {
        if (!_rules.TryGetValue(written, out var split))
        {
            if (_rules.Count == Places)
            {
                _rules.Clear();
            }

            split = FlowRuleName.Split(written);
            _rules.Add(written, split);
        }

        return split;
    }

    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16777619;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
