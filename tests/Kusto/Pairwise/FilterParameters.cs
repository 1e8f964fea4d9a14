using System;
using System.Collections.Generic;
using NsgFlow.Filtering;
using NsgFlow.KustoTests.Attacks;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>The parameters that all queries have: tables, time, filter and scope. Values are chosen for the paths that they take through the code.</summary>
internal static class FilterParameters
{
    private const string Id = "/subscriptions/3f0e4a10-7b1f-4ab0-9b0e-0a1b2c3d4e5f/resourceGroups/rg-net/providers/Microsoft.Network/";

    private static readonly (string, IReadOnlyList<string>)[] s_names =
    [
        ("a name", ["spoke"]),
        ("wildcards", ["aks-*", "[ab]?-[!c]"]),
        ("both", ["spoke", "aks-*"]),
        ("hostile", [HostileTexts.Worst, HostileTexts.Worst + "*"]),
    ];

    private static readonly (string, AddressSet)[] s_addresses =
    [
        ("an address", AddressSet.Parse(["10.0.0.4"])),
        ("a prefix", AddressSet.Parse(["10.0.0.0/8"])),
        ("a range", AddressSet.Parse(["10.0.0.3-10.0.7.9"])),
        ("IPv6", AddressSet.Parse(["2001:db8::/32", "fe80::1"])),
        ("mixed", AddressSet.Parse(["10.0.0.4", "10.1.0.0/16", "2001:db8::1-2001:db8::ffff", "0.0.0.0"])),
        ("none", AddressSet.Of([])),
    ];

    private static readonly (string, PortSet)[] s_ports =
    [
        ("a port", PortSet.Parse(["443"])),
        ("a range", PortSet.Parse(["8000-8999"])),
        ("several", PortSet.Parse(["22", "443", "8000-8999", "30000-32767"])),
        ("all", PortSet.Parse(["0-65535"])),
        ("none", PortSet.Of([])),
    ];

    private static readonly (string, RuleSet)[] s_rules =
    [
        ("a rule", RuleSet.Parse(["DenyAllInBound"])),
        ("wildcards", RuleSet.Parse(["DefaultRule_*", "Allow?SSH", "[a-c]*"])),
        ("both", RuleSet.Parse(["UserRule_web", "PlatformRule", "unspecified", "*"])),
        ("cut", RuleSet.Parse([new string('r', 60), new string('r', 66), new string('r', 80)])),
        ("hostile", RuleSet.Parse([HostileTexts.Worst, "*" + HostileTexts.Worst])),
    ];

