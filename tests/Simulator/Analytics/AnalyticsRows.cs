using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Writes what was reduced as rows: flows.</summary>
internal sealed partial class AnalyticsRows(SimulatedWorld world, AnalyticsOptions options)
{
    private static readonly Dictionary<int, string> s_services = new()
    {
        [22] = "ssh", [53] = "domain", [80] = "http", [123] = "ntp", [443] = "https", [1433] = "ms-sql-s", [3389] = "ms-wbt-server", [5432] = "postgresql",
    };

    private bool IsArticle => options.Spelling == AnalyticsSpelling.Article;

    public Dictionary<string, object?> Nsg(KeyValuePair<ReducedKey, ReducedFlow> of)
    {
        var (key, row) = of;
        var near = key.IsInbound ? row.Destination : row.Source;
        var isOneSided = key.FlowType is not ("IntraVNet" or "InterVNet");
        var nsg = NsgPath(key.Acl);
        return new Dictionary<string, object?>
        {
            ["TenantId"] = Guid.Parse(world.TenantId),
            ["SourceSystem"] = "RestAPI",
            ["Type"] = AnalyticsSchema.Nsg,
            ["TimeGenerated"] = Ingested(key.Start),
            ["SubType_s"] = "FlowLog",
            ["FASchemaVersion_s"] = "2",
            ["TimeProcessed_t"] = Ingested(key.Start),
            ["FlowIntervalStartTime_t"] = key.Start,
            ["FlowIntervalEndTime_t"] = End(key.Start),
            ["FlowStartTime_t"] = row.First,
            ["FlowEndTime_t"] = row.Last,
            ["FlowType_s"] = FlowType(key),
            ["SrcIP_s"] = key.Source,
            ["DestIP_s"] = key.Destination,
            ["VMIP_s"] = row.Listed.Any() ? key.Source + key.Destination : string.Empty,
            ["DestPort_d"] = (double)key.Port,
            ["L4Protocol_s"] = key.Protocol,
            ["L7Protocol_s"] = s_services.GetValueOrDefault(key.Port, "Unknown"),
            ["FlowDirection_s"] = key.IsInbound ? "I" : "O",
            ["FlowStatus_s"] = key.IsDenied ? "D" : "A",
            ["NSGList_s"] = nsg,
            ["NSGRules_s"] = $"0|{key.Rule}|{(key.IsInbound ? "I" : "O")}|{(key.IsDenied ? "D" : "A")}|{row.Counters.Started}",
            ["NSGRule_s"] = Rule(key.Rule),
            ["NSGRuleType_s"] = RuleType(key.Rule),
            ["MACAddress_s"] = Dashes(key.Mac),
            ["Subscription_g"] = isOneSided ? Id(near.Subscription) : null,
            ["Subscription1_g"] = Id(row.Source.Subscription),
            ["Subscription2_g"] = Id(row.Destination.Subscription),
            ["Region_s"] = isOneSided ? near.Region : string.Empty,
            ["Region1_s"] = row.Source.Region,
            ["Region2_s"] = row.Destination.Region,
            ["NIC_s"] = isOneSided ? near.Nic : string.Empty,
            ["NIC1_s"] = row.Source.Nic,
            ["NIC2_s"] = row.Destination.Nic,
            ["VM_s"] = isOneSided ? near.Vm : string.Empty,
            ["VM1_s"] = row.Source.Vm,
            ["VM2_s"] = row.Destination.Vm,
            ["Subnet_s"] = isOneSided ? near.Subnet : string.Empty,
            ["Subnet1_s"] = row.Source.Subnet,
            ["Subnet2_s"] = row.Destination.Subnet,
            ["Country_s"] = key.FlowType == "ExternalPublic" ? key.Place : string.Empty,
            ["AzureRegion_s"] = key.FlowType == "AzurePublic" ? key.Place : string.Empty,
            ["AllowedInFlows_d"] = (double)Flows(key, row, isInbound: true, isDenied: false),
            ["DeniedInFlows_d"] = (double)Flows(key, row, isInbound: true, isDenied: true),
            ["AllowedOutFlows_d"] = (double)Flows(key, row, isInbound: false, isDenied: false),
            ["DeniedOutFlows_d"] = (double)Flows(key, row, isInbound: false, isDenied: true),
            ["FlowCount_d"] = (double)row.Counters.Started,
            ["InboundPackets_d"] = (double?)row.Counters.Sums?.PacketsReceived,
            ["OutboundPackets_d"] = (double?)row.Counters.Sums?.PacketsSent,
            ["InboundBytes_d"] = (double?)row.Counters.Sums?.BytesReceived,
            ["OutboundBytes_d"] = (double?)row.Counters.Sums?.BytesSent,
            ["CompletedFlows_d"] = (double)row.Counters.Ended,
            ["PublicIPs_s"] = row.List,
            ["SrcPublicIPs_s"] = row.Source.IsListed ? row.List : string.Empty,
            ["DestPublicIPs_s"] = row.Source.IsListed ? string.Empty : row.List,
            ["IsFlowCapturedAtUDRHop_b"] = false,
        };
    }

