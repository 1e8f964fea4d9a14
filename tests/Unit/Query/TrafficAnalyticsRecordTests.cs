using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NsgFlow.Query;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Query;

public class TrafficAnalyticsRecordTests
{
    [Fact]
    public void ARowIsARecord()
    {
        var record = Of(
            ("Table", "VirtualNetwork"), ("FirstSeen", "2026-11-22T09:00:01.5Z"), ("LastSeen", "2026-11-22T09:59:00Z"),
            ("IntervalStart", "2026-11-22T09:00:00Z"), ("IntervalEnd", "2026-11-22T10:00:00Z"), ("SourceAddress", "10.0.0.4"), ("DestinationAddress", "2001:db8::1"),
            ("DestinationPort", 443L), ("Protocol", 6L), ("Service", "https"), ("Direction", "Outbound"), ("Decision", "Allow"), ("FlowType", "ExternalPublic"),
            ("Flows", 3L), ("Denied", 0L), ("CompletedFlows", 2L), ("PacketsSent", 10L), ("BytesSent", 1000L), ("PacketsReceived", null), ("BytesReceived", 1L << 40),
            ("Rule", "AllowInternetOutBound"), ("RuleKind", "Default"), ("Nsg", "web-nsg"), ("NsgPath", "s/g/web-nsg"), ("MacAddress", "000D3AF8801A"),
            ("Encryption", "NotEncrypted"), ("Target", "s/g/hub"), ("SourceVm", "vm1"), ("ThreatPort", 8080L), ("ThreatType", "Botnet"));
        Assert.Equal(new DateTime(2026, 11, 22, 9, 0, 1, 500, DateTimeKind.Utc), record.FirstSeen);
        Assert.Equal(new DateTime(2026, 11, 22, 10, 0, 0, DateTimeKind.Utc), record.IntervalEnd);
        Assert.Equal(("10.0.0.4", "2001:db8::1", 443), (record.SourceAddress, record.DestinationAddress, record.DestinationPort));
        Assert.Equal((FlowProtocol.Tcp, FlowDirection.Outbound, FlowDecision.Allow), (record.Protocol, record.Direction, record.Decision));
        Assert.Equal((FlowType.ExternalPublic, FlowRuleKind.Default, FlowEncryption.NotEncrypted), (record.FlowType, record.RuleKind, record.Encryption));
        Assert.Equal((TrafficAnalyticsTable.VirtualNetwork, "vm1", "Botnet", 8080), (record.Table, record.SourceVirtualMachine, record.ThreatType, record.ThreatPort));
        Assert.Equal((3L, 0L, 2L), (record.Flows, record.Denied, record.CompletedFlows));
        Assert.Null(record.PacketsReceived);
        Assert.Equal((1L << 40) + 1000, record.Bytes);
        Assert.Equal("2026-11-22T09:00:01Z Tcp 10.0.0.4 -> 2001:db8::1 port 443 Outbound Allow", record.ToString());
    }

    [Fact]
    public void WhatIsNotToldIsNull()
    {
        var texts = typeof(TrafficAnalyticsRecord).GetProperties().Select(static property => (property.Name, (object?)string.Empty)).ToArray();
        foreach (var record in new[] { Of(("Other", "x")), Of(texts) })
        {
            foreach (var property in typeof(TrafficAnalyticsRecord).GetProperties())
                Assert.Null(property.GetValue(record));
        }
    }

    [Theory]
    [InlineData("I", FlowDirection.Inbound)]
    [InlineData("inbound", FlowDirection.Inbound)]
    [InlineData("O", FlowDirection.Outbound)]
    [InlineData("sideways", null)]
    public void DirectionsHaveTwoSpellings(string text, FlowDirection? expected) => Assert.Equal(expected, Of(("Direction", text)).Direction);

    [Theory]
    [InlineData("D", FlowDecision.Deny)]
    [InlineData("Denied", FlowDecision.Deny)]
    [InlineData("allowed", FlowDecision.Allow)]
    public void DecisionsHaveTwoSpellings(string text, FlowDecision? expected) => Assert.Equal(expected, Of(("Decision", text)).Decision);

