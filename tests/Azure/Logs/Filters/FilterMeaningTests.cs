using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Parsing;
using NsgFlow.Query;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.AzureTests.Logs;

/// <summary>The same words mean the same in a workspace as in flow logs: filters of all sorts, evaluated here on tuples and there, by other code, on rows.</summary>
public class FilterMeaningTests
{
    private const string Subscription = "/subscriptions/11111111-2222-3333-4444-555555555555";
    private const string Network = Subscription + "/resourceGroups/net-rg/providers/Microsoft.Network/";
    private const string OtherNetwork = "/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups/MC_rg/providers/Microsoft.Network/";
    private const string NsgGuid = "aaaaaaaa-2222-3333-4444-555555555555";
    private static readonly DateTime _start = new(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);
    private static readonly Dictionary<string, IReadOnlyList<KqlColumn>> _schemas = new() { ["AzureNetworkAnalytics_CL"] = AnalyticsSchema.Columns(AnalyticsSchema.Nsg), ["NTANetAnalytics"] = AnalyticsSchema.Columns(AnalyticsSchema.VirtualNetwork) };
    private static readonly (ushort Encryption, ushort Protocol) _codes = ReadNewCodes();
    private static readonly string[] _names = ["web-nsg", "web", "aks-agentpool-nsg", "hub-vnet", "hub", "spoke", "nodes", "vm1-nic", "net-rg", "MC_rg", "11111111-2222-3333-4444-555555555555"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FiltersPassTheSameFlowsHereAndThere(int seed)
    {
        var random = new Random(seed);
        var flows = Enumerable.Range(0, 400).Select(at => Flow(random, at)).ToList();
        var (database, all) = Database(flows, random);
        var found = 0;
        for (var round = 0; round < 100; round++)
        {
            var filter = Filter(random);
            var expected = all.Where(flow => IsIn(filter, flow)).Select(static flow => flow.Key).Order().ToList();
            var kql = AnalyticsKql.Rows(new AnalyticsQuestion { Filter = filter });
            var answer = KqlEngine.Run(kql, database);
            var names = answer.Columns.Select(static (column, at) => (column.Name, at)).ToDictionary(static pair => pair.Name, static pair => pair.at);
            var actual = answer.Rows.Select(row => $"{row[names["FirstSeen"]]:s} {row[names["SourceAddress"]]} {row[names["DestinationAddress"]]}").Order().ToList();
            Assert.True(expected.SequenceEqual(actual), $"Seed {seed}, round {round}: expected {Show(expected, actual)}, found {Show(actual, expected)}\n{kql}");
            found += expected.Count > 0 && expected.Count < all.Count ? 1 : 0;
        }

        Assert.True(found > 30, $"Only {found} filters chose some and left some.");
    }

    private static string Show(IEnumerable<string> one, IEnumerable<string> other) => "[" + string.Join("; ", one.Except(other).Take(3)) + "]";

    private static bool IsIn(FlowFilter filter, WrittenFlow flow) =>
        filter.Matches(flow.Group) && filter.Matches(flow.Tuple) && (!filter.IsPartly(flow.Group) || filter.Matches(flow.Group, flow.Tuple));

    /// <summary>Both tables; every fifth flow goes into a row with others that differ in their public address.</summary>
    private static (KqlDatabase Database, List<WrittenFlow> Flows) Database(List<WrittenFlow> flows, Random random)
    {
        var all = new List<WrittenFlow>();
        var rows = _schemas.Keys.ToDictionary(static name => name, static _ => new List<Dictionary<string, object?>>());
        foreach (var flow in flows)
        {
            List<WrittenFlow> together = [flow];
            for (var more = random.Next(5) == 0 ? random.Next(1, 4) : 0; more > 0; more--)
            {
                var tuple = flow.Tuple;
                if (tuple.Direction == FlowDirection.Inbound)
                    tuple.Source = new FlowAddress(0x01020300u + (uint)(together.Count * 7));
                else
                    tuple.Destination = new FlowAddress(0x01020300u + (uint)(together.Count * 7));
                tuple.BytesSent = random.Next(3000);
                together.Add(new WrittenFlow(flow.Group, tuple));
            }

            all.AddRange(together);
            rows[flow.IsNsg ? "AzureNetworkAnalytics_CL" : "NTANetAnalytics"].Add(WrittenFlow.Row(together, random));
        }

        var database = new KqlDatabase();
        foreach (var (name, columns) in _schemas)
        {
            // Of a custom log a workspace has the columns for which values came.
            var used = name.EndsWith("_CL", StringComparison.Ordinal) ? columns.Where(column => rows[name].Any(row => row.TryGetValue(column.Name, out var value) && value is not null)).ToList() : columns;
            database.Add(name, KqlTable.Of(used, rows[name].Select(row => row.Where(pair => used.Any(column => column.Name == pair.Key)).ToDictionary(static pair => pair.Key, static pair => pair.Value))));
        }

        return (database, all);
    }

    private static WrittenFlow Flow(Random random, int at)
    {
        var isNsg = random.Next(2) == 0;
        var nsgs = new[] { Network + "networkSecurityGroups/web-nsg", OtherNetwork + "networkSecurityGroups/aks-agentpool-nsg", OtherNetwork + "networkSecurityGroups/web" };
        var targets = new[] { Network + "virtualNetworks/hub-vnet", Network + "virtualNetworks/hub-vnet/subnets/nodes", OtherNetwork + "virtualNetworks/spoke", OtherNetwork + "networkInterfaces/vm1-nic" };
        var kind = Pick(random, FlowRuleKind.Default, FlowRuleKind.User, FlowRuleKind.Unprefixed, FlowRuleKind.Platform);
        var group = new FlowGroup
        {
            Entry = new FlowEntry
            {
                Kind = isNsg ? FlowLogKind.Nsg : FlowLogKind.VirtualNetwork,
                FormatVersion = isNsg ? 2 : 4,
                TargetResourceId = Pick(random, isNsg ? nsgs : targets),
                FlowLogResourceId = isNsg ? null : Network + "networkWatchers/nw/flowLogs/" + Pick(random, "log1", "log2"),
            },
            Rule = kind == FlowRuleKind.Platform ? "PlatformRule" : Pick(random, "AllowInternetOutBound", "DenyAllInBound", "ssh", "block [x]", new string('r', 65), new string('r', 60)),
            RuleKind = kind,
            AclId = isNsg ? null : Pick(random, [.. nsgs, NsgGuid, null]),
            MacAddress = Pick(random, "000D3AF8801A", "7C1E5264840B"),
        };
        return new WrittenFlow(group, new FlowTuple
        {
            UnixMilliseconds = new DateTimeOffset(_start.AddSeconds(at * 20)).ToUnixTimeMilliseconds(),
            Source = Address(random),
            Destination = Address(random),
            SourcePort = 60000,
            DestinationPort = Pick<ushort>(random, 22, 443, 80, 8050, 53),
            ProtocolCode = Pick<ushort>(random, 6, 17, 47, 89, _codes.Protocol),
            EncryptionCode = isNsg ? (ushort)0 : Pick(random, (ushort)FlowEncryption.Encrypted, (ushort)FlowEncryption.NotEncrypted, (ushort)FlowEncryption.Fallback, _codes.Encryption),
            Direction = Pick(random, FlowDirection.Inbound, FlowDirection.Outbound),
            Decision = Pick(random, FlowDecision.Allow, FlowDecision.Deny),
            BytesSent = random.Next(4) == 0 ? FlowTuple.NotRecorded : random.Next(3000),
            BytesReceived = random.Next(4) == 0 ? FlowTuple.NotRecorded : random.Next(3000),
            PacketsSent = FlowTuple.NotRecorded,
            PacketsReceived = FlowTuple.NotRecorded,
        });
    }

    private static FlowFilter Filter(Random random)
    {
        T? Maybe<T>(Func<T> make, int outOf = 12)
            where T : class => random.Next(outOf) == 0 ? make() : null;
        IReadOnlyList<string> Names(params string[] more) => random.Next(12) == 0 ? [Pattern(random, [.. _names, .. more]), Pattern(random, _names)] : [];
        AddressSet Addresses() => AddressSet.Parse([Pick(random, "10.0.0.0/8", "10.0.0.4", "1.2.3.7", "1.2.3.0/24", "10.0.1.3-10.0.1.9", "2001:db8::/32", "::/0", "0.0.0.0/0"), Pick(random, "10.0.1.4", "1.2.3.14")]);
        var isTimed = random.Next(3) == 0;
        return new FlowFilter
        {
            Start = isTimed ? _start.AddMinutes(random.Next(60)) : null,
            End = isTimed ? _start.AddMinutes(60 + random.Next(80)) : null,
            Address = Maybe(Addresses),
            SourceAddress = Maybe(Addresses),
            DestinationAddress = Maybe(Addresses),
            ExcludeAddress = Maybe(Addresses),
            Port = Maybe(() => PortSet.Parse(["ssh", "8000-8100"])),
            DestinationPort = Maybe(() => PortSet.Parse(["443", "53"])),
            ExcludePort = Maybe(() => PortSet.Parse(["80", "50-60"])),
            Protocol = Maybe(() => ProtocolSet.Parse([Pick(random, "tcp", "U", "47", "Other"), Pick(random, "89", "6")])),
            Encryption = Maybe(() => EncryptionSet.Parse([Pick(random, "X", "NX_ALL", "NX_NEW", "Other", "Fallback", "NX")]), 20),
            Direction = random.Next(6) == 0 ? [Pick(random, FlowDirection.Inbound, FlowDirection.Outbound)] : [],
            Decision = random.Next(6) == 0 ? [Pick(random, FlowDecision.Allow, FlowDecision.Deny)] : [],
            MinBytes = random.Next(12) == 0 ? random.Next(4000) : null,
            MacAddress = Maybe(() => MacSet.Parse(["00-0d-3a-f8-80-1a"])),
            Rule = Maybe(() => RuleSet.Parse([RuleName(random), RuleName(random)]), 6),
            ExcludeRule = Maybe(() => RuleSet.Parse([RuleName(random)])),
            Scope = random.Next(2) == 0 ? FlowScope.Everything : new FlowScope
            {
                Nsg = Names(Network + "networkSecurityGroups/web-nsg", "/subscriptions/*/networkSecurityGroups/web*"),
                VirtualNetwork = Names(Network + "virtualNetworks/hub-vnet", "/subscriptions/*/virtualNetworks/s*"),
                Subnet = Names(Network + "virtualNetworks/hub-vnet/subnets/nodes"),
                NetworkInterface = Names(OtherNetwork + "networkInterfaces/vm1-nic"),
                ResourceGroup = Names(),
                SubscriptionId = random.Next(12) == 0 ? [Pattern(random, "11111111-2222-3333-4444-555555555555")] : [],
                ResourceId = random.Next(6) == 0 ? [Id(random), Id(random)] : [],
                Resources = random.Next(4) == 0 ? [Resources(random)] : [],
            },
        };
    }

    private static ScopeResources Resources(Random random) => new()
    {
        Text = "some",
        Ids = random.Next(2) == 0 ? [Id(random).Replace("*", "web", StringComparison.Ordinal)] : [],
        NsgGuids = random.Next(3) == 0 ? [NsgGuid] : [],
        MacAddresses = random.Next(3) == 0 ? ["7C1E5264840B"] : [],
        Parts = random.Next(2) == 0 ? [new ScopePart(Pick(random, Network + "virtualNetworks/hub-vnet", Network + "networkSecurityGroups/web-nsg"), AddressSet.Parse(["10.0.1.0/24"]))] : [],
    };

    private static string Id(Random random) => Pick(
        random,
        Network + "networkSecurityGroups/web-nsg",
        OtherNetwork.ToUpperInvariant() + "NETWORKSECURITYGROUPS/WEB",
        Network + "virtualNetworks/hub-vnet",
        Network + "virtualNetworks/hub",
        Network + "virtualNetworks/hub-vnet/subnets/nodes",
        OtherNetwork + "networkInterfaces/vm1-nic",
        Network + "networkWatchers/nw/flowLogs/log1",
        Network + "networkWatchers/nw",
        Subscription,
        Subscription + "/resourceGroups/net-rg/",
        Subscription + "/resourceGroups/net",
        "/subscriptions/*/resourceGroups/MC_rg",
        Network + "networkSecurityGroups/*",
        "no-id");

    private static string RuleName(Random random) => Pick(
        random, "ssh", "UserRule_ssh", "DefaultRule_*", "*Bound", "PlatformRule", "block [[]x]", "block*", "[a-d]*", new string('r', 70), new string('r', 64), "userrule_" + new string('r', 60), "*");

    private static string Pattern(Random random, params string[] names)
    {
        var name = Pick(random, names);
        return random.Next(4) switch
        {
            0 => name.ToUpperInvariant(),
            1 => name[..^1] + "*",
            2 => "*" + name[1..],
            _ => name,
        };
    }

    private static FlowAddress Address(Random random) => random.Next(8) switch
    {
        0 => new FlowAddress(0x20010DB8_00000000, (ulong)random.Next(4)),
        1 => new FlowAddress(0x01020300u + (uint)random.Next(16)),
        _ => new FlowAddress(0x0A000000u + (uint)(random.Next(2) << 8) + (uint)random.Next(10)),
    };

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    /// <summary>The numbers of an encryption and a protocol that are not known: the reader gives them when it meets some.</summary>
    private static (ushort Encryption, ushort Protocol) ReadNewCodes()
    {
        var sink = new Codes();
        new FlowLogReader(sink).Write("""
            {"records":[{"category":"FlowLogFlowEvent","flowLogVersion":4,"flowRecords":{"flows":[{"aclID":"a","flowGroups":[{"rule":"r","flowTuples":[
            "1763800000000,10.0.0.1,10.0.0.2,1,2,?,I,B,NX_NEW,0,0,0,0"]}]}]}}]}
            """u8);
        return sink.Last;
    }

    private sealed class Codes : IFlowSink
    {
        public (ushort Encryption, ushort Protocol) Last { get; private set; }

        public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples) => Last = (tuples[0].EncryptionCode, tuples[0].ProtocolCode);

        public void Report(FlowIssue issue) => throw new InvalidOperationException(issue.ToString());
    }
}