    public Dictionary<string, object?> VirtualNetwork(KeyValuePair<ReducedKey, ReducedFlow> of)
    {
        var (key, row) = of;
        return new Dictionary<string, object?>
        {
            ["TenantId"] = world.TenantId,
            ["Type"] = AnalyticsSchema.VirtualNetwork,
            ["TimeGenerated"] = Ingested(key.Start),
            ["SubType"] = "FlowLog",
            ["FaSchemaVersion"] = "3",
            ["TimeProcessed"] = Ingested(key.Start),
            ["FlowIntervalStartTime"] = key.Start,
            ["FlowIntervalEndTime"] = End(key.Start),
            ["FlowStartTime"] = row.First,
            ["FlowEndTime"] = row.Last,
            ["FlowType"] = FlowType(key),
            ["SrcIp"] = key.Source,
            ["DestIp"] = key.Destination,
            ["SrcPorts"] = string.Join('|', row.Ports),
            ["DestPort"] = key.Port,
            ["L4Protocol"] = key.Protocol,
            ["L7Protocol"] = s_services.GetValueOrDefault(key.Port, "Unknown"),
            ["FlowDirection"] = IsArticle ? (key.IsInbound ? "I" : "O") : key.IsInbound ? "Inbound" : "Outbound",
            ["FlowStatus"] = IsArticle ? (key.IsDenied ? "D" : "A") : key.IsDenied ? "Denied" : "Allowed",
            ["AclGroup"] = NsgPath(key.Acl),
            ["AclRule"] = Rule(key.Rule),
            ["NsgList"] = NsgPath(key.Acl),
            ["NsgRule"] = Rule(key.Rule),
            ["NsgRuleType"] = RuleType(key.Rule),
            ["MacAddress"] = Dashes(key.Mac),
            ["TargetResourceId"] = Path(key.Target, isWithSubscription: !IsArticle),
            ["TargetResourceType"] = TargetType(key.Target),
            ["FlowLogResourceId"] = Path(key.FlowLog, isWithSubscription: !IsArticle),
            ["SrcSubscription"] = row.Source.Subscription,
            ["DestSubscription"] = row.Destination.Subscription,
            ["SrcRegion"] = row.Source.Region,
            ["DestRegion"] = row.Destination.Region,
            ["SrcNic"] = row.Source.Nic,
            ["DestNic"] = row.Destination.Nic,
            ["SrcVm"] = row.Source.Vm,
            ["DestVm"] = row.Destination.Vm,
            ["SrcSubnet"] = row.Source.Subnet,
            ["DestSubnet"] = row.Destination.Subnet,
            ["Country"] = key.FlowType == "ExternalPublic" ? key.Place : string.Empty,
            ["AzureRegion"] = key.FlowType == "AzurePublic" ? key.Place : string.Empty,
            ["SrcServiceTags"] = Tags(row.Source, row),
            ["DestServiceTags"] = Tags(row.Destination, row),
            ["AllowedInFlows"] = Flows(key, row, isInbound: true, isDenied: false),
            ["DeniedInFlows"] = Flows(key, row, isInbound: true, isDenied: true),
            ["AllowedOutFlows"] = Flows(key, row, isInbound: false, isDenied: false),
            ["DeniedOutFlows"] = Flows(key, row, isInbound: false, isDenied: true),
            ["PacketsDestToSrc"] = row.Counters.Sums?.PacketsReceived,
            ["PacketsSrcToDest"] = row.Counters.Sums?.PacketsSent,
            ["BytesDestToSrc"] = row.Counters.Sums?.BytesReceived,
            ["BytesSrcToDest"] = row.Counters.Sums?.BytesSent,
            ["CompletedFlows"] = row.Counters.Ended,
            ["SrcPublicIps"] = row.Source.IsListed ? row.List : string.Empty,
            ["DestPublicIps"] = row.Source.IsListed ? string.Empty : row.List,
            ["FlowEncryption"] = Encryption(key.Encryption),
            ["IsFlowCapturedAtUdrHop"] = false,
            ["Status"] = "Completed",
            ["RecordCount"] = row.Lines,
        };
    }

