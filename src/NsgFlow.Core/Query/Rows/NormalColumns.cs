using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>
/// What the rows of both tables come to: the columns on which everything else is built. Those of <see cref="Row"/> hang on the row as it is stored, those of
/// <see cref="Flow"/> on the flow of one address, when rows of many public addresses are taken apart.
/// </summary>
internal static class NormalColumns
{
    private const string Inbound = "FlowDirection startswith \"I\"";

    /// <summary>Words of the tables for a direction.</summary>
    public static IReadOnlyList<string> Words(FlowDirection direction) => direction == FlowDirection.Inbound ? ["I", "Inbound"] : ["O", "Outbound"];

    /// <summary>Words of the tables for a decision.</summary>
    public static IReadOnlyList<string> Words(FlowDecision decision) => decision == FlowDecision.Allow ? ["A", "Allow", "Allowed"] : ["D", "Deny", "Denied"];

    /// <summary>Words of the tables for a flow type.</summary>
    public static IReadOnlyList<string> Words(FlowType type) => type == FlowType.UnknownPrivate ? ["UnknownPrivate", "Unknown Private"] : [type.ToString()];

    /// <summary>Words of the tables for a state of encryption: the article's, the logs' and ours.</summary>
    public static IReadOnlyList<string> Words(FlowEncryption encryption) => encryption switch
    {
        FlowEncryption.Encrypted => ["Encrypted", "X"],
        FlowEncryption.NotEncrypted => ["Unencrypted", "NX", "NotEncrypted"],
        FlowEncryption.HardwareNotSupported => ["Unsupported hardware", "NX_HW_NOT_SUPPORTED", "HardwareNotSupported"],
        FlowEncryption.SoftwareNotReady => ["Software not ready", "NX_SW_NOT_READY", "SoftwareNotReady"],
        FlowEncryption.NotAccepted => ["Drop due to no encryption", "NX_NOT_ACCEPTED", "NotAccepted"],
        FlowEncryption.NotSupported => ["Discovery not supported", "NX_NOT_SUPPORTED", "NotSupported"],
        FlowEncryption.LocalDestination => ["Destination on same host", "NX_LOCAL_DST", "LocalDestination"],
        FlowEncryption.Fallback => ["Fall back to no encryption", "NX_FALLBACK", "Fallback"],
        _ => throw new ArgumentOutOfRangeException(nameof(encryption)),
    };

    /// <summary>States of encryption that the tables have words for.</summary>
    public static IReadOnlyList<FlowEncryption> Encryptions { get; } =
        [.. Enumerable.Range((int)FlowEncryption.Encrypted, (int)FlowEncryption.Fallback).Select(static code => (FlowEncryption)code)];

    /// <summary>Flow types that have words of their own.</summary>
    public static IReadOnlyList<FlowType> FlowTypes { get; } =
        [.. Enumerable.Range((int)FlowType.IntraVNet, (int)FlowType.UnknownPrivate).Select(static type => (FlowType)type)];

    /// <summary>Made of a stored row.</summary>
    public static IReadOnlyList<KqlColumn> Row { get; } =
    [
        new("Direction", Choice("FlowDirection", [FlowDirection.Inbound, FlowDirection.Outbound], Words, "\"\"")),
        new("Decision", Choice("FlowStatus", [FlowDecision.Allow, FlowDecision.Deny], Words, "\"\"")),
        new("Protocol", "case(" + string.Concat(ProtocolWords.Numbers.Select(static number =>
            $"L4Protocol in~ {KqlText.List(ProtocolWords.Of(number))}, {KqlText.Of(number)}, ")) + "tolong(L4Protocol))"),
        new("FlowType", Choice("FlowTypeText", FlowTypes, Words, KqlText.Of(nameof(NsgFlow.FlowType.Unknown)))),
        new("Encryption", Choice("FlowEncryption", Encryptions, Words, $"iff(isempty(FlowEncryption), \"\", {KqlText.Of(nameof(FlowEncryption.Other))})")),
        new("RuleKind", "case(isempty(RuleText), \"\", RuleText =~ \"unspecified\", \"Unspecified\", "
            + $"{Prefixed("PlatformRule")}, \"Platform\", {Prefixed("DefaultRule")} or RuleType startswith \"Default\", \"Default\", "
            + $"{Prefixed("UserRule")} or RuleType startswith \"User\", \"User\", \"Unprefixed\")"),
        new("Rule", $"replace_regex(RuleText, {KqlText.Of("(?i)^(?:DefaultRule|UserRule|PlatformRule)_(.)")}, {KqlText.Of(@"\1")})"),
        new("MacAddress", $"toupper(replace_regex(MacText, {KqlText.Of("[^0-9A-Fa-f]")}, \"\"))"),
        new("Nsg", $"extract({KqlText.Of("^[^/]+/[^/]+/([^/ ,;]+)")}, 1, NsgPath)"),
        new("SourceSubnet", Last("SrcSubnet")),
        new("DestinationSubnet", Last("DestSubnet")),
        new("SourceVirtualNetwork", LastButOne("SrcSubnet")),
        new("DestinationVirtualNetwork", LastButOne("DestSubnet")),
        new("SourceNetworkInterface", Last("SrcNic")),
        new("DestinationNetworkInterface", Last("DestNic")),
        new("SourceVm", Last("SrcVm")),
        new("DestinationVm", Last("DestVm")),

        // The logged end: where what comes in goes to, where what goes out comes from.
        new("LoggedAddress", Logged("SrcIp", "DestIp")),
        new("LoggedSubscription", Logged("SourceSubscription", "DestinationSubscription")),
        new("LoggedSubnet", Logged("SrcSubnet", "DestSubnet")),
        new("LoggedNic", Logged("SrcNic", "DestNic")),
        new("VirtualNetwork", LastButOne("LoggedSubnet")),
        new("Subnet", Last("LoggedSubnet")),
        new("NetworkInterface", Last("LoggedNic")),
        new("Location", Logged("SourceLocation", "DestinationLocation")),
        new("SubscriptionId", $"iff(isnotempty(Target), extract({KqlText.Of("^([^/]+)/")}, 1, Target), LoggedSubscription)"),
        new("ResourceGroup", $"iff(isnotempty(Target), extract({KqlText.Of("^[^/]+/([^/]+)/")}, 1, Target), extract({KqlText.Of("([^/]+)/[^/]+/[^/]+$")}, 1, LoggedSubnet))"),

        // ARM ids of what a flow is of.
        new("NsgId", Id("NsgPath", "networkSecurityGroups")),
        new("TargetId", "case("
            + $"TargetType contains \"subnet\", {SubnetId("Target")}, TargetType contains \"interface\", {Id("Target", "networkInterfaces")}, "
            + $"TargetType contains \"security\", {Id("Target", "networkSecurityGroups")}, {Id("Target", "virtualNetworks")})"),
        new("FlowLogId", $"replace_regex(FlowLogPath, {KqlText.Of("^([^/]+)/([^/]+)/([^/]+)/([^/]+)$")}, "
            + $"{KqlText.Of(@"/subscriptions/\1/resourceGroups/\2/providers/Microsoft.Network/networkWatchers/\3/flowLogs/\4")})"),
        new("LoggedSubnetPath", "strcat(LoggedSubscription, \"/\", LoggedSubnet)"),
        new("LoggedSubnetId", SubnetId("LoggedSubnetPath")),
        new("LoggedNicPath", "strcat(LoggedSubscription, \"/\", LoggedNic)"),
        new("LoggedNicId", Id("LoggedNicPath", "networkInterfaces")),
    ];

