using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NsgFlow.AzureTests.Logs;

/// <summary>A flow as a log has it, and as Traffic Analytics writes it into its tables: in one of the spellings that its columns are known to have.</summary>
internal sealed class WrittenFlow(FlowGroup group, FlowTuple tuple)
{
    public FlowGroup Group { get; } = group;

    public FlowTuple Tuple { get; } = tuple;

    /// <summary>What tells it from others in an answer.</summary>
    public string Key => Tuple.Time.ToString("s", CultureInfo.InvariantCulture) + " " + Tuple.Source + " " + Tuple.Destination;

    public bool IsNsg => Group.Entry.Kind == FlowLogKind.Nsg;

    /// <summary>A row of flows that differ in one public address.</summary>
    public static Dictionary<string, object?> Row(IReadOnlyList<WrittenFlow> flows, Random random)
    {
        var first = flows[0];
        var row = new Dictionary<string, object?>();
        void Set(string nsg, string network, object? value)
        {
            var name = first.IsNsg ? nsg : network;
            if (name.Length > 0)
                row[name] = first.IsNsg && value is long number ? (double)number : value;
        }

        var tuple = first.Tuple;
        var isList = flows.Count > 1;
        var isIn = tuple.Direction == FlowDirection.Inbound;
        var isOut = !isIn;
        Set("SubType_s", "SubType", "FlowLog");
        Set("TimeGenerated", "TimeGenerated", tuple.Time.AddMinutes(70));
        Set("FlowIntervalStartTime_t", "FlowIntervalStartTime", tuple.Time.Date.AddHours(tuple.Time.Hour));
        Set("FlowIntervalEndTime_t", "FlowIntervalEndTime", tuple.Time.Date.AddHours(tuple.Time.Hour + 1));
        Set("FlowStartTime_t", "FlowStartTime", tuple.Time);
        Set("FlowEndTime_t", "FlowEndTime", tuple.Time.AddMinutes(5));
        Set("FlowType_s", "FlowType", isList ? "ExternalPublic" : "Unknown Private");
        Set("SrcIP_s", "SrcIp", isList && isIn ? string.Empty : tuple.Source.ToString());
        Set("DestIP_s", "DestIp", isList && isOut ? string.Empty : tuple.Destination.ToString());
        Set(isIn ? "SrcPublicIPs_s" : "DestPublicIPs_s", isIn ? "SrcPublicIps" : "DestPublicIps", isList ? string.Join(" ", flows.Select(Entry)) : string.Empty);
        if (first.IsNsg)
            row["DestPort_d"] = (double)tuple.DestinationPort;
        else
            row["DestPort"] = (int)tuple.DestinationPort;
        Set("L4Protocol_s", "L4Protocol", Protocol(tuple, random));
        Set("FlowDirection_s", "FlowDirection", Either(random, isIn ? "I" : "O", isIn ? "Inbound" : "Outbound"));
        Set("FlowStatus_s", "FlowStatus", tuple.Decision == FlowDecision.Allow ? Either(random, "A", "Allowed") : Either(random, "D", "Denied"));
        Set("NSGRule_s", "AclRule", Rule(first.Group, random, out var type));
        Set("NSGRuleType_s", "NsgRuleType", type);
        Set("MACAddress_s", "MacAddress", Mac(first.Group.MacAddress ?? string.Empty, random));
        Set(string.Empty, "FlowEncryption", Encryption(tuple, random));
        if (first.IsNsg)
        {
            row["NSGList_s"] = Path(first.Group.Entry.TargetResourceId!);
        }
        else
        {
            var target = first.Group.Entry.TargetResourceId!;
            var acl = first.Group.AclId ?? string.Empty;
            row["AclGroup"] = acl.StartsWith('/') ? Either(random, acl, Path(acl)) : acl;
            row["TargetResourceId"] = random.Next(3) switch { 0 => target, 1 => Path(target), _ => Path(target)[37..] };
            row["TargetResourceType"] = Kind(target);
            row[isIn ? "DestSubscription" : "SrcSubscription"] = new ResourceId(target).SubscriptionId;
            row["FlowLogResourceId"] = Either(random, first.Group.Entry.FlowLogResourceId!, Path(first.Group.Entry.FlowLogResourceId!));
        }

        if (!isList)
        {
            Set("OutboundBytes_d", "BytesSrcToDest", Recorded(tuple.BytesSent));
            Set("InboundBytes_d", "BytesDestToSrc", Recorded(tuple.BytesReceived));
        }

        return row;
    }

    /// <summary>Which part of the path of a resource follows which: subscription, group, names.</summary>
    private static string Path(string id) => string.Join("/", id.Trim('/').Split('/').Where(static (_, at) => at is 1 or 3 || (at >= 7 && at % 2 == 1)));

    private static string Kind(string id) => new ResourceId(id).Subnet is not null ? "Subnet" : new ResourceId(id).NetworkInterface is not null ? "NetworkInterface" : "VirtualNetwork";

    private static string Entry(WrittenFlow flow) => string.Join(
        "|",
        flow.Tuple.Direction == FlowDirection.Inbound ? flow.Tuple.Source : flow.Tuple.Destination, 1, 1, 1, 1, Recorded(flow.Tuple.BytesSent), Recorded(flow.Tuple.BytesReceived));

    private static long? Recorded(long counter) => counter == FlowTuple.NotRecorded ? null : counter;

    private static string Protocol(FlowTuple tuple, Random random) => tuple.Protocol switch
    {
        FlowProtocol.Tcp => Either(random, "T", "tcp"),
        FlowProtocol.Udp => Either(random, "U", "17"),
        FlowProtocol.Other => "?",
        var other => ((int)other).ToString(CultureInfo.InvariantCulture),
    };

    private static string Rule(FlowGroup group, Random random, out string type)
    {
        type = string.Empty;
        var prefix = group.RuleKind switch { FlowRuleKind.Default => "DefaultRule_", FlowRuleKind.User => "UserRule_", _ => string.Empty };
        if (group.Rule is null || prefix.Length == 0)
            return group.RuleKind switch { FlowRuleKind.Platform => "PlatformRule", FlowRuleKind.Unspecified => "unspecified", _ => group.Rule ?? string.Empty };
        type = Either(random, string.Empty, group.RuleKind == FlowRuleKind.Default ? "Default" : "User Defined");
        return type.Length > 0 ? Either(random, prefix + group.Rule, group.Rule) : prefix + group.Rule;
    }

    private static string Mac(string mac, Random random) =>
        random.Next(3) switch { 0 => mac, 1 => string.Join("-", mac.Chunk(2).Select(static pair => new string(pair))), _ => string.Join(":", mac.ToLowerInvariant().Chunk(2).Select(static pair => new string(pair))) };

    private static string Encryption(FlowTuple tuple, Random random) => tuple.EncryptionCode switch
    {
        0 => string.Empty,
        (ushort)FlowEncryption.Encrypted => Either(random, "Encrypted", "X"),
        (ushort)FlowEncryption.NotEncrypted => Either(random, "Unencrypted", "NX"),
        (ushort)FlowEncryption.Fallback => Either(random, "Fall back to no encryption", "NX_FALLBACK"),
        var code => UnknownCodes.Text(code),
    };

    private static string Either(Random random, string one, string other) => random.Next(2) == 0 ? one : other;
}