    [Theory]
    [InlineData("Unknown Private", FlowType.UnknownPrivate)]
    [InlineData("s2s", FlowType.S2S)]
    [InlineData("Unknown", FlowType.Unknown)]
    [InlineData("SomethingNew", FlowType.Unknown)]
    public void FlowTypesThatAreNewAreUnknown(string text, FlowType expected) => Assert.Equal(expected, Of(("FlowType", text)).FlowType);

    [Theory]
    [InlineData("Drop due to no encryption", FlowEncryption.NotAccepted)]
    [InlineData("X", FlowEncryption.Encrypted)]
    [InlineData("NX_NEW", FlowEncryption.Other)]
    public void EncryptionThatIsNewIsOther(string text, FlowEncryption expected) => Assert.Equal(expected, Of(("Encryption", text)).Encryption);

    [Fact]
    public void HostileNumbersAreNull()
    {
        Assert.Null(Of(("DestinationPort", 70000L)).DestinationPort);
        Assert.Null(Of(("DestinationPort", -1L)).DestinationPort);
        Assert.Null(Of(("Protocol", 4000L)).Protocol);
        Assert.Equal((FlowProtocol)89, Of(("Protocol", 89L)).Protocol);
    }

    [Fact]
    public void AllColumnsOfTheQueryAreShown()
    {
        // A column without a property would be asked for in vain.
        var properties = typeof(TrafficAnalyticsRecord).GetProperties().Select(static property => property.Name.Replace("VirtualMachine", "Vm"));
        Assert.Equal([], NormalRows.All.Concat(DetailsTable.Told).Except(properties));
    }

    [SamplesFact]
    public void RealValuesAreUnderstood()
    {
        // Rows of 2019 as a notebook wrote them: columns have lost their suffixes, values are as the table had them.
        var names = new Dictionary<string, string>
        {
            ["FlowStartTime"] = "FirstSeen", ["FlowEndTime"] = "LastSeen", ["FlowIntervalEndTime"] = "IntervalEnd", ["FlowType"] = "FlowType", ["L4Protocol"] = "Protocol",
            ["L7Protocol"] = "Service", ["DestPort"] = "DestinationPort", ["FlowDirection"] = "Direction", ["SrcIP"] = "SourceAddress", ["DestIP"] = "DestinationAddress",
            ["AllowedOutFlows"] = "Flows",
        };
        var lines = File.ReadAllLines(Path.Combine(SharedSamples.Folder!, "ta_AzureNetworkAnalytics_CL_projected_rows_msticpy_2019.csv")).Where(static line => line.Length > 0).Select(Fields).ToList();
        var rows = lines.Skip(1).Select(line => Of([.. line.Select((value, at) => (names.TryGetValue(lines[0][at], out var name) ? name : "x" + lines[0][at], Value(value)))])).ToList();
        Assert.True(rows.Count > 100);
        Assert.All(rows, static row =>
        {
            Assert.Equal(2019, row.FirstSeen!.Value.Year);
            Assert.True(row.LastSeen >= row.FirstSeen && row.LastSeen <= row.IntervalEnd);
            Assert.NotNull(row.FlowType);
            Assert.NotNull(row.Protocol);
            Assert.NotNull(row.Direction);
            Assert.NotNull(row.DestinationPort);
            Assert.NotNull(row.Flows);
        });
        Assert.Contains(rows, static row => row.FlowType == FlowType.AzurePublic && row.Direction == FlowDirection.Outbound && row.DestinationPort == 443 && row.SourceAddress is null);
        Assert.DoesNotContain(rows, static row => row.FlowType == FlowType.Unknown);
    }

    private static object Value(string text) =>
        text.EndsWith(".0", StringComparison.Ordinal) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : text;

    private static TrafficAnalyticsRecord Of(params (string Name, object? Value)[] values)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("tables");
            json.WriteStartObject();
            json.WriteString("name", "PrimaryResult");
            json.WriteStartArray("columns");
            foreach (var (name, value) in values)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("type", value switch { double => "real", long => "long", null => "long", _ => "string" });
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("rows");
            json.WriteStartArray();
            foreach (var (_, value) in values)
            {
                if (value is long number)
                    json.WriteNumberValue(number);
                else if (value is double real)
                    json.WriteNumberValue(real);
                else
                    json.WriteStringValue((string?)value);
            }

            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return TrafficAnalyticsRecord.Of(Assert.Single(LogsAnswer.Parse(stream.ToArray()).Primary.Rows));
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        foreach (var c in line + ",")
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        return fields;
    }
}
