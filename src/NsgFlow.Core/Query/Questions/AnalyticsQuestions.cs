using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>
/// Microsoft's questions ("Use queries in traffic analytics", its date 2025-08-20), for both tables. All of its sums count a flow twice that both of its ends logged,
/// take a missing number for one that makes the sum missing, and compare words that the tables write in two ways; here each flow counts once
/// (docs/decisions/0017), null is not zero, and words are those of the normal rows.
/// </summary>
public static class AnalyticsQuestions
{
    private static readonly string[] _bothSubnets = ["SrcSubnet", "DestSubnet"];
    private static readonly string[] _threatened = [.. CaptureKql.Columns.Concat(TrafficSums.Columns).Concat(MaliciousRows.Needed).Distinct()];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TrafficQuestion> All { get; } =
    [
        // "List subnets interacting with each other". There for one table only.
        new("SubnetTraffic", "Which subnets talk to each other, on which ports, and how much.", static (question, script) =>
            OnceKql.Flows(question, _bothSubnets, [], script)
            + "\n| extend SourceSubnet = SrcSubnet, DestinationSubnet = DestSubnet"
            + Told("SourceSubnet", "DestinationSubnet")
            + OnceKql.Summarize(["SourceSubnet", "DestinationSubnet"], ["Protocol", "DestinationPort"])),

        // "View cross regional traffic". It forgets to leave out rows that are no flows.
        new("RegionTraffic", "How much traffic there is within and between regions.", static (question, script) =>
            OnceKql.Flows(question, ["SourceLocation", "DestinationLocation"], [], script)
            + Told("SourceLocation", "DestinationLocation")
            + OnceKql.Summarize(["SourceLocation", "DestinationLocation"], [])),

        // "View traffic based on subscription". The same.
        new("SubscriptionTraffic", "How much traffic there is within and between subscriptions.", static (question, script) =>
            OnceKql.Flows(question, ["SourceSubscription", "DestinationSubscription"], [], script)
            + Told("SourceSubscription", "DestinationSubscription")
            + OnceKql.Summarize(["SourceSubscription", "DestinationSubscription"], [])),

        // "List subnets interacting with public IPs". It gives a line for each stored row, of two columns of which one is empty, and leaves out subnets that
        // only malicious addresses talk to.
        new("PublicSubnets", "Which subnets talk to public addresses outside Azure, and with how many.", static (question, script) =>
            OnceKql.Flows(question.Of(FlowType.ExternalPublic, FlowType.MaliciousFlow), _bothSubnets, [], script)
            + "\n| extend Subnet = iff(isnotempty(SrcSubnet), SrcSubnet, DestSubnet), Opened = iff(isnotempty(SrcSubnet), \"Inside\", \"Outside\")"
            + "\n| extend Address = iff(Opened == \"Inside\", DestinationAddress, SourceAddress)"
            + "\n| where isnotempty(Subnet)"
            + OnceKql.Summarize(["Subnet"], ["Opened"], "Addresses = count_distinct(Address)")),

        // "List virtual machines receiving most on-premises traffic". Its order is that of a chart of flows per minute, which rows of an hour cannot give; mvexpand
        // is an old name; and its bytes are columns that NTANetAnalytics does not have.
        new("OnPremisesVms", "Which virtual machines have most traffic with on-premises networks.", static (question, script) =>
            OnceKql.Flows(question.Of(FlowType.S2S), ["SrcVm", "DestVm"], [], script)
            + "\n| mv-expand Vm = pack_array(SrcVm, DestVm) to typeof(string)"
            + "\n| where isnotempty(Vm)"
            + OnceKql.Summarize(["Vm"], [])),

        // "List IPs sending or receiving traffic to or from a virtual machine". It asks only for connections that the machine opened, and leaves out all public
        // addresses, whose column is empty.
        new("AddressPartners", "With whom addresses exchange how much: all their partners, whoever opened the connection.", static (question, script) =>
            Ends(question, script) + OnceKql.Summarize([], ["Address", "Partner"])) { NeedsAddress = true },

        // "Check which ports are reachable (or blocked) between IP pairs with NSG rules". makeset and mvexpand are old names; a list of public addresses came with
        // an empty last entry; one table only.
        new("OpenPorts", "Which ports were open and which blocked between addresses, and by which rule.", static (question, script) =>
            OnceKql.Flows(question, [], ["Nsg", "Rule"], script)
            + OnceKql.By(
                ["Nsg", "Rule"],
                ["SourceAddress", "DestinationAddress", "Protocol", "Decision"],
                ["DestinationPorts = make_set(DestinationPort)", "Flows = sum(Flows)", "FirstSeen = min(FirstSeen)", "LastSeen = max(LastSeen)"])
            + Kql.Stage("project", ["SourceAddress", "DestinationAddress", "Protocol", "Decision", "Nsg", "Rule", "DestinationPorts", "Flows", "FirstSeen", "LastSeen"])
            + Kql.Stage("order by", ["Flows desc", "SourceAddress asc", "DestinationAddress asc", "Protocol asc", "Decision asc", "Nsg asc", "Rule asc"])),

        // "View malicious flow types". It counts rows of the addresses' table, one for each address and interval, and calls them flows.
        new("Threats", "Which kinds of threats the malicious flows are of, and from how many addresses.", static (question, script) =>
            OnceKql.Of(
                NormalRows.Of(question.Of(FlowType.MaliciousFlow), _threatened, script) + MaliciousRows.Join(question, _threatened, ["ThreatType"], script), ["ThreatType"], [])
            + "\n| extend RemoteAddress = iff(End == \"Inbound\", SourceAddress, DestinationAddress)"
            + OnceKql.Summarize(["ThreatType"], [], "Addresses = count_distinct(RemoteAddress)")),

        // "View flow types and public IP locations". There for one table only.
        new("PublicAddresses", "Of what types, owners and locations the public addresses are that were seen.", static (question, script) =>
            PublicAddresses(question, script)) { IsOfFlows = false },

        // "Prevent duplicate records". Its last query joins two sums on FlowEndTime, a column that neither has any more, and needs the device's MAC, for which it
        // writes colons where the table has dashes. One table only.
        new("OutboundBytes", "How much addresses sent, in connections that they opened and in those that they answered.", static (question, script) =>
            Ends(question, script)
            + Kql.Summarize(["Told = sum(Told)", "Flows = sum(Flows)", "BytesOpened = sumif(BytesSent, End == \"Source\")", "BytesAnswered = sumif(BytesReceived, End == \"Destination\")"], ["Address"])
            + Kql.Stage("extend", ["BytesOpened = iff(Told > 0, BytesOpened, long(null))", "BytesAnswered = iff(Told > 0, BytesAnswered, long(null))"])
            + Kql.Stage("extend", ["Bytes = BytesOpened + BytesAnswered"])
            + Kql.Stage("project", ["Address", "BytesOpened", "BytesAnswered", "Bytes", "Flows"])
            + Kql.Stage("order by", ["Bytes desc", "Flows desc", "Address asc"])) { NeedsAddress = true },
    ];

