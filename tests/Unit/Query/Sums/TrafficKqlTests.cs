using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Sums;

/// <summary>The parts of which a measurement's KQL is made; that they say what they should is evaluated and parsed elsewhere.</summary>
public class TrafficKqlTests
{
    private static readonly DateTime s_nine = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly AnalyticsQuestion s_day = new() { Filter = new FlowFilter { Start = s_nine.AddDays(-1), End = s_nine } };

    [Fact]
    public void Every_field_is_grouped_by_or_refused()
    {
        foreach (var field in TrafficField.All)
        {
            var query = new TrafficQuery { By = TrafficKey.Parse([field.Name]) };
            if (field.TrafficAnalytics is not null)
            {
                Assert.Contains("| summarize", TrafficKql.Rows(query, s_day), StringComparison.Ordinal);
                continue;
            }

            var error = Assert.Throws<NsgFlowException>(() => TrafficKql.Rows(query, s_day));
            Assert.Equal("AnalyticsCannotAnswer", error.ErrorId);
            Assert.Contains("-By " + field.Name, error.Message, StringComparison.Ordinal);
            Assert.Contains("Measure-NsgTraffic", error.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(["SourcePort", "State", "AclId", "FormatVersion", "Blob"], TrafficField.All.Where(static field => field.TrafficAnalytics is null).Select(static field => field.Name));
    }

    [Fact]
    public void Buckets_shorter_than_ten_minutes_and_encryption_of_the_old_table_are_refused()
    {
        Assert.Contains("-Bucket 00:05:00", Assert.Throws<NsgFlowException>(() => TrafficKql.Rows(new TrafficQuery { Bucket = TimeSpan.FromMinutes(5) }, s_day)).Message, StringComparison.Ordinal);
        var old = new AnalyticsQuestion { Tables = [TrafficAnalyticsTable.Nsg] };
        var encryption = new TrafficQuery { By = TrafficKey.Parse(["Encryption"]) };
        Assert.Equal("AnalyticsCannotAnswer", Assert.Throws<NsgFlowException>(() => TrafficKql.Rows(encryption, old)).ErrorId);
        Assert.Contains("Encryption", TrafficKql.Rows(encryption, new AnalyticsQuestion()), StringComparison.Ordinal);
        var state = new AnalyticsQuestion { Filter = new FlowFilter { State = [FlowState.Begin] } };
        Assert.Throws<NsgFlowException>(() => TrafficKql.Rows(new TrafficQuery(), state));
        Assert.Throws<NsgFlowException>(() => TrafficKql.Summary(new TrafficQuery(), state));
        Assert.Throws<NsgFlowException>(() => new WorkspaceMeasurement(new CannedLogs(), ["w"], new TrafficQuery(), state));
    }

    [Theory]
    [InlineData("SourceAddress/24", "SourcePrefix = parse_ipv6_mask(SourceAddress, iff(SourceAddress contains \":\", 64, 120))")]
    [InlineData("DestinationAddress/48", "DestinationPrefix = parse_ipv6_mask(DestinationAddress, iff(DestinationAddress contains \":\", 48, 128))")]
    [InlineData("Rule", "RuleKey = toupper(Rule)")]
    [InlineData("SourceLocation", "SourceLocation = iff(isempty(SourceLocation) and Direction == \"Inbound\", AzureRegion, SourceLocation)")]
    [InlineData("DestinationLocation", "DestinationLocationKey = toupper(iff(isempty(DestinationLocation) and Direction == \"Outbound\", AzureRegion, DestinationLocation))")]
    [InlineData("Hour", "Hour = bin(FirstSeen, 1h)")]
    [InlineData("DayOfWeek", "DayOfWeek = toint(dayofweek(FirstSeen) / 1d)")]
    public void Fields_that_are_no_columns_are_made(string by, string making) =>
        Assert.Contains(making, TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse([by]) }, s_day), StringComparison.Ordinal);

    [Theory]
    [InlineData("01:00:00", "Time = bin(FirstSeen, time(01:00:00))")]
    [InlineData("1.00:00:00", "Time = bin(FirstSeen, time(1.00:00:00))")]

    // The year 1 began on a Monday, 1970 on a Thursday.
    [InlineData("7.00:00:00", "Time = datetime(1970-01-01T00:00:00Z) + bin(FirstSeen - datetime(1970-01-01T00:00:00Z), time(7.00:00:00))")]
    public void Buckets_begin_where_the_local_ones_do(string bucket, string making) =>
        Assert.Contains(making, TrafficKql.Rows(new TrafficQuery { Bucket = TimeSpan.Parse(bucket, CultureInfo.InvariantCulture) }, s_day), StringComparison.Ordinal);

