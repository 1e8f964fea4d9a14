using System;
using System.ComponentModel;
using System.Globalization;

namespace NsgFlow.Display;

/// <summary>What the views of Traffic Analytics' rows show.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AnalyticsFormat
{
    /// <summary>An IPv4 address at its longest.</summary>
    public const int AddressWidth = 15;

    private const string Unknown = "?";

    /// <summary>Source, and destination with its port; the arrow stands in the same column for every IPv4 flow. Denied ones in red.</summary>
    public static string Flow(TrafficAnalyticsRecord record)
    {
        var source = FlowFormat.Shorten(Address(Checked(record).SourceAddress), AddressWidth).PadRight(AddressWidth);
        return Mark(source + " \u2192 " + FlowFormat.Shorten(Destination(record), FlowFormat.EndpointWidth), record);
    }

    /// <summary>The destination with its port.</summary>
    public static string Destination(TrafficAnalyticsRecord record)
    {
        var address = Address(Checked(record).DestinationAddress);
        return record.DestinationPort is { } port ? FlowFormat.Endpoint(address, port) : address;
    }

    /// <summary><c>Allow</c>, or <c>DENY</c>: it stands out without colours too.</summary>
    public static string Decision(TrafficAnalyticsRecord record) => Checked(record).Decision switch
    {
        FlowDecision.Deny => Mark("DENY", record),
        { } other => other.ToString(),
        null => string.Empty,
    };

    /// <summary><c>In</c>, <c>Out</c>; nothing when not told.</summary>
    public static string Direction(TrafficAnalyticsRecord record) => Checked(record).Direction is { } direction ? FlowFormat.Direction(direction) : string.Empty;

    /// <summary>The protocol's name, or its number when it has none here.</summary>
    public static string Protocol(TrafficAnalyticsRecord record) => Checked(record).Protocol?.ToString() ?? string.Empty;

    /// <summary>The interval that was put together: its start, and its length in minutes.</summary>
    public static string Interval(TrafficAnalyticsRecord record)
    {
        var length = Checked(record).IntervalEnd - record.IntervalStart;
        return FlowFormat.Time(record.IntervalStart) + (length is { } span ? " (" + Math.Round(span.TotalMinutes).ToString(CultureInfo.InvariantCulture) + " min)" : string.Empty);
    }

    private static string Address(string? address) => string.IsNullOrEmpty(address) ? Unknown : FlowFormat.Text(address);

    private static string Mark(string text, TrafficAnalyticsRecord record) =>
        record.Decision == FlowDecision.Deny && Colours.Wanted ? Colours.Red + text + Colours.Reset : text;

    private static TrafficAnalyticsRecord Checked(TrafficAnalyticsRecord record) => record ?? throw new ArgumentNullException(nameof(record));
}
