using System;
using System.ComponentModel;
using System.Globalization;

namespace NsgFlow.Display;

/// <summary>
/// What the views of NsgFlow.Format.ps1xml show; the XML only lays out. Public, and in this assembly, since a view can name only
/// types of the default load context. Null (not recorded) is shown as nothing, never as 0. Culture does not matter.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FlowFormat
{
    /// <summary>An IPv4 endpoint at its longest: <c>255.255.255.255:65535</c>.</summary>
    public const int EndpointWidth = 21;

    private const string Arrow = "\u2192";
    private const string Cut = "\u2026";
    private const string BlobFile = "PT1H.json";
    private static readonly char[] _separators = ['/', '\\'];
    private static readonly string[] _units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>Text of a log or a name, with a question mark for each character that a terminal would obey instead of showing.</summary>
    public static string Text(string? text) => text is null ? string.Empty : ShownText.Clean(text);

    /// <summary>Bytes with three digits and a unit of 1024 steps: <c>987 B</c>, <c>1.5 KB</c>, <c>12.3 MB</c>, <c>456 GB</c>.</summary>
    public static string Size(long? bytes)
    {
        if (bytes is not { } value)
        {
            return string.Empty;
        }

        double size = Math.Abs((double)value);
        var unit = 0;
        // 999.5 would be shown as 1000.
        while (size >= 999.5 && unit < _units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        var format = unit == 0 || size >= 99.95 ? "0" : "0.0";
        return (value < 0 ? "-" : string.Empty) + size.ToString(format, CultureInfo.InvariantCulture) + " " + _units[unit];
    }

    /// <summary>A number with thousands separators.</summary>
    public static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>A moment, as UTC to the second: <c>2026-11-01 09:30:00Z</c>.</summary>
    public static string Time(DateTime? time) => Moment(time, "yyyy-MM-dd HH:mm:ss'Z'");

    /// <summary>The same without the Z, for a column whose head says UTC.</summary>
    public static string ShortTime(DateTime? time) => Moment(time, "yyyy-MM-dd HH:mm:ss");

    /// <summary>A moment, as UTC to the millisecond.</summary>
    public static string PreciseTime(DateTime? time) => Moment(time, "yyyy-MM-dd HH:mm:ss.fff'Z'");

    /// <summary>An hour: <c>2026-11-01 09h</c>.</summary>
    public static string Hour(DateTime? time) => Moment(time, "yyyy-MM-dd HH'h'");

    /// <summary>Address and port; an IPv6 address in brackets.</summary>
    public static string Endpoint(string address, int port)
    {
        if (address is null)
        {
            throw new ArgumentNullException(nameof(address));
        }

        var number = port.ToString(CultureInfo.InvariantCulture);
        return address.IndexOf(':') >= 0 ? "[" + address + "]:" + number : address + ":" + number;
    }

    /// <summary>Source and destination with an arrow between, which stands in the same column for every IPv4 flow. Denied ones in red.</summary>
    public static string Flow(FlowRecord record)
    {
        if (record is null)
        {
            throw new ArgumentNullException(nameof(record));
        }

        return Mark(Ends(record), record.Decision);
    }

    /// <summary>The same of a session.</summary>
    public static string Flow(FlowSession session) => Ends(Checked(session).Sum);

    /// <summary><c>Allow</c>, or <c>DENY</c>: it stands out without colours too.</summary>
    public static string Decision(FlowRecord record)
    {
        if (record is null)
        {
            throw new ArgumentNullException(nameof(record));
        }

        return record.Decision == FlowDecision.Deny ? Mark("DENY", record.Decision) : "Allow";
    }

    /// <summary><c>In</c> or <c>Out</c>.</summary>
    public static string Direction(FlowDirection direction) => direction == FlowDirection.Inbound ? "In" : "Out";

    /// <summary>The state in five letters or fewer; nothing when not recorded.</summary>
    public static string State(FlowState? state) => state switch
    {
        null or FlowState.None => string.Empty,
        FlowState.Continue => "Cont",
        { } other => other.ToString(),
    };

    /// <summary><c>Complete</c>, <c>Open</c> or <c>HeadMissing</c>; what is not complete in yellow.</summary>
    public static string SessionState(FlowSession session) => Mark(Checked(session).State.ToString(), session.State);

    /// <summary>
    /// How long a session was, in five characters: <c>350ms</c>, <c>12.3s</c>, <c>4.0m</c>, <c>2.5h</c>, <c>12d</c>. Of one that is not
    /// complete how long it was at least, in whole units: <c>12m+</c>, in yellow.
    /// </summary>
    public static string Span(FlowSession session) => Checked(session).State == FlowSessionState.Complete
        ? Span(session.Duration)
        : Mark(AtLeast(session.Duration), session.State);

    /// <summary>The protocol of a session.</summary>
    public static string Protocol(FlowSession session) => Protocol(Checked(session).Sum);

    /// <summary>The protocol's name, its number when it has none here, or the code as the log wrote it.</summary>
    public static string Protocol(FlowRecord record)
    {
        if (record is null)
        {
            throw new ArgumentNullException(nameof(record));
        }

        return record.Protocol == FlowProtocol.Other ? Text(record.ProtocolCode) : record.Protocol.ToString();
    }

    /// <summary>
    /// What a blob is of: the target its name tells, else the file. Every blob is called PT1H.json, so for one of that name the folder
    /// stands before it.
    /// </summary>
    public static string Label(FlowBlob blob)
    {
        if (blob is null)
        {
            throw new ArgumentNullException(nameof(blob));
        }

        return Text(blob.Target ?? FileLabel(blob.Name));
    }

    /// <summary>The same of a copy of a blob.</summary>
    public static string Label(SavedFlowBlob saved)
    {
        if (saved is null)
        {
            throw new ArgumentNullException(nameof(saved));
        }

        return Text(saved.Target ?? FileLabel(saved.Blob));
    }

    /// <summary>Text cut in its middle: an IPv6 endpoint differs at its start and its end.</summary>
    public static string Shorten(string text, int width)
    {
        if (text is null)
        {
            throw new ArgumentNullException(nameof(text));
        }

        if (text.Length <= width || width < 3)
        {
            return text;
        }

        var tail = (width - 1) / 2;
        return text.Substring(0, width - 1 - tail) + Cut + text.Substring(text.Length - tail);
    }

    private static string FileLabel(string name)
    {
        var start = name.LastIndexOfAny(_separators) + 1;
        var isBlobName = name.IndexOf(BlobFile, start, StringComparison.OrdinalIgnoreCase) == start;
        if (isBlobName && start > 1)
        {
            start = name.LastIndexOfAny(_separators, start - 2) + 1;
        }

        return name.Substring(start);
    }

    private static string Ends(FlowRecord record)
    {
        var source = Shorten(Endpoint(record.SourceAddress, record.SourcePort), EndpointWidth);
        var destination = Shorten(Endpoint(record.DestinationAddress, record.DestinationPort), EndpointWidth);
        return source.PadRight(EndpointWidth) + " " + Arrow + " " + destination;
    }

    private static string Span(TimeSpan length)
    {
        if (length == TimeSpan.Zero)
        {
            // NSG logs know whole seconds only.
            return "0s";
        }

        if (length.TotalMilliseconds < 999.5)
        {
            return Whole(length.TotalMilliseconds) + "ms";
        }

        // What would be rounded to the next unit is shown in that.
        var (value, unit) = length.TotalSeconds < 59.95 ? (length.TotalSeconds, "s")
            : length.TotalMinutes < 59.95 ? (length.TotalMinutes, "m")
            : length.TotalHours < 23.95 ? (length.TotalHours, "h")
            : (length.TotalDays, "d");
        return (value < 99.95 ? value.ToString("0.0", CultureInfo.InvariantCulture) : Whole(value)) + unit;
    }

    private static string AtLeast(TimeSpan length)
    {
        var (value, unit) = length < TimeSpan.FromMinutes(1) ? (length.TotalSeconds, "s")
            : length < TimeSpan.FromHours(1) ? (length.TotalMinutes, "m")
            : length < TimeSpan.FromDays(1) ? (length.TotalHours, "h")
            : (length.TotalDays, "d");
        return Whole(Math.Floor(value)) + unit + "+";
    }

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static FlowSession Checked(FlowSession session) => session ?? throw new ArgumentNullException(nameof(session));

    private static string Mark(string text, FlowSessionState state) =>
        state != FlowSessionState.Complete && Colours.Wanted ? Colours.Yellow + text + Colours.Reset : text;

    private static string Mark(string text, FlowDecision decision) =>
        decision == FlowDecision.Deny && Colours.Wanted ? Colours.Red + text + Colours.Reset : text;

    private static string Moment(DateTime? time, string format) =>
        time?.ToString(format, CultureInfo.InvariantCulture) ?? string.Empty;
}