    /// <summary>The question of a name, in any case; null when there is none.</summary>
    public static TrafficQuestion? Find(string name) => All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));

    private static string Told(string one, string other) => $"\n| where isnotempty({one}) and isnotempty({other})";

    /// <summary>The flows of the addresses asked for, as these see them. A flow between two of them is one of each.</summary>
    private static string Ends(AnalyticsQuestion question, KqlScript script) =>
        OnceKql.Flows(question, [], [], script)
            + "\n| mv-expand End = pack_array(\"Source\", \"Destination\") to typeof(string)"
            + "\n| extend Address = iff(End == \"Source\", SourceAddress, DestinationAddress), Partner = iff(End == \"Source\", DestinationAddress, SourceAddress)"
            + "\n| where " + AddressConditions.Of(question.Filter.Address!, "Address", script);

    private static string PublicAddresses(AnalyticsQuestion question, KqlScript script)
    {
        // Nothing tells when in its interval an address was seen.
        var tables = DetailsTable.Of(question.Tables).Select(table => table.Name + "\n"
            + NormalRows.Where(FlowConditions.OfTime(question, table.IntervalStart))
            + NormalRows.Where([$"{table.SubType} =~ \"FlowLog\""])
            + $"| project FlowTypeText = {table.FlowType}, {Kql.List(table.Columns.Select(static column => column.ToString()))}\n").ToList();
        var flowType = NormalColumns.Row.Single(static column => column.Name == "FlowType");
        return (tables.Count == 1 ? tables[0].TrimEnd() : "union isfuzzy=true\n(\n" + string.Join("),\n(\n", tables) + ")")
            + Kql.Stage("extend", [flowType.ToString()])
            + (question.Filter.Address is { } addresses ? "\n| where " + AddressConditions.Of(addresses, "RemoteAddress", script) : string.Empty)
            + Kql.Summarize(["Addresses = count_distinct(RemoteAddress)", "FirstSeen = min(IntervalStart)", "LastSeen = max(IntervalStart)"], ["FlowType", "Details = AddressDetails", "Location = ThreatLocation"])
            + Kql.Stage("order by", ["Addresses desc", "FlowType asc", "Details asc", "Location asc"]);
    }
}
