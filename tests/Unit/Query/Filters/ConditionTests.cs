using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query;

public class ConditionTests
{
    private static readonly DateTime _start = new(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void NothingAskedForIsNoCondition()
    {
        Assert.Empty(Row(new FlowFilter()));
        Assert.Empty(Flow(new FlowFilter()));
        Assert.Empty(FlowConditions.OfTime(new AnalyticsQuestion(), "Seen"));
    }

    [Fact]
    public void TimeIsThatOfTheFirstFlowAndRowsMayComeADayLater()
    {
        var question = new AnalyticsQuestion { Filter = new FlowFilter { Start = _start, End = _start.AddHours(1) } };
        Assert.Equal(
            [
                "TimeGenerated >= datetime(2026-11-22T09:00:00Z)",
                "TimeGenerated < datetime(2026-11-23T10:00:00Z)",
                "Seen >= datetime(2026-11-22T09:00:00Z)",
                "Seen < datetime(2026-11-22T10:00:00Z)",
            ],
            FlowConditions.OfTime(question, "Seen"));
        Assert.Equal(
            ["TimeGenerated < datetime(9999-12-31T23:59:59.9999999Z)", "Seen < datetime(9999-12-31T23:59:59.9999999Z)"],
            FlowConditions.OfTime(new AnalyticsQuestion { Filter = new FlowFilter { End = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) } }, "Seen"));
    }

    [Fact]
    public void AWindowTakesThePlaceOfTheTimeAndOfNothingElse()
    {
        var whole = new AnalyticsQuestion { IsMalicious = true, Filter = new FlowFilter { Start = _start, End = _start.AddHours(4), MinBytes = 1 } };
        var part = whole.Within(_start.AddHours(1), _start.AddHours(2));
        Assert.Equal(AnalyticsKql.Rows(whole), AnalyticsKql.Rows(whole.Within(_start, _start.AddHours(4))));
        Assert.Equal((_start.AddHours(1), _start.AddHours(2)), (part.Start, part.End));
        Assert.Equal((_start, _start.AddHours(4)), (whole.Start, whole.End));
        Assert.Contains("datetime(2026-11-22T11:00:00Z)", AnalyticsKql.Rows(part), StringComparison.Ordinal);
        Assert.True(part.IsMalicious);
    }

    [Fact]
    public void WordsAreComparedInBothSpellings() => Assert.Equal(
        [
            "FlowStatus in~ (\"D\", \"Deny\", \"Denied\")",
            "FlowDirection in~ (\"I\", \"Inbound\")",
            "L4Protocol in~ (\"T\", \"TCP\", \"6\", \"GRE\", \"47\", \"89\")",
        ],
        Row(new FlowFilter { Decision = [FlowDecision.Deny], Direction = [FlowDirection.Inbound], Protocol = ProtocolSet.Parse(["tcp", "gre", "89"]) }));

    [Fact]
    public void AProtocolThatIsNoNumberIsOther()
    {
        Assert.Equal(["isnull(Protocol)"], Row(new FlowFilter { Protocol = ProtocolSet.Parse(["Other"]) }));
        Assert.Equal(
            ["L4Protocol in~ (\"U\", \"UDP\", \"17\") or isnull(Protocol)"],
            Row(new FlowFilter { Protocol = ProtocolSet.Parse(["Other", "u"]) }));
    }

    [Fact]
    public void PortsAreNumbersAndRanges()
    {
        Assert.Equal(["DestinationPort in (22, 443) or DestinationPort between (8000 .. 8100)"], Row(new FlowFilter { Port = PortSet.Parse(["443", "8000-8100", "ssh"]) }));
        Assert.Equal(["DestinationPort between (0 .. 65535)"], Row(new FlowFilter { DestinationPort = PortSet.Parse(["0-65535"]) }));
        Assert.Equal(["not(coalesce(DestinationPort in (53), false))"], Row(new FlowFilter { ExcludePort = PortSet.Parse(["53"]) }));
        Assert.Equal(["false"], Row(new FlowFilter { Port = PortSet.Of([]) }));
    }

    [Fact]
    public void AddressesAreComparedAsPrefixesAndIPv6NeverTakesIPv4()
    {
        var script = new KqlScript();
        var set = AddressSet.Parse(["10.0.0.0/8", "1.2.3.4", "::/0"]);
        Assert.Equal(
            "(X in (addresses1) or coalesce(ipv4_is_in_any_range(X, prefixes1), false) or (X contains \":\" and coalesce(ipv6_is_in_any_range(X, prefixes2), false)))",
            AddressConditions.Of(set, "X", script));
        Assert.Equal(
            "let addresses1 = dynamic([\"1.2.3.4\"]);\nlet prefixes1 = dynamic([\"10.0.0.0/8\"]);\nlet prefixes2 = dynamic([\"::/0\"]);\n",
            script.Text(string.Empty));
        Assert.Equal("false", AddressConditions.Of(AddressSet.Of([]), "X", script));
    }

