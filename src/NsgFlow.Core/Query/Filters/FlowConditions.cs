using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>What a question asks for, as conditions for <c>where</c>: each is one, and all must hold.</summary>
internal static class FlowConditions
{
    /// <summary>Rows come into a workspace up to hours after their flows; this is as long as one waits for them.</summary>
    private static readonly TimeSpan _longestLag = TimeSpan.FromDays(1);

    /// <summary>When a row came: the service has its data sorted by that, and reads nothing else.</summary>
    public static List<string> OfArrival(AnalyticsQuestion question)
    {
        var conditions = new List<string>();
        if (question.Start is { } start)
            conditions.Add($"{FlowTables.TimeGenerated} >= {KqlText.Of(start)}");
        if (question.End is { } end)
            conditions.Add($"{FlowTables.TimeGenerated} < {KqlText.Of(end > DateTime.MaxValue - _longestLag ? DateTime.MaxValue : end + _longestLag)}");
        return conditions;
    }

    /// <summary>The time of a row's flows: that of the first one.</summary>
    public static List<string> OfTime(AnalyticsQuestion question, string firstSeen)
    {
        var conditions = OfArrival(question);
        if (question.Start is { } start)
            conditions.Add($"{firstSeen} >= {KqlText.Of(start)}");
        if (question.End is { } end)
            conditions.Add($"{firstSeen} < {KqlText.Of(end)}");
        return conditions;
    }

    /// <summary>What hangs on a row as it is stored. What compares addresses lets rows of many addresses pass: <see cref="OfFlow"/> asks again.</summary>
    public static List<string> OfRow(AnalyticsQuestion question, KqlScript script)
    {
        var filter = question.Filter;
        var conditions = new List<string>();
        if (FlowTypes(question.FlowTypes) is { } types)
            conditions.Add(types);
        if (question.IsMalicious)
            conditions.Add($"FlowTypeText =~ {KqlText.Of(nameof(FlowType.MaliciousFlow))}");
        if (filter.Decision.Count > 0)
            conditions.Add($"FlowStatus in~ {KqlText.List(filter.Decision.SelectMany(NormalColumns.Words))}");
        if (filter.Direction.Count > 0)
            conditions.Add($"FlowDirection in~ {KqlText.List(filter.Direction.SelectMany(NormalColumns.Words))}");
        if (filter.Protocol is { } protocol)
            conditions.Add(Protocol(protocol));
        foreach (var ports in new[] { filter.DestinationPort, filter.Port }.OfType<PortSet>())
            conditions.Add(Ports(ports));
        if (filter.ExcludePort is { } excludedPorts)
            conditions.Add($"not(coalesce({Ports(excludedPorts)}, false))");
        if (filter.Encryption is { } encryption)
            conditions.Add(Encryption(encryption));
        if (filter.MacAddress is { } macs)
            conditions.Add($"MacAddress in ({script.Let("macs", KqlText.Dynamic(macs.Values))})");
        if (filter.Rule is { } rule)
            conditions.Add(RuleConditions.Of(rule));
        if (filter.ExcludeRule is { } excludedRule)
            conditions.Add($"not({RuleConditions.Of(excludedRule)})");
        conditions.AddRange(ScopeConditions.Of(filter.Scope, script));
        if (filter.SourceAddress is { } source)
            conditions.Add(AddressConditions.OfRow(source, "SrcIp", "SrcPublicIps", script));
        if (filter.DestinationAddress is { } destination)
            conditions.Add(AddressConditions.OfRow(destination, "DestIp", "DestPublicIps", script));
        if (filter.Address is { } either)
            conditions.Add($"{AddressConditions.OfRow(either, "SrcIp", "SrcPublicIps", script)} or {AddressConditions.OfRow(either, "DestIp", "DestPublicIps", script)}");
        if (filter.ExcludeAddress is { } excluded)
            conditions.Add($"not({AddressConditions.Of(excluded, "SrcIp", script)} or {AddressConditions.Of(excluded, "DestIp", script)})");
        return conditions;
    }

    /// <summary>What hangs on a flow of two addresses.</summary>
    public static List<string> OfFlow(AnalyticsQuestion question, KqlScript script)
    {
        var filter = question.Filter;
        var conditions = new List<string>();
        if (filter.SourceAddress is { } source)
            conditions.Add(AddressConditions.Of(source, "SourceAddress", script));
        if (filter.DestinationAddress is { } destination)
            conditions.Add(AddressConditions.Of(destination, "DestinationAddress", script));
        if (filter.Address is { } either)
            conditions.Add($"{AddressConditions.Of(either, "SourceAddress", script)} or {AddressConditions.Of(either, "DestinationAddress", script)}");
        if (filter.ExcludeAddress is { } excluded)
            conditions.Add($"not({AddressConditions.Of(excluded, "SourceAddress", script)} or {AddressConditions.Of(excluded, "DestinationAddress", script)})");
        if (filter.MinBytes is { } bytes)
        {
            conditions.Add("isnotnull(BytesSent) or isnotnull(BytesReceived)");
            conditions.Add($"coalesce(BytesSent, 0) + coalesce(BytesReceived, 0) >= {KqlText.Of(bytes)}");
        }

        return conditions;
    }

    private static string? FlowTypes(IReadOnlyList<FlowType> wanted)
    {
        if (wanted.Count == 0)
            return null;
        if (!wanted.Contains(FlowType.Unknown))
            return $"FlowTypeText in~ {KqlText.List(wanted.SelectMany(NormalColumns.Words))}";

        // Whatever has no word of its own is unknown.
        var others = NormalColumns.FlowTypes.Except(wanted).SelectMany(NormalColumns.Words).ToList();
        return others.Count == 0 ? null : $"FlowTypeText !in~ {KqlText.List(others)}";
    }

    private static string Protocol(ProtocolSet set)
    {
        var numbers = set.Protocols.Where(static protocol => protocol != FlowProtocol.Other).Select(static protocol => (int)protocol).ToList();
        var told = $"L4Protocol in~ {KqlText.List(numbers.SelectMany(ProtocolWords.Of))}";
        if (!set.Protocols.Contains(FlowProtocol.Other))
            return told;
        return numbers.Count == 0 ? "isnull(Protocol)" : told + " or isnull(Protocol)";
    }

    private static string Ports(PortSet set)
    {
        var single = set.Ranges.Where(static range => range.First == range.Last).Select(static range => (long)range.First).ToList();
        var conditions = new List<string>();
        if (single.Count > 0)
            conditions.Add($"DestinationPort in {KqlText.List(single)}");
        conditions.AddRange(set.Ranges.Where(static range => range.First != range.Last)
            .Select(static range => $"DestinationPort between ({KqlText.Of(range.First)} .. {KqlText.Of(range.Last)})"));
        return Kql.Any(conditions);
    }

    private static string Encryption(EncryptionSet set)
    {
        var words = NormalColumns.Encryptions.Where(one => set.Contains((ushort)one)).SelectMany(NormalColumns.Words).Concat(set.NewCodes).ToList();
        var conditions = new List<string>();
        if (words.Count > 0)
            conditions.Add($"FlowEncryption in~ {KqlText.List(words)}");
        if (set.HasAllNx)
            conditions.Add("FlowEncryption startswith \"NX\"");
        if (set.Contains((ushort)FlowEncryption.Other))
            conditions.Add($"Encryption == {KqlText.Of(nameof(FlowEncryption.Other))}");
        return conditions.Count == 0 ? "false" : string.Join(" or ", conditions);
    }
}
