using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NsgFlow.Unit.Parsing;

/// <summary>
/// Writes well-formed flow logs at random: all three formats, every form of document, key order, white space and escapes.
/// Some tuples are bad on purpose. Unknown codes come from a short list, since the reader keeps a bounded number of them.
/// </summary>
public sealed class RandomFlowLog(TestRandom random, int mostTuplesOfGroup, bool odd = true)
{
    private static readonly string[] _rules =
    [
        "DefaultRule_AllowInternetOutBound", "DefaultRule_DenyAllInBound", "UserRule_web", "UserRule_a/b \"c\"", "UserRule", "DefaultRule", "PlatformRule",
        "unspecified", "BlockHighRisk_1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", "UserRule_Überprüfung 規則 😀", "platformrule_x", "DEFAULTRULE_Y",
    ];

    private readonly StringBuilder _text = new();
    private bool _spaced;
    private int _escapes;
    private string _newLine = "\n";

    /// <summary>A document of about so many entries.</summary>
    public byte[] Next(int entries)
    {
        _text.Clear();
        _spaced = random.OneIn(3);
        _newLine = random.Pick("\n", "\r\n", "\t", " ");
        _escapes = odd ? random.Pick(0, 0, 0, 3, 40) : 0;
        switch (random.Next(odd ? 8 : 2))
        {
            case 2:
                _text.Append('\uFEFF');
                Records(entries, nest: true);
                break;
            case 3:
                Lines(entries);
                break;
            case 4:
                Records(entries / 2, nest: false);
                _text.Append(random.Pick("", "\n", "\r\n\uFEFF", "  "));
                Records(entries - (entries / 2), nest: true);
                break;
            case 5:
                _text.Append(random.Pick(",", " ,\n"));
                Separated(entries, nest: false);
                _text.Append(random.Pick("", "]}", "\n]\n}\n"));
                break;
            default:
                Records(entries, nest: odd);
                break;
        }

        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    private void Records(int entries, bool nest)
    {
        var members = new List<Action> { () => Member("records", () => Array(entries, () => Entry(nest))) };
        if (random.OneIn(5))
            members.Add(() => Member("note", Junk));
        Object(members, shuffle: true);
    }

    private void Lines(int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            Entry(nest: false);
            _text.Append(random.Pick("\n", "\r\n", "\n\n"));
        }
    }

    private void Separated(int entries, bool nest)
    {
        for (var i = 0; i < entries; i++)
        {
            _text.Append(i == 0 ? string.Empty : ",");
            Space();
            Entry(nest);
            Space();
        }
    }

    private void Entry(bool nest)
    {
        if (nest && random.OneIn(15))
            Records(1 + random.Next(2), nest: false);
        else
            FlowEntry(random.Next(3));
    }

    private void FlowEntry(int format)
    {
        var mac = Mac();
        var members = new List<Action>
        {
            () => Member("time", () => String(Time())),
            () => Member("category", () => String(format == 2 ? "FlowLogFlowEvent" : "NetworkSecurityGroupFlowEvent")),
            () => Member("operationName", () => String("FlowLogFlowEvent")),
        };
        if (!random.OneIn(6))
            members.Insert(1, () => Member("macAddress", () => String(mac)));
        if (random.OneIn(8))
            members.Add(() => Member("more", Junk));
        if (format == 2)
        {
            members.Add(() => Member("flowLogVersion", () => _text.Append('4')));
            members.Add(() => Member("flowLogResourceID", () => String(Texts.FlowLogId)));
            members.Add(() => Member(odd ? random.Pick("targetResourceID", "targetResourceId") : "targetResourceID", () => String(Texts.VnetId + random.Next(4))));
            members.Add(() => Member("flowRecords", () => Object([() => Member("flows", () => Array(random.Next(4), Acl))], shuffle: false)));
        }
        else
        {
            members.Add(() => Member("systemId", () => String("a0fca5ce-022c-47b1-9735-89943b42f2fa")));
            members.Add(() => Member(odd ? random.Pick("resourceId", "resourceid") : "resourceId", () => String(Texts.NsgId + random.Next(4))));
            members.Add(() => Member("properties", () => Object(Properties(format + 1, mac), shuffle: odd)));
        }

        Object(members, shuffle: odd && random.OneIn(2));
    }