    [Fact]
    public void RowsOfManyAddressesPassUntilTheyAreTakenApart()
    {
        var words = new FlowFilter { SourceAddress = AddressSet.Parse(["1.2.3.4"]) };
        Assert.Equal(["(isempty(SrcIp) and SrcPublicIps has_any (addresses1) or SrcIp in (addresses1))"], Row(words));
        Assert.Equal(["SourceAddress in (addresses1)"], Flow(words));

        // IPv6 may be spelled in many ways, so no index of words finds it.
        var v6 = new FlowFilter { DestinationAddress = AddressSet.Parse(["2001:db8::1"]) };
        Assert.Equal(["(isempty(DestIp) or (DestIp contains \":\" and coalesce(ipv6_is_in_any_range(DestIp, prefixes1), false)))"], Row(v6));
        var excluded = new FlowFilter { ExcludeAddress = AddressSet.Parse(["10.0.0.0/8"]) };
        const string In = "coalesce(ipv4_is_in_any_range({0}, prefixes1), false)";
        Assert.Equal([$"not({In.Replace("{0}", "SrcIp")} or {In.Replace("{0}", "DestIp")})"], Row(excluded));
        Assert.Equal([$"not({In.Replace("{0}", "SourceAddress")} or {In.Replace("{0}", "DestinationAddress")})"], Flow(excluded));
    }

    [Fact]
    public void ThousandsOfPrefixesStandOnceInAQuery()
    {
        var prefixes = Enumerable.Range(0, 25_000).Select(static at => $"{1 + (at >> 14)}.{(at >> 6) & 255}.{(at & 63) * 4}.0/23").ToList();
        var text = AnalyticsKql.Rows(new AnalyticsQuestion { Filter = new FlowFilter { Address = AddressSet.Parse(prefixes) } });
        Assert.Equal(prefixes.OrderBy(static one => one, StringComparer.Ordinal), text.Split('"').Where(new HashSet<string>(prefixes).Contains).OrderBy(static one => one, StringComparer.Ordinal));
        Assert.Contains("prefixes2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LeastBytesHangOnTheFlowOfOneAddress()
    {
        var filter = new FlowFilter { MinBytes = 0 };
        Assert.Empty(Row(filter));
        Assert.Equal(["isnotnull(BytesSent) or isnotnull(BytesReceived)", "coalesce(BytesSent, 0) + coalesce(BytesReceived, 0) >= 0"], Flow(filter));
    }

    [Fact]
    public void MacsAreComparedWithoutSeparators()
    {
        var script = new KqlScript();
        var filter = new FlowFilter { MacAddress = MacSet.Parse(["00-0d-3a-f8-80-1a"]) };
        Assert.Equal(["MacAddress in (macs1)"], FlowConditions.OfRow(new AnalyticsQuestion { Filter = filter }, script));
        Assert.Equal("let macs1 = dynamic([\"000D3AF8801A\"]);\n", script.Text(string.Empty));
    }

    [Theory]
    [InlineData("X", "FlowEncryption in~ (\"Encrypted\", \"X\")")]
    [InlineData("NX_SW_NOT_READY", "FlowEncryption in~ (\"Software not ready\", \"NX_SW_NOT_READY\", \"SoftwareNotReady\")")]
    [InlineData("NX_NEW", "FlowEncryption in~ (\"NX_NEW\")")]
    [InlineData("Other", "Encryption == \"Other\"")]
    public void EncryptionIsComparedByTheTablesWords(string text, string expected) =>
        Assert.Equal([expected], Row(new FlowFilter { Encryption = EncryptionSet.Parse([text]) }));

    [Fact]
    public void EverythingUnencryptedIncludesCodesThatAreNew()
    {
        var condition = Assert.Single(Row(new FlowFilter { Encryption = EncryptionSet.Parse(["NX_ALL"]) }));
        Assert.Contains("\"Unencrypted\"", condition, StringComparison.Ordinal);
        Assert.Contains("\"Fall back to no encryption\"", condition, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Encrypted\"", condition, StringComparison.Ordinal);
        Assert.EndsWith(" or FlowEncryption startswith \"NX\"", condition, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownFlowTypesAreAllThatHaveNoWord()
    {
        Assert.Equal(["FlowTypeText in~ (\"S2S\", \"UnknownPrivate\", \"Unknown Private\")"], Types([FlowType.S2S, FlowType.UnknownPrivate]));
        Assert.Equal(
            ["FlowTypeText !in~ (\"IntraVNet\", \"InterVNet\", \"P2S\", \"AzurePublic\", \"ExternalPublic\", \"MaliciousFlow\", \"UnknownPrivate\", \"Unknown Private\")"],
            Types([FlowType.S2S, FlowType.Unknown]));
        Assert.Empty(Types([FlowType.Unknown, .. NormalColumns.FlowTypes]));
    }

    private static List<string> Row(FlowFilter filter) => FlowConditions.OfRow(new AnalyticsQuestion { Filter = filter }, new KqlScript());

    private static List<string> Flow(FlowFilter filter) => FlowConditions.OfFlow(new AnalyticsQuestion { Filter = filter }, new KqlScript());

    private static List<string> Types(IReadOnlyList<FlowType> types) => FlowConditions.OfRow(new AnalyticsQuestion { FlowTypes = types }, new KqlScript());
}
