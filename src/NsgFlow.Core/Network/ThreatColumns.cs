using System.Collections.Generic;
using System.Text;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>The columns of a threat list with a header: where the address is, and where its kind.</summary>
internal sealed class ThreatColumns
{
    // In the order of preference. A column "type" of a list of indicators mostly says "ip", so it is asked last.
    private static readonly string[] _addressNames =
    [
        "ip", "ipaddress", "address", "cidr", "prefix", "network", "netblock", "subnet", "iprange", "range", "dstip", "dstipaddress", "srcip", "srcipaddress", "addr",
        "indicator", "indicatorvalue", "ioc", "iocvalue", "observable", "value", "host",
    ];

    private static readonly string[] _typeNames =
        ["threattype", "threatcategory", "threat", "category", "categories", "classification", "malwarefamily", "malware", "type"];

    private readonly char _separator;
    private readonly int _address;
    private readonly int _type;
    private readonly int _count;

    private ThreatColumns(char separator, int address, int type, int count)
    {
        _separator = separator;
        _address = address;
        _type = type;
        _count = count;
    }

    /// <summary>The columns when a line is a header; null when it is none.</summary>
    public static ThreatColumns? Of(string line)
    {
        foreach (var separator in ",;\t|")
        {
            var fields = Split(line, separator);
            var names = fields.ConvertAll(ThreatWords.Plain);
            var address = Find(names, _addressNames);
            if (address >= 0 && (fields.Count > 1 || separator == ',') && !fields.Exists(field => AddressSet.TryParse(field, out _, out _)))
            {
                var type = Find(names, _typeNames);
                return new ThreatColumns(separator, address, type, fields.Count);
            }
        }

        return null;
    }

    /// <summary>Whether a line has as many fields as the header.</summary>
    public bool Fits(string line) => _count > 1 && Split(line, _separator).Count == _count;

    /// <summary>The address of a line and what it says of the threat's kind; null when the line ends before the column.</summary>
    public (string? Address, string? Type) Read(string line)
    {
        var fields = Split(line, _separator);
        return (_address < fields.Count ? fields[_address] : null, _type >= 0 && _type < fields.Count ? fields[_type] : null);
    }

    private static int Find(List<string> names, string[] wanted)
    {
        foreach (var name in wanted)
        {
            var at = names.IndexOf(name);
            if (at >= 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The fields without the quotes and blanks around them (RFC 4180, but for line ends within quotes).</summary>
    private static List<string> Split(string line, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append(c);
                    i++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (c == separator && !isQuoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}
