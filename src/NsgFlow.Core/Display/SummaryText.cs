using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NsgFlow.Display;

/// <summary>The dashboard: numbers in four columns, what was seen, then the first rows of each list with a bar of its share.</summary>
internal sealed class SummaryText
{
    private const int Columns = 4;
    private const int LabelWidth = 9;
    private const int TileWidth = LabelWidth + TrafficFormat.NumberWidth;
    private const int Gap = 5;
    private const int Width = (Columns * TileWidth) + ((Columns - 1) * Gap);
    private const int KeyWidth = 43;
    private const int BarWidth = 16;
    private const int MostRows = 5;
    private const int MostNames = 3;

    private readonly StringBuilder _text = new();

    public static string Of(TrafficSummary summary)
    {
        var text = new SummaryText();
        text.AddTiles(summary);
        text.AddSeen(summary);
        text.AddRows("Flow types", summary.FlowType, int.MaxValue);
        text.AddHours(summary);
        text.AddRows("Top conversations", summary.TopConversation, MostRows);
        text.AddRows("Top talkers", summary.TopTalker, MostRows);
        text.AddRows("Top ports", summary.TopPort, MostRows);
        text.AddRows("Top denied sources", summary.TopDeniedSource, MostRows);
        text.AddRows("Top rules", summary.TopRule, MostRows, Rule);
        return text._text.ToString().TrimEnd('\n');
    }

    private void AddTiles(TrafficSummary summary)
    {
        AddLine(
            Tile("Flows", TrafficFormat.Number(summary.Flows)),
            Tile("Allowed", TrafficFormat.Number(summary.Allowed)),
            Tile("Denied", TrafficFormat.Number(summary.Denied), summary.Denied > 0),
            summary.Malicious is { } malicious ? Tile("Malicious", TrafficFormat.Number(malicious), malicious > 0) : string.Empty);
        AddLine(
            Tile("Bytes", FlowFormat.Size(summary.Bytes)),
            Tile("Sent", FlowFormat.Size(summary.BytesSent)),
            Tile("Received", FlowFormat.Size(summary.BytesReceived)),
            Tile("Packets", TrafficFormat.Number(summary.Packets)));
        AddLine(
            Tile("Inbound", TrafficFormat.Number(summary.Inbound)),
            Tile("Outbound", TrafficFormat.Number(summary.Outbound)),
            summary.Entries is { } entries ? Tile("Entries", TrafficFormat.Number(entries)) : string.Empty,
            summary.Blobs is { } blobs ? Tile("Blobs", TrafficFormat.Number(blobs)) : string.Empty);
        if (summary.Tuples is { } tuples)
        {
            AddLine(
                Tile("Tuples", TrafficFormat.Number(tuples)),
                Tile("Merged", TrafficFormat.Number(summary.MergedTuples)),
                Tile("Recorded", TrafficFormat.Percent(summary.RecordedPercent)),
                string.Empty);
        }
    }

    private void AddSeen(TrafficSummary summary)
    {
        _text.Append('\n');
        if (summary.FirstSeen is { } first && summary.LastSeen is { } last)
        {
            AddLine("Time".PadRight(LabelWidth) + FlowFormat.Time(first) + " to " + FlowFormat.Time(last));
        }

        AddNames("NSGs", summary.Nsg);
        AddNames("Networks", summary.VirtualNetwork);
        AddNames("Subnets", summary.Subnet);
        AddNames("Regions", summary.Location);
        AddNames("NICs", summary.MacAddress);
    }

    private void AddNames(string label, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        var shown = new StringBuilder();
        for (var i = 0; i < Math.Min(names.Count, MostNames); i++)
        {
            shown.Append(i == 0 ? string.Empty : ", ").Append(FlowFormat.Text(names[i]));
        }

        if (names.Count > MostNames)
        {
            shown.Append(", \u2026 (").Append(names.Count.ToString(CultureInfo.InvariantCulture)).Append(')');
        }

        AddLine(label.PadRight(LabelWidth) + FlowFormat.Shorten(shown.ToString(), Width - LabelWidth));
    }

    private void AddHours(TrafficSummary summary)
    {
        if (summary.BusiestHour is not { } busiest)
        {
            return;
        }

        AddTitle("Busiest hour", busiest.OrderedBy, summary.Hour.Count > 1 ? "all hours" : string.Empty);
        var values = new List<long>();
        foreach (var hour in summary.Hour)
        {
            values.Add(busiest.OrderedBy == TrafficOrder.Bytes ? hour.Bytes ?? 0 : hour.Flows);
        }

        AddRow(TrafficFormat.Key(busiest), busiest, values.Count > 1 ? TrafficFormat.Trend(values, BarWidth) : string.Empty);
    }

    private void AddRows(string title, IReadOnlyList<TrafficMeasure> rows, int most, Func<TrafficMeasure, string>? key = null)
    {
        if (rows.Count == 0)
        {
            return;
        }

        AddTitle(title, rows[0].OrderedBy, string.Empty);
        for (var i = 0; i < Math.Min(rows.Count, most) && !(rows[i].IsOther && most != int.MaxValue); i++)
        {
            AddRow(key?.Invoke(rows[i]) ?? TrafficFormat.Key(rows[i]), rows[i], TrafficFormat.Bar(rows[i].Percent, BarWidth));
        }
    }

    private void AddTitle(string title, TrafficOrder order, string bar)
    {
        _text.Append('\n');
        AddLine(title.PadRight(KeyWidth + 2) + order.ToString().PadLeft(TrafficFormat.NumberWidth) + (bar.Length == 0 ? string.Empty : new string(' ', 8) + bar));
    }

    private void AddRow(string key, TrafficMeasure row, string bar)
    {
        AddLine("  " + FlowFormat.Shorten(key, KeyWidth).PadRight(KeyWidth)
            + TrafficFormat.Marked(TrafficFormat.Value(row).PadLeft(TrafficFormat.NumberWidth), row.OrderedBy == TrafficOrder.Denied)
            + TrafficFormat.Percent(row.Percent).PadLeft(7) + " " + bar);
    }

    // The rule first: names of groups are long, and often the same.
    private static string Rule(TrafficMeasure row)
    {
        string? group = null;
        string? rule = null;
        for (var i = 0; i < row.KeyNames.Count; i++)
        {
            group = row.KeyNames[i] == "Nsg" ? row.KeyValues[i] as string : group;
            rule = row.KeyNames[i] == "Rule" ? row.KeyValues[i] as string : rule;
        }

        if (rule is null)
        {
            return TrafficFormat.Key(row);
        }

        var shown = FlowFormat.Text(rule);
        return group is null ? shown : shown + " (" + FlowFormat.Shorten(FlowFormat.Text(group), Math.Max(12, KeyWidth - shown.Length - 3)) + ")";
    }

    private static string Tile(string label, string value, bool isBad = false) =>
        label.PadRight(LabelWidth) + TrafficFormat.Marked(value.PadLeft(TrafficFormat.NumberWidth), isBad);

    private void AddLine(params string[] tiles) => _text.Append(string.Join(new string(' ', Gap), tiles).TrimEnd()).Append('\n');
}
