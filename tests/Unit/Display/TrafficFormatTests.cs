using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Display;
using NsgFlow.Measuring;
using Xunit;

namespace NsgFlow.Unit.Display;

public sealed class TrafficFormatTests : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Theory]
    [InlineData(null, "")]
    [InlineData(0L, "0")]
    [InlineData(999_999L, "999,999")]
    [InlineData(1_000_000L, "1.00 M")]
    [InlineData(1_234_567L, "1.23 M")]
    [InlineData(9_996_000L, "10.0 M")]
    [InlineData(99_960_000L, "100 M")]
    [InlineData(999_400_000L, "999 M")]
    [InlineData(999_600_000L, "1.00 G")]
    [InlineData(long.MaxValue, "9.22 E")]
    [InlineData(-99_999L, "-99,999")]
    [InlineData(-123_456L, "-123 K")]
    [InlineData(long.MinValue, "-9.22 E")]
    public void Numbers_fit_seven_characters(long? number, string expected)
    {
        Assert.Equal(expected, TrafficFormat.Number(number));
        Assert.True(expected.Length <= TrafficFormat.NumberWidth);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(0.0, "0.0%")]
    [InlineData(0.001, "<0.1%")]
    [InlineData(12.34, "12.3%")]
    [InlineData(99.99, "99.9%")]
    [InlineData(100.0, "100%")]
    public void Shares_are_none_or_all_only_when_they_are(double? percent, string expected) => Assert.Equal(expected, TrafficFormat.Percent(percent));

    [Fact]
    public void No_culture_changes_what_is_shown()
    {
        foreach (var name in new[] { "de-DE", "ar-SA", "tr-TR" })
        {
            CultureInfo.CurrentCulture = new CultureInfo(name);
            Assert.Equal("1.23 M", TrafficFormat.Number(1_234_567));
            Assert.Equal("12.3%", TrafficFormat.Percent(12.34));
            Assert.Equal("11-01 09:30:05", TrafficFormat.Moment(new DateTime(2026, 11, 1, 9, 30, 5, DateTimeKind.Utc)));
            Assert.Equal("443 Tcp", TrafficFormat.Key(Row(("DestinationPort", 443), ("Protocol", FlowProtocol.Tcp))));
            Assert.Equal("-1 5", Row(("Hour", null), trend: [-1, 5]).Trend.ToString());
        }
    }

    [Theory]
    [InlineData(new long[0], 8, "")]
    [InlineData(new long[] { 0, 0 }, 8, "  ")]
    [InlineData(new long[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 }, 16, " \u2582\u2583\u2584\u2585\u2586\u2587\u2588\u2588")]
    [InlineData(new long[] { 1, 100 }, 8, "\u2581\u2588")]
    [InlineData(new long[] { 1, 1, 4, 4 }, 2, "\u2583\u2588")]
    [InlineData(new long[] { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 8, "\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588")]
    [InlineData(new long[] { long.MaxValue, long.MaxValue }, 1, "\u2588")]
    public void A_trend_is_a_bar_for_each_piece(long[] numbers, int width, string expected) => Assert.Equal(expected, TrafficFormat.Trend(numbers, width));

    [Theory]
    [InlineData(null, "")]
    [InlineData(0.0, "")]
    [InlineData(0.0001, "\u258f")]
    [InlineData(50.0, "\u2588\u2588")]
    [InlineData(62.5, "\u2588\u2588\u258c")]
    [InlineData(100.0, "\u2588\u2588\u2588\u2588")]
    [InlineData(250.0, "\u2588\u2588\u2588\u2588")]
    public void A_share_is_a_bar(double? percent, string expected) => Assert.Equal(expected, TrafficFormat.Bar(percent, 4));

    [Fact]
    public void Keys_of_a_conversation_read_as_one()
    {
        var row = Row(("SourceAddress", "10.0.0.4"), ("DestinationAddress", "10.0.0.5"), ("DestinationPort", 443), ("Protocol", FlowProtocol.Tcp));
        Assert.Equal("10.0.0.4 \u2192 10.0.0.5:443 Tcp", TrafficFormat.Key(row));
    }

    [Fact]
    public void Other_keys_stand_with_what_they_belong_to_and_in_the_order_asked_for()
    {
        Assert.Equal(
            "DenyAll, 10.0.0.4:50000 \u2192 [2001:db8::1]:53 Udp, Deny",
            TrafficFormat.Key(Row(
                ("Rule", "DenyAll"), ("Protocol", FlowProtocol.Udp), ("DestinationAddress", null), ("SourceAddress", "10.0.0.4"), ("SourcePort", 50000), ("DestinationPort", 53), ("Decision", FlowDecision.Deny))
                .With("DestinationAddress", "2001:db8::1")));
        Assert.Equal("10.0.0.0/24:443", TrafficFormat.Key(Row(("DestinationAddress", "10.0.0.0/24"), ("DestinationPort", 443))));
        Assert.Equal("132, https", TrafficFormat.Key(Row(("Protocol", "132"), ("Service", "https"))));
        Assert.Equal("2026-11-01 09h", TrafficFormat.Key(Row(("Hour", Nine))));
        Assert.Equal("2026-11-01", TrafficFormat.Key(Row(("Day", Nine.Date))));
        Assert.Equal("2026-11-01 09:00:00, 10.0.0.4", TrafficFormat.Key(Row(("Time", Nine), ("SourceAddress", "10.0.0.4"))));
        Assert.Equal("Sunday, 9", TrafficFormat.Key(Row(("DayOfWeek", DayOfWeek.Sunday), ("HourOfDay", 9))));
        Assert.Equal("(all)", TrafficFormat.Key(Row()));
    }

    [Fact]
    public void A_value_that_is_not_known_says_so() => Assert.Equal("(unknown), 22", TrafficFormat.Key(Row(("SourceSubnet", null), ("DestinationPort", 22))));

    [Fact]
    public void The_rest_is_called_other_whatever_the_keys_are()
    {
        var rest = new TrafficMeasure(["SourceAddress", "DestinationAddress"], [TrafficMeasure.Other, null]) { IsOther = true };
        Assert.Equal("(other)", TrafficFormat.Key(rest));
        Assert.Equal(Colours.Wanted ? "\u001b[2m(other)\u001b[0m" : "(other)", TrafficFormat.Key(rest, 20));
        Assert.Equal(
            "2026-11-01 09:00:00, (other)",
            TrafficFormat.Key(new TrafficMeasure(["Time", "Rule", "Nsg"], [Nine, TrafficMeasure.Other, null]) { IsOther = true }));
    }

    [Fact]
    public void Text_of_a_log_cannot_give_orders_to_the_terminal()
    {
        var row = Row(("Rule", "A\u001b[2J\u202e"), ("SourceAddress", "\u0007"), ("DestinationAddress", "x"));
        Assert.Equal("A?[2J?, ? \u2192 x", TrafficFormat.Key(row));
        var summary = new TrafficSummary
        {
            Nsg = ["a\u001b]0;x\u0007"], VirtualNetwork = ["\u202e"], Subnet = ["\u001b"], Location = ["\u001b"], MacAddress = ["\u001b"], TopRule = [Row(("Nsg", "\u001bn"), ("Rule", "\u001br"))],
        };
        Assert.DoesNotContain(TrafficFormat.Summary(summary), static c => c < ' ' && c != '\n' || c == '\u202e');
    }

    [Fact]
    public void Long_keys_are_cut_in_their_middle()
    {
        var shown = TrafficFormat.Key(Row(("SourceAddress", "2001:db8:1:2:3:4:5:6"), ("DestinationAddress", "2001:db8:1:2:3:4:5:7"), ("DestinationPort", 443), ("Protocol", FlowProtocol.Tcp)), 39);
        Assert.Equal(39, shown.Length);
        Assert.EndsWith(":443 Tcp", shown, StringComparison.Ordinal);
        Assert.Equal("aks-ag\u202634-nsg, AllowI\u2026tBound, Allow", TrafficFormat.Key(Row(("Nsg", "aks-agentpool-1234-nsg"), ("Rule", "AllowInternetOutBound"), ("Decision", FlowDecision.Allow)), 35));
        Assert.Equal(20, TrafficFormat.Key(Row(("Nsg", "aks-agentpool-1234-nsg"), ("Rule", "AllowInternetOutBound"), ("Blob", "a-name-of-a-blob")), 20).Length);
    }

    [Fact]
    public void Denied_flows_are_red_where_there_are_some()
    {
        Assert.Equal("0", TrafficFormat.Denied(Row(("Rule", "a"))));
        Assert.Equal(Colours.Wanted ? "\u001b[91m3\u001b[0m" : "3", TrafficFormat.Denied(new TrafficMeasure([], []) { Flows = 3, Denied = 3 }));
    }

    [Fact]
    public void The_heading_says_what_rows_are_by_and_ordered_by()
    {
        Assert.Equal("Rule, Nsg; most Flows first", TrafficFormat.Heading(Row(("Rule", "a"), ("Nsg", "b"))));
        Assert.Equal("Time, Rule; share of Flows", TrafficFormat.Heading(Row(("Time", Nine), ("Rule", "b"))));
        Assert.Equal("Conversation; most Flows first", TrafficFormat.Heading(Row(("SourceAddress", "a"), ("DestinationAddress", "b"), ("DestinationPort", 1), ("Protocol", null))));
        Assert.Equal("everything", TrafficFormat.Heading(Row()));
    }

    [Fact]
    public void What_it_is_ordered_by_has_its_unit()
    {
        var row = new TrafficMeasure([], [])
        {
            Flows = 2_000_000, Denied = 1, BytesSent = 1024, BytesReceived = 512, PacketsSent = 1, PacketsReceived = 2, Sources = 3, Destinations = 4, Ports = 5,
        };
        Assert.Equal(
            ["2.00 M", "1.5 KB", "1.0 KB", "512 B", "3", "1", "3", "4", "5"],
            Enum.GetValues<TrafficOrder>().Select(order => TrafficFormat.Value(Copy(row, order))));
    }

    [Fact]
    public void Lists_of_a_row_have_their_elements_as_text()
    {
        var row = Row(("SourceAddress", "10.0.0.4"), ("SourceSubnet", null), trend: [1, 0, 3]);
        Assert.Equal("SourceAddress SourceSubnet", row.KeyNames.ToString());
        Assert.Equal("10.0.0.4 ", row.KeyValues.ToString());
        Assert.Equal("1 0 3", row.Trend.ToString());
        Assert.Equal([1L, 0, 3], row.Trend);
    }

    [Fact]
    public void No_field_has_the_name_of_a_property_of_a_row()
    {
        var properties = typeof(TrafficMeasure).GetProperties().Select(static property => property.Name);
        Assert.Empty(TrafficKey.Parse(TrafficField.All.Select(static field => field.Name)).Select(static key => key.Field.Name).Append("Time").Intersect(properties, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_summary_has_tiles_lists_and_bars_in_79_columns()
    {
        var text = TrafficFormat.Summary(Full());
        var lines = text.Split('\n');

        Assert.All(lines, static line => Assert.True(Plain(line).Length <= 79, line));
        Assert.All(lines, static line => Assert.Equal(line.TrimEnd(), line));
        Assert.Equal("Flows     12,345     Allowed   12,300     Denied        45     Malicious      0", Plain(lines[0]));
        Assert.Equal("Bytes     3.0 KB     Sent      1.0 KB     Received  2.0 KB     Packets       12", lines[1]);
        Assert.Contains("Time     2026-11-01 09:00:00Z to 2026-11-01 10:59:59Z", lines);
        Assert.Contains("NSGs     a, b, c, \u2026 (4)", lines);
        Assert.Contains("  10.0.0.4 \u2192 10.0.0.5:443 Tcp                 1.5 KB  50.0% \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588", lines);
        Assert.Contains("  DenyAll (nsg-a)                                  7  50.0% \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588", lines);
        Assert.Contains(lines, static line => Plain(line) == "  10.0.0.9                                        45  50.0% \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588");

        // Five of a list, all of the types.
        Assert.Equal(5, lines.Count(static line => line.StartsWith("  172.16.0.", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(static line => line.StartsWith("  Intra", StringComparison.Ordinal) || line.StartsWith("  Unknown", StringComparison.Ordinal)));
        Assert.DoesNotContain("(other)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_of_nothing_is_short_and_invents_nothing()
    {
        var text = TrafficFormat.Summary(new TrafficSummary());
        Assert.StartsWith("Flows          0     Allowed        0     Denied         0\nBytes                Sent", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Malicious", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Entries", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Top", text, StringComparison.Ordinal);
    }

    private static DateTime Nine { get; } = new(2026, 11, 1, 9, 0, 0, DateTimeKind.Utc);

    private static string Plain(string text) => text.Replace("\u001b[91m", string.Empty).Replace("\u001b[0m", string.Empty);

    private static TrafficMeasure Row(params (string Name, object? Value)[] keys) => Row(keys, []);

    private static TrafficMeasure Row((string Name, object? Value) one, long[] trend) => Row([one], trend);

    private static TrafficMeasure Row((string Name, object? Value) one, (string Name, object? Value) two, long[] trend) => Row([one, two], trend);

    private static TrafficMeasure Row((string Name, object? Value)[] keys, long[] trend) =>
        new([.. keys.Select(static key => key.Name)], [.. keys.Select(static key => key.Value)]) { Flows = 1, Trend = trend };

    private static TrafficMeasure Copy(TrafficMeasure row, TrafficOrder order) => new(row.KeyNames, row.KeyValues)
    {
        Flows = row.Flows,
        Denied = row.Denied,
        BytesSent = row.BytesSent,
        BytesReceived = row.BytesReceived,
        PacketsSent = row.PacketsSent,
        PacketsReceived = row.PacketsReceived,
        Sources = row.Sources,
        Destinations = row.Destinations,
        Ports = row.Ports,
        OrderedBy = order,
    };

    private static TrafficSummary Full()
    {
        TrafficMeasure Measure(TrafficOrder order, params (string Name, object? Value)[] keys) =>
            new([.. keys.Select(static key => key.Name)], [.. keys.Select(static key => key.Value)])
            {
                Flows = order == TrafficOrder.Denied ? 45 : 7, Denied = order == TrafficOrder.Denied ? 45 : 0, BytesSent = 1024, BytesReceived = 512, Percent = 50, OrderedBy = order,
            };

        var other = new TrafficMeasure(["SourceAddress"], [TrafficMeasure.Other]) { IsOther = true, OrderedBy = TrafficOrder.Bytes };
        IEnumerable<TrafficMeasure> hosts = Enumerable.Range(1, 7).Select(i => Measure(TrafficOrder.Bytes, ("SourceAddress", "172.16.0." + i)));
        return new TrafficSummary
        {
            Flows = 12_345,
            Denied = 45,
            Malicious = 0,
            BytesSent = 1024,
            BytesReceived = 2048,
            PacketsSent = 5,
            PacketsReceived = 7,
            FirstSeen = Nine,
            LastSeen = Nine.AddSeconds(7199),
            Nsg = ["a", "b", "c", "d"],
            FlowType = [Measure(TrafficOrder.Flows, ("FlowType", FlowType.IntraVNet)), Measure(TrafficOrder.Flows, ("FlowType", FlowType.Unknown))],
            Hour = [Measure(TrafficOrder.Bytes, ("Hour", Nine)), Measure(TrafficOrder.Bytes, ("Hour", Nine.AddHours(1)))],
            BusiestHour = Measure(TrafficOrder.Bytes, ("Hour", Nine)),
            TopConversation =
            [
                Measure(TrafficOrder.Bytes, ("SourceAddress", "10.0.0.4"), ("DestinationAddress", "10.0.0.5"), ("DestinationPort", 443), ("Protocol", FlowProtocol.Tcp)), other,
            ],
            TopTalker = [.. hosts, other],
            TopDeniedSource = [Measure(TrafficOrder.Denied, ("SourceAddress", "10.0.0.9"))],
            TopRule = [Measure(TrafficOrder.Flows, ("Nsg", "nsg-a"), ("Rule", "DenyAll"), ("RuleKind", FlowRuleKind.User))],
        };
    }
}

/// <summary>Rows for tests.</summary>
internal static class TrafficRows
{
    /// <summary>The row with another value of a key.</summary>
    public static TrafficMeasure With(this TrafficMeasure row, string name, object? value) =>
        new(row.KeyNames, [.. row.KeyNames.Select((key, i) => key == name ? value : row.KeyValues[i])]);
}