    private static long Flows(ReducedKey key, ReducedFlow row, bool isInbound, bool isDenied) =>
        key.IsInbound == isInbound && key.IsDenied == isDenied ? row.Counters.Started : 0;

    private static Guid? Id(string subscription) => subscription.Length > 0 ? Guid.Parse(subscription) : null;

    private static string Dashes(string mac) => string.Join('-', mac.Chunk(2).Select(static pair => new string(pair)));

    private static string RuleType(string rule) => rule.StartsWith("DefaultRule", StringComparison.OrdinalIgnoreCase) ? "Default" : "User Defined";

    private static string Tags(AnalyticsEnd end, ReducedFlow row) => end.Kind == AnalyticsEndKind.AzurePublic ? $"{string.Join(' ', row.Listed)}|{end.Owner}" : string.Empty;

    private static string Encryption(string code) => code switch
    {
        "X" => "Encrypted",
        "NX" => "Unencrypted",
        "NX_HW_NOT_SUPPORTED" => "Unsupported hardware",
        "NX_SW_NOT_READY" => "Software not ready",
        "NX_NOT_ACCEPTED" => "Drop due to no encryption",
        "NX_NOT_SUPPORTED" => "Discovery not supported",
        "NX_LOCAL_DST" => "Destination on same host",
        "NX_FALLBACK" => "Fall back to no encryption",
        _ => code,
    };

    private static string TargetType(string target) => ResourceId.Parse(target).Type.Split('/')[^1] switch
    {
        var type when ResourceId.Same(type, "subnets") => "Subnet",
        var type when ResourceId.Same(type, "networkInterfaces") => "NetworkInterface",
        _ => "VirtualNetwork",
    };

    private string FlowType(ReducedKey key) => IsArticle && key.FlowType == "UnknownPrivate" ? "Unknown Private" : key.FlowType;

    private string Rule(string rule) => IsArticle && rule.IndexOf('_', StringComparison.Ordinal) is > 0 and var prefix
        && rule[..prefix] is "DefaultRule" or "UserRule" or "PlatformRule" ? rule[(prefix + 1)..] : rule;

    /// <summary>subscription/group/name in the case the resource was made with; what is no id stays.</summary>
    private string NsgPath(string id) => id.StartsWith('/') ? Path(id, isWithSubscription: true) : id;

    private string Path(string text, bool isWithSubscription)
    {
        var id = ResourceId.Parse(world.State.Find(text)?.Text("id") ?? text);
        return string.Join('/', (isWithSubscription ? [id.Subscription!.ToLowerInvariant(), id.Group!] : (string[])[id.Group!]).Concat(id.Names));
    }

    private DateTime End(DateTime start) => start.AddMinutes(options.Interval);

    private DateTime Ingested(DateTime start) => End(start) + options.Lag;
}
