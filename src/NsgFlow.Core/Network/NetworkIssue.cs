using System.Globalization;

namespace NsgFlow.Network;

/// <summary>Something in a service-tag file or threat list that was not taken, and why. The rest of the file was.</summary>
public sealed class NetworkIssue
{
    internal NetworkIssue(string source, int line, string? path, string reason, string? text)
    {
        Source = source;
        Line = line;
        Path = path;
        Reason = reason;
        Text = text;
    }

    /// <summary>The name given to the file or list; empty when none was.</summary>
    public string Source { get; }

    /// <summary>The line, counted from 1; 0 when the file is JSON, or the issue is not about one line.</summary>
    public int Line { get; }

    /// <summary>The JSON element, as <c>values[3].properties.addressPrefixes[0]</c>; null when the file is not JSON.</summary>
    public string? Path { get; }

    /// <summary>The reason, a sentence for people.</summary>
    public string Reason { get; }

    /// <summary>The text in question, cut to a line and without control characters; null when there is none.</summary>
    public string? Text { get; }

    /// <summary>The place, the reason, the text.</summary>
    public override string ToString()
    {
        var place = Path ?? (Line > 0 ? "line " + Line.ToString(CultureInfo.InvariantCulture) : null);
        var head = Source.Length > 0 && place is not null ? Source + ", " + place : Source + place;
        return (head.Length > 0 ? head + ": " : string.Empty) + Reason + (Text is null ? string.Empty : " (" + Text + ")");
    }
}