    [Fact]
    public void Each_flow_counts_once_within_a_row_unless_all_captures_are_wanted()
    {
        var once = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Rule", "Hour"]) }, s_day);
        Assert.Contains(
            "| summarize arg_min(Rank, *)\n    by SourceAddress, DestinationAddress, DestinationPort, Protocol, Decision, End, CaptureHour, RuleKey\n", once, StringComparison.Ordinal);
        var raw = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Rule", "Hour"]), Raw = true }, s_day);
        Assert.DoesNotContain("Rank", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("SourceAddress", raw.Substring(raw.LastIndexOf("| project", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Buckets_that_divide_hours_keep_a_capture_in_pieces()
    {
        var divided = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Bucket = TimeSpan.FromMinutes(90) }, s_day);
        Assert.Contains("| join kind=leftsemi (captures1\n| summarize Rank = min(Rank)", divided, StringComparison.Ordinal);
        Assert.DoesNotContain("arg_min", divided, StringComparison.Ordinal);
        Assert.Contains("arg_min", TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Bucket = TimeSpan.FromHours(2) }, s_day), StringComparison.Ordinal);
    }

    [Fact]
    public void Inside_addresses_are_the_local_ones()
    {
        var text = TrafficKql.Rows(new TrafficQuery(), s_day);
        var made = Regex.Match(text, @"End = iff\(coalesce\(ipv4_is_in_any_range\(SourceAddress, (?<v4>[^)]*)\), ipv6_is_in_any_range\(SourceAddress, (?<v6>[^)]*)\)");
        var ranges = AddressSet.Parse($"{made.Groups["v4"].Value}, {made.Groups["v6"].Value}".Replace("\"", string.Empty).Split([", "], StringSplitOptions.None));
        foreach (var address in new[]
        {
            "9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0", "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0", "192.167.255.255", "192.168.0.0",
            "192.168.255.255", "192.169.0.0", "100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0", "fbff::1", "fc00::", "fdff::1", "fe00::", "8.8.8.8", "2001:db8::1",
        })
        {
            Assert.True(FlowAddress.TryParse(address, out var parsed));
            Assert.Equal(InsideAddresses.Holds(in parsed), ranges.Contains(in parsed));
        }
    }

    [Fact]
    public void Only_what_is_wanted_of_the_rows_travels()
    {
        var all = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Rule"]) }, s_day);
        Assert.DoesNotContain("IsOther", all, StringComparison.Ordinal);
        var first = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["SourceAddress", "Rule"]), OrderBy = TrafficOrder.Packets, Top = 20, MinFlows = 3, MinBytes = 4 }, s_day);
        Assert.Contains(
            "| extend Bytes = BytesSent + BytesReceived, Rank = PacketsSent + PacketsReceived\n| where Flows >= 3 and Bytes >= 4\n"
            + "| order by Rank desc, parse_ipv6_mask(SourceAddress, 128) asc, RuleKey asc\n| take 20\n",
            first,
            StringComparison.Ordinal);
        Assert.Contains("| join kind=leftanti first1 on SourceAddress, RuleKey\n| summarize", first, StringComparison.Ordinal);
    }

    [Fact]
    public void The_columns_that_a_field_names_are_those_that_are_read()
    {
        var question = new AnalyticsQuestion { Tables = [TrafficAnalyticsTable.VirtualNetwork] };
        foreach (var field in TrafficField.All.Where(static field => field.TrafficAnalytics is not null && field.Code != FieldCode.ThreatType))
        {
            // What is read stands before anything is made of it.
            var rows = NormalRows.Of(question, TrafficColumn.Of(TrafficKey.Parse([field.Name])[0]).Sources, new KqlScript());
            var read = rows.Substring(0, rows.IndexOf("| extend", StringComparison.Ordinal));
            Assert.All(
                field.TrafficAnalytics!.Split([", "], StringSplitOptions.None),
                column => Assert.True(Regex.IsMatch(read, $@"\b{column}\b"), $"{field} is said to be told by {column}, which is not read:\n{read}"));
        }

        var threats = DetailsTable.All.Single(static table => table.Kind == TrafficAnalyticsTable.VirtualNetwork).Columns;
        Assert.Contains(threats, static column => column.Expression == TrafficField.Of(FieldCode.ThreatType).TrafficAnalytics);
    }

    [Fact]
    public void What_has_as_many_keys_as_rows_is_shuffled_and_nothing_else()
    {
        var query = new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Top = 3 };
        var hourly = new TrafficQuery { Bucket = TimeSpan.FromMinutes(10) };
        Assert.All(
            new[] { TrafficKql.Rows(query, s_day), TrafficKql.Rows(hourly, s_day), TrafficKql.Summary(query, s_day) },
            static kql => Assert.Single(Regex.Matches(kql, @"summarize hint\.strategy=shuffle Told = [^|]*\bby [^|]*\bRank\b").Cast<Match>()));
        Assert.DoesNotContain("hint", TrafficKql.Rows(new TrafficQuery { By = query.By, Raw = true }, s_day), StringComparison.Ordinal);
    }

    [Fact]
    public void Different_values_are_counted_exactly()
    {
        var text = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Rule"]), OrderBy = TrafficOrder.Ports, Distinct = TrafficDistinct.Sources }, s_day);
        Assert.Contains(
            "Sources = count_distinctif(SourceAddress, isnotempty(SourceAddress)), Ports = count_distinctif(DestinationPort, DestinationPort != -1)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Destinations", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_services_are_the_local_ones_in_the_local_order()
    {
        var text = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Service"]), Top = 3 }, s_day);
        Assert.Contains("DestinationPort == 443, \"HTTPS\",", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NODEPORT", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_has_all_lists_of_the_type()
    {
        var text = TrafficKql.Summary(new TrafficQuery { Top = 7 }, s_day);
        var lists = typeof(TrafficSummary).GetProperties().Where(static property => property.PropertyType.IsGenericType
            && property.PropertyType.GetGenericArguments()[0] == typeof(TrafficMeasure)).Select(static property => property.Name).ToList();
        Assert.Equal(7, lists.Count);
        Assert.All(lists, list => Assert.Contains($"List = \"{list}\"", text, StringComparison.Ordinal));
        Assert.Equal(5, text.Split(["take 7\n"], StringSplitOptions.None).Length - 1);
    }
}
