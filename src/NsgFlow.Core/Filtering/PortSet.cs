using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>An immutable set of ports, one bit each.</summary>
public sealed class PortSet
{
    private readonly ulong[] _bits = new ulong[1024];

    private PortSet(IEnumerable<PortRange> ranges)
    {
        foreach (var range in ranges)
        {
            for (int port = range.First; port <= range.Last; port++)
            {
                _bits[port >> 6] |= 1UL << (port & 63);
            }
        }

        Ranges = Runs();
    }

    /// <summary>The ranges the set consists of: sorted, none touching another.</summary>
    public IReadOnlyList<PortRange> Ranges { get; }

    /// <summary>True when no port is in the set.</summary>
    public bool IsEmpty => Ranges.Count == 0;

    /// <summary>Makes a set of texts: numbers, ranges (<c>8000-8100</c>), service names (<c>https</c>; see <see cref="ServiceNames"/>).</summary>
    /// <exception cref="FormatException">One of them is none of these; the message says which and why.</exception>
    public static PortSet Parse(IEnumerable<string> texts)
    {
        if (texts is null)
        {
            throw new ArgumentNullException(nameof(texts));
        }

        var ranges = new List<PortRange>();
        foreach (var text in texts)
        {
            ranges.Add(TryParse(text, out var range, out var error) ? range : throw new FormatException(error));
        }

        return new PortSet(ranges);
    }

    /// <summary>Makes a set of ranges, which may overlap.</summary>
    public static PortSet Of(IEnumerable<PortRange> ranges) => new(ranges ?? throw new ArgumentNullException(nameof(ranges)));

    /// <summary>Reads one text.</summary>
    /// <param name="text">A number, a range or a service name.</param>
    /// <param name="range">What it means.</param>
    /// <param name="error">Why it means nothing, as a sentence for people; null on success.</param>
    public static bool TryParse(string? text, out PortRange range, out string? error)
    {
        range = default;
        error = null;
        var trimmed = (text ?? string.Empty).Trim();
        if (ServiceNames.TryGetPorts(trimmed, out range))
        {
            return true;
        }

        var dash = trimmed.IndexOf('-');
        var first = (dash < 0 ? trimmed : trimmed.Substring(0, dash)).Trim();
        var last = (dash < 0 ? trimmed : trimmed.Substring(dash + 1)).Trim();
        if (!IsNumber(first) || !IsNumber(last))
        {
            error = trimmed.Length == 0
                ? "An empty text is no port."
                : $"{Shown.Text(trimmed)} is not a port: give a number from 0 to 65535, a range (8000-8100) or a service name (https, ssh, dns …).";
            return false;
        }

        if (!TryNumber(first, out var low) || !TryNumber(last, out var high))
        {
            error = $"{Shown.Text(trimmed)} is not a port{(dash < 0 ? string.Empty : " range")}: ports go from 0 to 65535.";
            return false;
        }

        if (high < low)
        {
            error = $"{Shown.Text(trimmed)} is not a port range: it ends before it begins.";
            return false;
        }

        range = new PortRange(low, high);
        return true;
    }

    /// <summary>Whether a port is in the set. Allocates nothing.</summary>
    public bool Contains(ushort port) => ((_bits[port >> 6] >> (port & 63)) & 1) != 0;

    private List<PortRange> Runs()
    {
        var runs = new List<PortRange>();
        var first = -1;
        for (var port = 0; port <= 65536; port++)
        {
            var isIn = port < 65536 && Contains((ushort)port);
            if (isIn && first < 0)
            {
                first = port;
            }
            else if (!isIn && first >= 0)
            {
                runs.Add(new PortRange((ushort)first, (ushort)(port - 1)));
                first = -1;
            }
        }

        return runs;
    }

    private static bool IsNumber(string text)
    {
        foreach (var c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool TryNumber(string digits, out ushort port)
    {
        var number = 0;
        foreach (var c in digits)
        {
            number = (number * 10) + (c - '0');
            if (number > 65535)
            {
                port = 0;
                return false;
            }
        }

        port = (ushort)number;
        return true;
    }
}
