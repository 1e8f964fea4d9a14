using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Query;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.AzureTests.Logs;

/// <summary>What the KQL of rows makes of the tables, evaluated by the simulator.</summary>
public class RowsInWorkspaceTests
{
    private const string Nsg = AnalyticsSchema.Nsg;
    private const string Network = AnalyticsSchema.VirtualNetwork;
    private const string Subscription = "11111111-2222-3333-4444-555555555555";
    private static readonly DateTime _hour = new(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void AListOfAddressesIsOneRowForEachWithItsNumbers() => Assert.Equal(
        [
            "10.0.0.4|20.1.1.1|Flows 2|Denied 0|Completed 1|10 1000|20 2000",
            "10.0.0.4|20.1.1.2|Flows 3|Denied 0|Completed 3|30 3000|40 4000",
        ],
        Numbers(Flow(("SrcIp", "10.0.0.4"), ("DestIp", ""), ("DestPublicIps", "20.1.1.1|2|1|10|20|1000|2000 20.1.1.2|3|3|30|40|3000|4000"), ("AllowedOutFlows", 5L), ("BytesSrcToDest", 4000L))));

    [Fact]
    public void FlowsOfAListAreDeniedWhereThoseOfTheRowAre() => Assert.Equal(
        ["20.1.1.1|10.0.0.4|Flows 2|Denied 2|Completed 0|0 0|0 0", "20.1.1.2|10.0.0.4|Flows 1|Denied 1|Completed 0|0 0|0 0"],
        Numbers(Flow(("SrcIp", ""), ("DestIp", "10.0.0.4"), ("SrcPublicIps", "20.1.1.1|2|0|0|0|0|0 20.1.1.2|1|0|0|0|0|0"), ("DeniedInFlows", 3L), ("FlowDirection", "Inbound"), ("FlowStatus", "Denied"))));

    [Fact]
    public void NumbersThatAreToldForAllTogetherGoWithTheFirstAddress() => Assert.Equal(
        ["10.0.0.4|20.1.1.1|Flows 5|Denied 0|Completed 4|50 5000|60 6000", "10.0.0.4|20.1.1.2|Flows |Denied |Completed | | ", "10.0.0.4|20.1.1.3|Flows |Denied |Completed | | "],
        Numbers(Flow(
            ("SrcIp", "10.0.0.4"), ("DestPublicIps", "20.1.1.1 20.1.1.2  20.1.1.3 "), ("AllowedOutFlows", 5L), ("CompletedFlows", 4L),
            ("PacketsSrcToDest", 50L), ("BytesSrcToDest", 5000L), ("PacketsDestToSrc", 60L), ("BytesDestToSrc", 6000L))));

    [Fact]
    public void ARowOfTwoAddressesKeepsItsNumbersAndWhatIsNotToldStaysNull() => Assert.Equal(
        ["10.0.0.4|10.0.0.5|Flows 7|Denied 0|Completed | 700| "],
        Numbers(Flow(("SrcIp", "10.0.0.4"), ("DestIp", "10.0.0.5"), ("AllowedOutFlows", 7L), ("BytesSrcToDest", 700L), ("CompletedFlows", null))));

    [Fact]
    public void NsgRowsSayWhatTheSourceSentAtEitherEnd()
    {
        var database = new KqlDatabase().Add(Nsg, Table(
            Nsg,
            Custom(("SrcIP_s", "10.0.0.4"), ("DestIP_s", "10.0.0.5"), ("FlowDirection_s", "I"), ("AllowedInFlows_d", 1.0), ("OutboundBytes_d", 100.0), ("InboundBytes_d", 200.0)),
            Custom(("SrcIP_s", "10.0.0.4"), ("DestIP_s", "10.0.0.5"), ("FlowDirection_s", "O"), ("AllowedOutFlows_d", 1.0), ("OutboundBytes_d", 100.0), ("InboundBytes_d", 200.0))));
        Assert.Equal(["10.0.0.4|10.0.0.5|Flows 1|Denied 0|Completed | 100| 200", "10.0.0.4|10.0.0.5|Flows 1|Denied 0|Completed | 100| 200"], Numbers(new AnalyticsQuestion(), database));
    }

    [Fact]
    public void OldRowsTellTheMachineAndTheOthersOnly()
    {
        var database = new KqlDatabase().Add(Nsg, Table(
            Nsg,
            Custom(("VMIP_s", "10.0.3.5"), ("PublicIPs_s", "65.55.44.109 65.55.44.110"), ("FlowDirection_s", "O"), ("AllowedOutFlows_d", 4.0)),
            Custom(("VMIP_s", "10.0.3.5"), ("PublicIPs_s", "65.55.44.109|1|1|1|1|1|1"), ("FlowDirection_s", "I"), ("DeniedInFlows_d", 1.0), ("FlowStatus_s", "D")),
            Custom(("VMIP_s", "10.0.3.5"), ("PublicIPs_s", "65.55.44.109"), ("FlowDirection_s", "O"), ("DestPublicIPs_s", "65.55.44.111"), ("SrcIP_s", "10.0.3.6"))));
        Assert.Equal(
            [
                "10.0.3.5|65.55.44.109|Flows 4|Denied 0|Completed | | ", "10.0.3.5|65.55.44.110|Flows |Denied |Completed | | ",
                "65.55.44.109|10.0.3.5|Flows 1|Denied 1|Completed 1|1 1|1 1", "10.0.3.6|65.55.44.111|Flows 0|Denied 0|Completed | | ",
            ],
            Numbers(new AnalyticsQuestion(), database));
    }

    [Fact]
    public void NamesAreTakenOutOfPaths()
    {
        var row = Assert.Single(Ask(new AnalyticsQuestion(), new KqlDatabase().Add(Network, Table(Network, Flow(
            ("SrcIp", "10.0.0.4"), ("DestIp", "10.0.0.5"), ("FlowDirection", "Inbound"), ("L4Protocol", "T"), ("DestPort", 443), ("FlowType", "Unknown Private"),
            ("AclGroup", $"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.Network/networkSecurityGroups/web-nsg"), ("AclRule", "DefaultRule_AllowVnetInBound"),
            ("MacAddress", "00-0d-3a-f8-80-1a"), ("TargetResourceId", "net/hub"), ("TargetResourceType", "VirtualNetwork"), ("DestSubscription", Subscription),
            ("DestSubnet", "net/hub/web"), ("SrcSubnet", "net2/spoke/db"), ("DestNic", "shop/nic1"), ("DestVm", "shop/vm1"), ("DestRegion", "westeurope"), ("FlowEncryption", "Unencrypted"))))));
        var expected = new Dictionary<string, object?>
        {
            ["Table"] = "VirtualNetwork", ["Direction"] = "Inbound", ["Decision"] = "Allow", ["Protocol"] = 6L, ["DestinationPort"] = 443L, ["FlowType"] = "UnknownPrivate",
            ["Nsg"] = "web-nsg", ["NsgPath"] = Subscription + "/shop/web-nsg", ["Rule"] = "AllowVnetInBound", ["RuleKind"] = "Default", ["MacAddress"] = "000D3AF8801A",
            ["Target"] = Subscription + "/net/hub", ["SubscriptionId"] = Subscription, ["ResourceGroup"] = "net", ["VirtualNetwork"] = "hub", ["Subnet"] = "web",
            ["NetworkInterface"] = "nic1", ["Location"] = "westeurope", ["SourceVirtualNetwork"] = "spoke", ["SourceSubnet"] = "db", ["DestinationSubnet"] = "web",
            ["DestinationVm"] = "vm1", ["Encryption"] = "NotEncrypted", ["Country"] = string.Empty,
        };
        foreach (var (name, value) in expected)
            Assert.Equal((name, value), (name, row[name]));
    }

    [Theory]
    [InlineData("Outbound", "web", true)]
    [InlineData("Inbound", "web", false)]
    [InlineData("Inbound", "db", true)]
    public void SubnetsAreThoseOfTheLoggedEnd(string direction, string subnet, bool isFound)
    {
        var database = new KqlDatabase().Add(Network, Table(Network, Flow(("FlowDirection", direction), ("SrcSubnet", "net/hub/web"), ("DestSubnet", "net/hub/db"), ("SrcSubscription", Subscription), ("DestSubscription", Subscription))));
        var byName = new AnalyticsQuestion { Filter = new FlowFilter { Scope = new FlowScope { Subnet = [subnet] } } };
        var byId = new AnalyticsQuestion
        {
            Filter = new FlowFilter { Scope = new FlowScope { ResourceId = [$"/subscriptions/{Subscription}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/{subnet}"] } },
        };
        Assert.Equal(isFound ? 1 : 0, Ask(byName, database).Count);
        Assert.Equal(isFound ? 1 : 0, Ask(byId, database).Count);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(10_001)]
    [InlineData(20_001)]
    public void TheLastOfManyAddressesIsFoundInAList(int count)
    {
        var addresses = Enumerable.Range(0, count).Select(static at => $"30.{at / 100}.{at % 100 * 2}.1").ToList();
        var database = new KqlDatabase().Add(Network, Table(Network, Flow(("SrcIp", "10.0.0.4"), ("DestPublicIps", $"20.1.1.1|1|1|1|1|1|1 {addresses[^1]}|1|1|1|1|1|1"))));
        var found = Assert.Single(Ask(new AnalyticsQuestion { Filter = new FlowFilter { DestinationAddress = AddressSet.Parse(addresses) } }, database));
        Assert.Equal(addresses[^1], found["DestinationAddress"]);
    }

    [Theory]
    [InlineData("{0}/net/web", true)]
    [InlineData("{0}/NET/Web", true)]
    [InlineData("{0}/net/db {0}/net/web", true)]
    [InlineData("{0}/net/web, {0}/net/db", true)]
    [InlineData("{0}/net/web2 {0}/net/db", false)]
    [InlineData("{0}/net/web2", false)]
    public void AnNsgIsFoundByItsIdAloneAndAmongOthers(string groups, bool isFound)
    {
        var database = new KqlDatabase().Add(Nsg, Table(Nsg, Custom(("SrcIP_s", "10.0.0.4"), ("NSGList_s", string.Format(System.Globalization.CultureInfo.InvariantCulture, groups, Subscription)))));
        var scope = new FlowScope { ResourceId = [$"/subscriptions/{Subscription}/resourceGroups/net/providers/Microsoft.Network/networkSecurityGroups/web"] };
        Assert.Equal(isFound ? 1 : 0, Ask(new AnalyticsQuestion { Filter = new FlowFilter { Scope = scope } }, database).Count);
    }

    [Fact]
    public void BlanksAroundAListAreNoAddresses() => Assert.Equal(
        ["10.0.0.4|20.1.1.1|Flows 5|Denied 0|Completed | | ", "10.0.0.4|20.1.1.2|Flows |Denied |Completed | | "],
        Numbers(Flow(("SrcIp", "10.0.0.4"), ("DestPublicIps", "  20.1.1.1 20.1.1.2 "), ("AllowedOutFlows", 5L))));

    [Theory]
    [InlineData("443")]
    [InlineData("400-500")]
    [InlineData("22", "400-500")]
    public void RowsWithoutAPortAreNotAmongExcludedPorts(params string[] ports)
    {
        var database = new KqlDatabase().Add(Network, Table(Network, Flow(("SrcIp", "10.0.0.4"), ("DestPort", null)), Flow(("SrcIp", "10.0.0.5"), ("DestPort", 443)), Flow(("SrcIp", "10.0.0.6"), ("DestPort", 80))));
        var left = Ask(new AnalyticsQuestion { Filter = new FlowFilter { ExcludePort = PortSet.Parse(ports) } }, database);
        Assert.Equal(["10.0.0.4", "10.0.0.6"], left.Select(static row => row["SourceAddress"]));
    }

    [Fact]
    public void TimeBelongsToOneWindowOnly()
    {
        var times = new[] { 0, 1, 1800, 3599, 3600 }.Select(second => _hour.AddSeconds(second)).Append(_hour.AddTicks(-1)).ToList();
        var database = new KqlDatabase().Add(Network, Table(Network, [.. times.Select(static time => Flow(("FlowStartTime", time), ("TimeGenerated", time.AddHours(5))))]));
        var question = new AnalyticsQuestion { Filter = new FlowFilter { Start = _hour, End = _hour.AddHours(1) } };
        var whole = Ask(question, database).Select(static row => row["FirstSeen"]).ToList();
        Assert.Equal([.. times.Take(4)], whole.Cast<DateTime>());
        var parts = new[] { 0, 1, 2 }.SelectMany(part => Ask(question.Within(_hour.AddMinutes(part * 20), _hour.AddMinutes((part + 1) * 20)), database)).Select(static row => row["FirstSeen"]);
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void MaliciousFlowsAreNotMultipliedByWhatIsKnownOfTheAddress()
    {
        var flows = new[]
        {
            Flow(("FlowType", "MaliciousFlow"), ("SrcIp", "203.0.113.9"), ("DestIp", "10.0.0.4"), ("FlowDirection", "Inbound"), ("AllowedInFlows", 2L)),
            Flow(("FlowType", "MaliciousFlow"), ("SrcIp", "10.0.0.4"), ("DestIp", "203.0.113.10"), ("AllowedOutFlows", 3L)),
            Flow(("FlowType", "MaliciousFlow"), ("SrcIp", "10.0.0.4"), ("DestIp", "203.0.113.11"), ("AllowedOutFlows", 1L)),
            Flow(("FlowType", "ExternalPublic"), ("SrcIp", "10.0.0.4"), ("DestIp", "203.0.113.9"), ("AllowedOutFlows", 4L)),
        };
        var details = new[]
        {
            Details("203.0.113.9", "Malware", _hour.AddHours(1)),
            Details("203.0.113.9", "Botnet", _hour.AddHours(2)),

            // Nothing of the flow's own interval: what was last told of the address.
            Details("203.0.113.10", "C2", _hour.AddHours(1), interval: _hour.AddHours(-1)),
            Details("203.0.113.10", "Proxy", _hour.AddHours(2), interval: _hour.AddHours(1)),
        };
        var database = new KqlDatabase().Add(Network, Table(Network, flows));
        var question = new AnalyticsQuestion { IsMalicious = true };
        Assert.Equal(["203.0.113.9 2 ", "10.0.0.4 3 ", "10.0.0.4 1 "], Threats(Ask(question, database)));
        database.Add("NTAIpDetails", Table("NTAIpDetails", details));
        Assert.Equal(["203.0.113.9 2 Botnet", "10.0.0.4 3 Proxy", "10.0.0.4 1 "], Threats(Ask(question, database)));

        static IEnumerable<string> Threats(IEnumerable<IReadOnlyDictionary<string, object?>> rows) => rows.Select(static row => $"{row["SourceAddress"]} {row["Flows"]} {row["ThreatType"]}");
    }

    [Fact]
    public void TopologyComesWithAllItsColumns()
    {
        var database = new KqlDatabase()
            .Add(Nsg, Table(Nsg, new() { ["TimeGenerated"] = _hour, ["SubType_s"] = "Topology", ["Name_s"] = "shop/web-nsg", ["ResourceType"] = "NetworkSecurityGroup" }, Custom()))
            .Add("NTATopologyDetails", Table("NTATopologyDetails", new() { ["TimeGenerated"] = _hour, ["Name"] = "net/hub" }, new() { ["TimeGenerated"] = _hour.AddDays(1), ["Name"] = "net/hub" }));
        var answer = KqlEngine.Run(AnalyticsKql.Topology(new AnalyticsQuestion { Filter = new FlowFilter { Start = _hour, End = _hour.AddHours(1) } }), database);
        Assert.Equal(2, answer.Rows.Count);
        Assert.Contains(answer.Columns, static column => column.Name == "ResourceType");
        Assert.Contains(answer.Columns, static column => column.Name == "AddressPrefixes");
        var hub = new AnalyticsQuestion { Filter = new FlowFilter { Scope = new FlowScope { VirtualNetwork = ["h*"] } } };
        Assert.Equal(2, KqlEngine.Run(AnalyticsKql.Topology(hub), database).Rows.Count);
        var found = new ScopeResources { Text = "web-nsg", Ids = ["/subscriptions/s/resourceGroups/SHOP/providers/Microsoft.Network/networkSecurityGroups/web-nsg"] };
        Assert.Single(KqlEngine.Run(AnalyticsKql.Topology(new AnalyticsQuestion { Filter = new FlowFilter { Scope = new FlowScope { Resources = [found] } } }), database).Rows);
    }

    private static IEnumerable<string> Numbers(params Dictionary<string, object?>[] flows) => Numbers(new AnalyticsQuestion(), new KqlDatabase().Add(Network, Table(Network, flows)));

    private static IEnumerable<string> Numbers(AnalyticsQuestion question, KqlDatabase database) => Ask(question, database).Select(static row =>
        $"{row["SourceAddress"]}|{row["DestinationAddress"]}|Flows {row["Flows"]}|Denied {row["Denied"]}|Completed {row["CompletedFlows"]}"
        + $"|{row["PacketsSent"]} {row["BytesSent"]}|{row["PacketsReceived"]} {row["BytesReceived"]}");

    private static List<IReadOnlyDictionary<string, object?>> Ask(AnalyticsQuestion question, KqlDatabase database)
    {
        var answer = KqlEngine.Run(AnalyticsKql.Rows(question), database);
        return [.. answer.Rows.Select(row => (IReadOnlyDictionary<string, object?>)answer.Columns.Select((column, at) => (column.Name, Value: row[at])).ToDictionary(static pair => pair.Name, static pair => pair.Value))];
    }

    private static Dictionary<string, object?> Flow(params (string Name, object? Value)[] values) => Row(
        values,
        ("TimeGenerated", _hour.AddHours(1)), ("SubType", "FlowLog"), ("FlowStartTime", _hour), ("FlowIntervalStartTime", _hour), ("FlowDirection", "Outbound"), ("FlowStatus", "Allowed"));

    private static Dictionary<string, object?> Custom(params (string Name, object? Value)[] values) => Row(
        values,
        ("TimeGenerated", _hour.AddHours(1)), ("SubType_s", "FlowLog"), ("FlowStartTime_t", _hour), ("FlowDirection_s", "O"), ("FlowStatus_s", "A"));

    private static Dictionary<string, object?> Details(string address, string threat, DateTime came, DateTime? interval = null) => new()
    {
        ["TimeGenerated"] = came, ["SubType"] = "FlowLog", ["FlowType"] = "MaliciousFlow", ["FlowIntervalStartTime"] = interval ?? _hour, ["Ip"] = address, ["ThreatType"] = threat,
    };

    private static Dictionary<string, object?> Row((string Name, object? Value)[] values, params (string Name, object? Value)[] others)
    {
        var row = others.ToDictionary(static pair => pair.Name, static pair => pair.Value);
        foreach (var (name, value) in values)
            row[name] = value;
        return row;
    }

    /// <summary>A table with all its columns; a custom log with those for which values came.</summary>
    private static KqlTable Table(string name, params Dictionary<string, object?>[] rows) => KqlTable.Of(
        [.. AnalyticsSchema.Columns(name).Where(column => !name.EndsWith("_CL", StringComparison.Ordinal) || rows.Any(row => row.ContainsKey(column.Name)))], rows);
}