    private List<Action> Properties(int version, string mac)
    {
        var members = new List<Action> { () => Member("flows", () => Array(random.Next(4), () => Rule(version, mac))) };
        if (!odd || !random.OneIn(6))
            members.Insert(0, () => Member("Version", () => _text.Append(version)));
        return members;
    }

    private void Rule(int version, string mac) => Object(
        [
            () => Member("rule", () => String(random.Pick(_rules))),
            () => Member("flows", () => Array(odd && random.OneIn(6) ? random.Next(3) : 1, () => Object(
            [
                () => Member("mac", () => String(odd && random.OneIn(8) ? Mac() : mac)),
                () => Member("flowTuples", () => Tuples(version)),
            ],
            shuffle: odd && random.OneIn(3)))),
        ],
        shuffle: odd && random.OneIn(3));

    private void Acl() => Object(
        [
            () => Member("aclID", () => String(random.Pick(Texts.AclId, "00000000-0000-0000-0000-000000000000", "unspecified"))),
            () => Member("flowGroups", () => Array(random.Next(3), () => Object(
            [
                () => Member("rule", () => String(random.Pick(_rules))),
                () => Member("flowTuples", () => Tuples(4)),
            ],
            shuffle: odd && random.OneIn(3)))),
        ],
        shuffle: odd && random.OneIn(3));

    private void Tuples(int version)
    {
        var tuple = new RandomTuple(random, odd);
        Array(random.OneIn(8) ? 0 : 1 + random.Next(mostTuplesOfGroup), () => String(tuple.Next(version)));
    }

    private string Mac()
    {
        var digits = (random.Next64() >> 16).ToString("X12", CultureInfo.InvariantCulture);
        return (odd ? random.Next(8) : 0) switch
        {
            1 => string.Join(":", Enumerable.Range(0, 6).Select(i => digits.Substring(2 * i, 2))).ToLowerInvariant(),
            2 => string.Join("-", Enumerable.Range(0, 6).Select(i => digits.Substring(2 * i, 2))),
            3 => random.OneIn(4) ? "no mac" : digits.ToLowerInvariant(),
            _ => digits,
        };
    }

    private string Time()
    {
        var time = new DateTime(2017, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks((long)(random.Next64() % (10UL * 365 * 24 * 36_000_000_000)));
        return time.ToString(random.Pick("yyyy-MM-ddTHH:mm:ss.fffffffZ", "yyyy-MM-ddTHH:mm:ss.fffZ", "yyyy-MM-ddTHH:mm:ssZ"), CultureInfo.InvariantCulture);
    }

    private void Junk() => _text.Append(random.Pick("null", "true", "-1.25e-7", "[]", "{}", "[[{\"flows\":[{\"flowTuples\":[\"x\"]}]}],\"\\\\\\\"\",{\"a\":{\"b\":[1 , 2]}}]", "\"]}{[\""));

    private void Object(List<Action> members, bool shuffle)
    {
        if (shuffle)
            random.Shuffle(members);
        List('{', '}', members.Count, i => members[i]());
    }

    private void Array(int count, Action item) => List('[', ']', count, _ => item());

    private void List(char open, char close, int count, Action<int> item)
    {
        _text.Append(open);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
                _text.Append(',');
            Space();
            item(i);
            Space();
        }

        _text.Append(close);
    }

    private void Member(string name, Action value)
    {
        String(name);
        Space();
        _text.Append(':');
        Space();
        value();
    }

    private void Space()
    {
        if (!_spaced)
            return;
        for (var i = random.Next(4); i > 0; i--)
            _text.Append(random.OneIn(3) ? _newLine : " ");
    }

    private void String(string value)
    {
        _text.Append('"');
        var wasHigh = false;
        var escape = false;
        foreach (var c in value)
        {
            escape = wasHigh ? escape : c < ' ' || (_escapes > 0 && random.OneIn(_escapes * 3));
            wasHigh = char.IsHighSurrogate(c);
            if (escape)
                _text.Append("\\u").Append(((int)c).ToString(random.Pick("x4", "X4"), CultureInfo.InvariantCulture));
            else if (c is '"' or '\\' || (c == '/' && _escapes > 0))
                _text.Append('\\').Append(c);
            else
                _text.Append(c);
        }

        _text.Append('"');
    }
}