    public static IReadOnlyList<Parameter<QueryCase>> All { get; } =
    [
        Parameter<QueryCase>.Of<IReadOnlyList<TrafficAnalyticsTable>>(
            "Table",
            static (one, value) => one.Tables = value,
            ("Nsg", [TrafficAnalyticsTable.Nsg]),
            ("VirtualNetwork", [TrafficAnalyticsTable.VirtualNetwork]),
            ("both", [TrafficAnalyticsTable.VirtualNetwork, TrafficAnalyticsTable.Nsg])),
        Parameter<QueryCase>.Of<(DateTime? Start, DateTime? End)>(
            "Time",
            static (one, value) => (one.Start, one.End) = value,
            ("an hour", (QueryCase.Now.AddHours(-1), QueryCase.Now)),
            ("from", (QueryCase.Now.AddDays(-30), null)),
            ("until", (null, QueryCase.Now)),
            ("odd", (QueryCase.Now.AddTicks(-12345678), QueryCase.Now.AddTicks(-1))),
            ("the last day", (DateTime.MaxValue.AddDays(-1), DateTime.MaxValue))),
        Parameter<QueryCase>.Of<IReadOnlyList<FlowType>>(
            "FlowType",
            static (one, value) => one.FlowTypes = value,
            ("one", [FlowType.MaliciousFlow]),
            ("several", [FlowType.ExternalPublic, FlowType.MaliciousFlow, FlowType.UnknownPrivate]),
            ("all", Enum.GetValues<FlowType>())),
        Parameter<QueryCase>.Of("Malicious", static (one, value) => one.IsMalicious = value, ("yes", true)),
        Parameter<QueryCase>.Of("Address", static (one, value) => one.Address = value, s_addresses),
        Parameter<QueryCase>.Of("SourceAddress", static (one, value) => one.SourceAddress = value, s_addresses),
        Parameter<QueryCase>.Of("DestinationAddress", static (one, value) => one.DestinationAddress = value, s_addresses),
        Parameter<QueryCase>.Of("ExcludeAddress", static (one, value) => one.ExcludeAddress = value, s_addresses),
        Parameter<QueryCase>.Of("Port", static (one, value) => one.Port = value, s_ports),
        Parameter<QueryCase>.Of("DestinationPort", static (one, value) => one.DestinationPort = value, s_ports),
        Parameter<QueryCase>.Of("ExcludePort", static (one, value) => one.ExcludePort = value, s_ports),
        Parameter<QueryCase>.Of(
            "Protocol",
            static (one, value) => one.Protocol = value,
            ("TCP", ProtocolSet.Parse(["Tcp"])),
            ("several", ProtocolSet.Parse(["Tcp", "Udp", "Icmp", "47", "200"])),
            ("other", ProtocolSet.Parse(["Other"])),
            ("other, too", ProtocolSet.Parse(["Udp", "Other"]))),
        Parameter<QueryCase>.Of<IReadOnlyList<FlowDirection>>(
            "Direction",
            static (one, value) => one.Direction = value,
            ("in", [FlowDirection.Inbound]),
            ("both", [FlowDirection.Outbound, FlowDirection.Inbound])),
        Parameter<QueryCase>.Of<IReadOnlyList<FlowDecision>>(
            "Decision",
            static (one, value) => one.Decision = value,
            ("deny", [FlowDecision.Deny]),
            ("both", [FlowDecision.Allow, FlowDecision.Deny])),
        Parameter<QueryCase>.Of("Rule", static (one, value) => one.Rule = value, s_rules),
        Parameter<QueryCase>.Of("ExcludeRule", static (one, value) => one.ExcludeRule = value, s_rules),
        Parameter<QueryCase>.Of(
            "MacAddress",
            static (one, value) => one.MacAddress = value,
            ("one", MacSet.Parse(["00-0D-3A-F8-80-1A"])),
            ("several", MacSet.Parse(["000D3AF8801A", "00:22:48:aa:bb:cc"]))),
        Parameter<QueryCase>.Of(
            "Encryption",
            static (one, value) => one.Encryption = value,
            ("one", EncryptionSet.Parse(["X"])),
            ("several", EncryptionSet.Parse(["Encrypted", "NX", "NX_FALLBACK"])),
            ("all NX", EncryptionSet.Parse(["NX_ALL"])),
            ("other", EncryptionSet.Parse(["Other"])),
            ("new", EncryptionSet.Parse(["NX_SOMETHING_NEW"]))),
        Parameter<QueryCase>.Of("MinBytes", static (one, value) => one.MinBytes = value, ("0", 0), ("much", long.MaxValue)),
        Parameter<QueryCase>.Of("Nsg", static (one, value) => one.Nsg = value, [.. s_names, .. Ids("networkSecurityGroups/web")]),
        Parameter<QueryCase>.Of("VirtualNetwork", static (one, value) => one.VirtualNetwork = value, [.. s_names, .. Ids("virtualNetworks/hub")]),
        Parameter<QueryCase>.Of("Subnet", static (one, value) => one.Subnet = value, [.. s_names, .. Ids("virtualNetworks/hub/subnets/a")]),
        Parameter<QueryCase>.Of("NetworkInterface", static (one, value) => one.NetworkInterface = value, [.. s_names, .. Ids("networkInterfaces/nic-0")]),
        Parameter<QueryCase>.Of(
            "ResourceId",
            static (one, value) => one.ResourceId = value,
            [
                .. Ids("virtualNetworks/hub"),
                .. Ids("networkSecurityGroups/web"),
                ("a group", [Id[..Id.IndexOf("/providers", StringComparison.Ordinal)]]),
                ("a subscription", [Id[..Id.IndexOf("/resourceGroups", StringComparison.Ordinal)]]),
                ("hostile", ["/subscriptions/" + HostileTexts.Worst, "/" + HostileTexts.Worst + "/*"]),
            ]),
        Parameter<QueryCase>.Of("ResourceGroup", static (one, value) => one.ResourceGroup = value, s_names),
        Parameter<QueryCase>.Of("SubscriptionId", static (one, value) => one.SubscriptionId = value, s_names),
        Parameter<QueryCase>.Of<IReadOnlyList<ScopeResources>>(
            "Resources",
            static (one, value) => one.Resources = value,
            ("by MAC", [new ScopeResources { Text = "cluster", MacAddresses = ["000D3AF8801A", "000D3AF8801B"], IsByMacAddress = true }]),
            ("by id", [new ScopeResources { Text = "hub", Ids = [Id + "virtualNetworks/hub", Id + "networkSecurityGroups/web"] }]),
            ("in part", [new ScopeResources { Text = "subnet", Parts = [new ScopePart(Id + "virtualNetworks/hub", AddressSet.Parse(["10.0.1.0/24", "fd00::/64"]))] }]),
            ("all", [
                new ScopeResources
                {
                    Text = "all",
                    Ids = [Id + "networkSecurityGroups/" + HostileTexts.Worst],
                    NsgGuids = ["0f6b8a9e-1111-2222-3333-444455556666"],
                    MacAddresses = ["000D3AF8801A"],
                    Parts = [new ScopePart(Id + "virtualNetworks/hub", AddressSet.Parse(["10.0.1.4"]))],
                },
                new ScopeResources { Text = "none" },
            ])),
    ];

    private static (string Name, IReadOnlyList<string> Value)[] Ids(string resource) =>
    [
        ("an id of " + resource, [Id + resource]),
        ("ids of " + resource, [Id + resource, "/subscriptions/*/" + resource.Split('/')[0] + "/w?b", Id.ToUpperInvariant() + resource]),
    ];
}