    /// <summary>Made of a row of one address at each end: of <c>Side</c>, <c>HasCounters</c> and <c>Entry</c> (see <see cref="NormalRows"/>).</summary>
    public static IReadOnlyList<KqlColumn> Flow { get; } =
    [
        // address|started|ended|packets sent|received|bytes sent|received. Where entries have no counters, the row's go with the first: sums hold.
        new("EntryFields", "split(replace_string(Entry, \"*\", \"\"), \"|\")"),
        new("SourceAddress", "iff(Side == \"Source\", tostring(EntryFields[0]), SrcIp)"),
        new("DestinationAddress", "iff(Side == \"Destination\", tostring(EntryFields[0]), DestIp)"),
        new("Flows", Counter("RowFlows", 1)),
        new("Denied", "iff(HasCounters, iff(RowDenied > 0, tolong(EntryFields[1]), 0), iff(Entry startswith \"*\", RowDenied, long(null)))"),
        new("CompletedFlows", Counter("RowCompleted", 2)),
        new("PacketsSent", Counter("RowPacketsSent", 3)),
        new("PacketsReceived", Counter("RowPacketsReceived", 4)),
        new("BytesSent", Counter("RowBytesSent", 5)),
        new("BytesReceived", Counter("RowBytesReceived", 6)),
    ];

    private static string Choice<T>(string column, IReadOnlyList<T> values, Func<T, IReadOnlyList<string>> words, string otherwise)
        where T : struct =>
        "case(" + string.Concat(values.Select(value => $"{column} in~ {KqlText.List(words(value))}, {KqlText.Of(value.ToString()!)}, ")) + otherwise + ")";

    private static string Prefixed(string prefix) => $"RuleText matches regex {KqlText.Of("(?i)^" + prefix + "(?:_|$)")}";

    private static string Logged(string source, string destination) => $"iff({Inbound}, {destination}, {source})";

    private static string Last(string path) => $"extract({KqlText.Of("([^/]+)$")}, 1, {path})";

    private static string LastButOne(string path) => $"extract({KqlText.Of("([^/]+)/[^/]+$")}, 1, {path})";

    /// <summary>The ARM id of <c>subscription/group/name</c>; other texts stay, and are no id.</summary>
    private static string Id(string path, string type) =>
        $"replace_regex({path}, {KqlText.Of("^([^/]+)/([^/]+)/([^/]+)$")}, {KqlText.Of(@"/subscriptions/\1/resourceGroups/\2/providers/Microsoft.Network/" + type + @"/\3")})";

    private static string SubnetId(string path) =>
        $"replace_regex({path}, {KqlText.Of("^([^/]+)/([^/]+)/([^/]+)/([^/]+)$")}, "
        + $"{KqlText.Of(@"/subscriptions/\1/resourceGroups/\2/providers/Microsoft.Network/virtualNetworks/\3/subnets/\4")})";

    private static string Counter(string row, int field) =>
        $"case(HasCounters, tolong(EntryFields[{field}]), Entry startswith \"*\", {row}, long(null))";
}
