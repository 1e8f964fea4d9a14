using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace NsgFlow.Display;

/// <summary>
/// What the views of measured traffic show; see <see cref="FlowFormat"/>. Numbers are made short here and nowhere else. Culture does not matter.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TrafficFormat
{
    /// <summary>Width of <see cref="Number"/>, and of a size.</summary>
    public const int NumberWidth = 7;

    private const string Arrow = " \u2192 ";
    private const string NotKnown = "(unknown)";
    private const string Separator = ", ";
    private const int ShortestPart = 8;
    private const string Levels = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private const string Eighths = "\u258f\u258e\u258d\u258c\u258b\u258a\u2589\u2588";
    private static readonly string[] _units = [" K", " M", " G", " T", " P", " E"];

    /// <summary>A number in seven characters: <c>999,999</c>, <c>1.23 M</c>, <c>456 G</c>; nothing for null.</summary>
    public static string Number(long? number)
    {
        if (number is not { } value)
        {
            return string.Empty;
        }

        if (value is > -100_000 and < 1_000_000)
        {
            return FlowFormat.Count(value);
        }

        var scaled = Math.Abs((double)value);
        var unit = -1;

        // 999.5 would be shown as 1000.
        while (scaled >= 999.5)
        {
            scaled /= 1000;
            unit++;
        }

        var format = scaled >= 99.95 ? "0" : scaled >= 9.995 ? "0.0" : "0.00";
        return (value < 0 ? "-" : string.Empty) + scaled.ToString(format, CultureInfo.InvariantCulture) + _units[unit];
    }

    /// <summary>A share: <c>12.3%</c>, <c>100%</c>; <c>&lt;0.1%</c> for one that is more than none; nothing for null.</summary>
    public static string Percent(double? percent) => percent switch
    {
        null => string.Empty,
        > 0 and < 0.05 => "<0.1%",
        >= 99.95 and < 100 => "99.9%",
        100 => "100%",
        { } value => value.ToString("0.0", CultureInfo.InvariantCulture) + "%",
    };

    /// <summary>Denied flows; in red when there are some.</summary>
    public static string Denied(TrafficMeasure row)
    {
        Require(row);
        return Marked(Number(row.Denied), row.Denied > 0);
    }

    /// <summary>A moment without the year: <c>11-01 09:30:00</c>.</summary>
    public static string Moment(DateTime? time) => time?.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>What the rows are by, for the line above a table: <c>SourceAddress, most Bytes first</c>.</summary>
    public static string Heading(TrafficMeasure row)
    {
        Require(row);
        if (row.KeyNames.Count == 0)
        {
            return "everything";
        }

        var isSeries = row.KeyNames[0] == "Time";
        var names = string.Join(Separator, row.KeyNames).Replace("SourceAddress, DestinationAddress, DestinationPort, Protocol", "Conversation");
        return names + (isSeries ? "; share of " + row.OrderedBy : "; most " + row.OrderedBy + " first");
    }

    /// <summary>The values of a row's keys as one text, the longest cut in their middle; the row of the rest stands out.</summary>
    /// <param name="row">The row.</param>
    /// <param name="width">Most characters.</param>
    public static string Key(TrafficMeasure row, int width)
    {
        Require(row);
        var text = Fitted(row, width);
        return row.IsOther && Colours.Wanted ? Colours.Faint + text + Colours.Reset : text;
    }

    /// <summary>Numbers as a line of bars, one character each; neighbours are added up when there are more than the width. A space is nothing.</summary>
    /// <param name="row">The row whose trend is shown.</param>
    /// <param name="width">Most characters.</param>
    public static string Trend(TrafficMeasure row, int width)
    {
        Require(row);
        return Trend(row.Trend, width);
    }

    /// <summary>Numbers as a line of bars.</summary>
    public static string Trend(IReadOnlyList<long> numbers, int width)
    {
        if (numbers is null)
        {
            throw new ArgumentNullException(nameof(numbers));
        }

        // Every character stands for the same length of time, so a piece may be shared by two of them.
        var sums = new double[Math.Min(numbers.Count, Math.Max(1, width))];
        var each = numbers.Count / (double)Math.Max(1, sums.Length);
        for (var i = 0; i < numbers.Count; i++)
        {
            var first = Math.Min(sums.Length - 1, (int)(i / each));
            var border = (first + 1) * each;
            var share = Math.Min(1, border - i);
            sums[first] += numbers[i] * share;
            if (share < 1 && first + 1 < sums.Length)
            {
                sums[first + 1] += numbers[i] * (1 - share);
            }
        }

        var most = 0.0;
        foreach (var sum in sums)
        {
            most = Math.Max(most, sum);
        }

        var line = new StringBuilder(sums.Length);
        foreach (var sum in sums)
        {
            line.Append(sum <= 0 ? ' ' : Levels[(int)Math.Min(Levels.Length - 1, sum / most * Levels.Length)]);
        }

        return line.ToString();
    }

    /// <summary>A share as a bar, to an eighth of a character; one that is more than none has an eighth at least.</summary>
    public static string Bar(double? percent, int width)
    {
        if (percent is not > 0)
        {
            return string.Empty;
        }

        var eighths = Math.Max(1, (int)Math.Round(Math.Min(100, percent.Value) / 100 * width * 8));
        var bar = new string(Eighths[7], eighths / 8);
        return eighths % 8 == 0 ? bar : bar + Eighths[(eighths % 8) - 1];
    }

    /// <summary>What the row is ordered by, with its unit.</summary>
    public static string Value(TrafficMeasure row)
    {
        Require(row);
        return row.OrderedBy switch
        {
            TrafficOrder.Bytes => FlowFormat.Size(row.Bytes),
            TrafficOrder.BytesSent => FlowFormat.Size(row.BytesSent),
            TrafficOrder.BytesReceived => FlowFormat.Size(row.BytesReceived),
            TrafficOrder.Packets => Number(row.Packets),
            TrafficOrder.Denied => Number(row.Denied),
            TrafficOrder.Sources => Number(row.Sources),
            TrafficOrder.Destinations => Number(row.Destinations),
            TrafficOrder.Ports => Number(row.Ports),
            _ => Number(row.Flows),
        };
    }

    /// <summary>A summary as text of at most 79 columns.</summary>
    public static string Summary(TrafficSummary summary) => SummaryText.Of(summary ?? throw new ArgumentNullException(nameof(summary)));

    internal static string Marked(string text, bool isBad) => isBad && Colours.Wanted ? Colours.Red + text + Colours.Reset : text;

    internal static string Key(TrafficMeasure row) => Joined(Parts(row));

    private static string Joined(List<string> parts) => parts.Count == 0 ? "(all)" : string.Join(Separator, parts);

    // All parts keep something: of a long name of a group nothing else would be left of its rule.
    private static string Fitted(TrafficMeasure row, int width)
    {
        var parts = Parts(row);
        for (var text = Joined(parts); text.Length > width; text = Joined(parts))
        {
            var longest = 0;
            for (var i = 1; i < parts.Count; i++)
            {
                longest = parts[i].Length > parts[longest].Length ? i : longest;
            }

            var cut = FlowFormat.Shorten(parts[longest], Math.Max(ShortestPart, parts[longest].Length - (parts.Count == 1 ? text.Length - width : 1)));
            if (parts[longest].Length <= ShortestPart || cut.Length >= parts[longest].Length)
            {
                return FlowFormat.Shorten(text, width);
            }

            parts[longest] = cut;
        }

        return Joined(parts);
    }

    private static List<string> Parts(TrafficMeasure row)
    {
        var parts = new List<string>();
        for (var i = 0; i < row.KeyNames.Count; i++)
        {
            if (Part(row, i) is { } part)
            {
                parts.Add(part);
            }

            // Of the rest nothing more is known.
            if (row.IsOther && Equals(row.KeyValues[i], TrafficMeasure.Other))
            {
                break;
            }
        }

        return parts;
    }

    /// <summary>The text of a key, with those that belong to it; null when it belongs to one before.</summary>
    private static string? Part(TrafficMeasure row, int at)
    {
        var name = row.KeyNames[at];
        if (row.IsOther)
        {
            return Text(name, row.KeyValues[at]);
        }

        var hasSource = Has(row, "SourceAddress", out var source);
        var hasDestination = Has(row, "DestinationAddress", out var destination);
        switch (name)
        {
            case "SourceAddress":
                var from = Endpoint(row, source, "SourcePort");
                return hasDestination ? from + Arrow + Endpoint(row, destination, "DestinationPort") + Protocol(row) : from;
            case "DestinationAddress":
                return hasSource ? null : Endpoint(row, destination, "DestinationPort") + Protocol(row);
            case "SourcePort" when hasSource:
            case "DestinationPort" when hasDestination:
            case "Protocol" when Has(row, "DestinationPort", out _):
                return null;
            case "DestinationPort":
                return Text(name, row.KeyValues[at]) + Protocol(row);
            default:
                return Text(name, row.KeyValues[at]);
        }
    }

    private static bool Has(TrafficMeasure row, string name, out object? value)
    {
        for (var i = 0; i < row.KeyNames.Count; i++)
        {
            if (row.KeyNames[i] == name)
            {
                value = row.KeyValues[i];
                return true;
            }
        }

        value = null;
        return false;
    }

    private static string Endpoint(TrafficMeasure row, object? address, string portName)
    {
        var text = Text("Address", address);
        return Has(row, portName, out var port) && port is int number ? FlowFormat.Endpoint(text, number) : text;
    }

    // Beside a port: of the flows without one the protocol is all there is.
    private static string Protocol(TrafficMeasure row) =>
        Has(row, "DestinationPort", out _) && Has(row, "Protocol", out var protocol) ? " " + Text("Protocol", protocol) : string.Empty;

    private static string Text(string name, object? value) => value switch
    {
        null => NotKnown,
        string text => FlowFormat.Text(text),
        DateTime time when name == "Hour" => FlowFormat.Hour(time),
        DateTime time when name == "Day" => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => FlowFormat.ShortTime(time),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => FlowFormat.Text(value.ToString()),
    };

    private static void Require(TrafficMeasure row)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }
    }
}
