using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace NsgFlow.Unit.Parsing;

/// <summary>A tuple as the reference found it: <see cref="Row"/> is null when it is invalid.</summary>
public sealed record ReferenceEntryTuple(Row? Row, string Reason, int Start, int End, int EntryEnd);

/// <summary>
/// Slow, obviously right: the whole text in memory, System.Text.Json for the JSON, <see cref="string.Split(char[])"/> for the tuple.
/// For well-formed input only; what damaged input should give is said by the tests themselves.
/// </summary>
public sealed class ReferenceParser
{
    private static readonly Regex _canonicalTime = new(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript);
    private static readonly string[] _containers = ["records", "properties", "flowRecords", "flows", "flowGroups", "flowTuples"];

    private ReferenceParser()
    {
    }

    /// <summary>All tuples, valid or not, in the order they are written.</summary>
    public List<ReferenceEntryTuple> Tuples { get; } = [];

    /// <summary>Elements of <c>records</c>, and bare ones.</summary>
    public int Entries { get; private set; }

    /// <summary>True when the text has something in it about which the contract is silent (a number for a rule, say).</summary>
    public bool Unsure { get; private set; }

    public IEnumerable<Row> Rows => Tuples.Where(t => t.Row is not null).Select(t => t.Row!);

    public IEnumerable<int> InvalidOffsets => Tuples.Where(t => t.Row is null).Select(t => t.Start);

    /// <summary>Null when the text is not made of JSON objects.</summary>
    public static ReferenceParser? Parse(byte[] text)
    {
        var values = JsonNodeAt.ReadAll(text);
        if (values is null || values.Any(v => !v.IsObject))
            return null;
        var parser = new ReferenceParser();
        values.ForEach(parser.ReadElement);
        return parser;
    }

    public static (FlowRuleKind Kind, string? Name) SplitRule(string? rule)
    {
        if (rule is null)
            return (FlowRuleKind.Unprefixed, null);
        foreach (var (prefix, kind) in new[] { ("DefaultRule", FlowRuleKind.Default), ("UserRule", FlowRuleKind.User), ("PlatformRule", FlowRuleKind.Platform) })
        {
            if (rule.Equals(prefix, StringComparison.OrdinalIgnoreCase))
                return (kind, rule);
            if (rule.StartsWith(prefix + "_", StringComparison.OrdinalIgnoreCase))
                return (kind, rule.Substring(prefix.Length + 1));
        }

        return (rule.Equals("unspecified", StringComparison.OrdinalIgnoreCase) ? FlowRuleKind.Unspecified : FlowRuleKind.Unprefixed, rule);
    }

    public static string? NormalizeMac(string? mac)
    {
        var digits = mac?.Replace("-", string.Empty).Replace(":", string.Empty).Replace(".", string.Empty).ToUpperInvariant();
        return digits is { Length: 12 } && digits.All(c => c is (>= '0' and <= '9') or (>= 'A' and <= 'F')) ? digits : mac;
    }

    private void ReadElement(JsonNodeAt element)
    {
        CheckTypes(element);
        var nested = Arrays(element, "records").ToList();
        if (nested.Count == 0)
        {
            Entries++;
            ReadEntry(element);
            return;
        }

        Unsure |= element.Members.Any(m => m.Key is "properties" or "flowRecords") || nested.Count > 1;
        foreach (var item in nested.SelectMany(n => n.Items))
        {
            Unsure |= !item.IsObject;
            if (item.IsObject)
                ReadElement(item);
        }
    }

    private void ReadEntry(JsonNodeAt entry)
    {
        var properties = Objects(entry, "properties").ToList();
        var flowRecords = Objects(entry, "flowRecords").ToList();
        Unsure |= properties.Count + flowRecords.Count > 1;
        var vnet = flowRecords.Count > 0;
        var context = new RowContext
        {
            EntryOffset = entry.Start,
            Kind = vnet ? FlowLogKind.VirtualNetwork : FlowLogKind.Nsg,
            EntryTime = Time(String(entry, "time")),
            EntryMac = NormalizeMac(String(entry, "macAddress")),
            Target = vnet ? String(entry, "targetResourceID", "targetResourceId") : String(entry, "resourceId", "resourceid"),
            FlowLog = vnet ? String(entry, "flowLogResourceID", "flowLogResourceId") : null,
        };
        var first = Tuples.Count;
        if (vnet)
            flowRecords.ForEach(f => ReadFlowRecords(f, context, entry.End));
        else
            properties.ForEach(p => ReadProperties(p, context, entry.End));

        var version = vnet ? Version(entry, "flowLogVersion") : properties.Select(p => Version(p, "Version", "version")).LastOrDefault();
        version ??= vnet ? 4 : InferredVersion(first);
        if (entry.Members.Any(m => vnet ? m.Key is "Version" or "version" : m.Key == "flowLogVersion"))
            version = RowContext.AnyVersion; // The other format's version key: nobody says which counts.
        for (var i = first; i < Tuples.Count; i++)
        {
            if (Tuples[i].Row is { } row)
                Tuples[i] = Tuples[i] with { Row = row with { Context = row.Context with { FormatVersion = version.Value } } };
        }
    }

    private int InferredVersion(int first)
    {
        if (first == Tuples.Count || Tuples[first].Row is null)
            return RowContext.AnyVersion;
        return Tuples[first].Row!.Tuple.State == FlowState.None ? 1 : 2;
    }

    private void ReadProperties(JsonNodeAt properties, RowContext context, int entryEnd)
    {
        foreach (var rule in ItemObjects(properties, "flows"))
        {
            foreach (var group in ItemObjects(rule, "flows"))
                ReadTuples(group, WithRule(context, String(rule, "rule")) with { Mac = NormalizeMac(String(group, "mac")) ?? context.EntryMac }, entryEnd);
        }
    }

    private void ReadFlowRecords(JsonNodeAt flowRecords, RowContext context, int entryEnd)
    {
        foreach (var acl in ItemObjects(flowRecords, "flows"))
        {
            foreach (var group in ItemObjects(acl, "flowGroups"))
                ReadTuples(group, WithRule(context, String(group, "rule")) with { Mac = context.EntryMac, AclId = String(acl, "aclID", "aclId") }, entryEnd);
        }
    }

    private void ReadTuples(JsonNodeAt group, RowContext context, int entryEnd)
    {
        foreach (var item in Arrays(group, "flowTuples").SelectMany(a => a.Items))
        {
            Unsure |= !item.IsString;
            var fields = ReferenceTuple.Read(item.Text, context.Kind, out var reason);
            Tuples.Add(new ReferenceEntryTuple(fields is null ? null : new Row(fields.Value, context), reason, item.Start + 1, item.End, entryEnd));
        }
    }

    private RowContext WithRule(RowContext context, string? rule)
    {
        Unsure |= rule is not null && rule.EndsWith("Rule_", StringComparison.OrdinalIgnoreCase);
        (var kind, var name) = SplitRule(rule);
        return context with { Rule = name, RuleKind = kind };
    }

    private static DateTime? Time(string? text)
    {
        if (text is null)
            return null;
        const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        return _canonicalTime.IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) ? time : RowContext.AnyTime;
    }

    private static int? Version(JsonNodeAt node, params string[] names)
    {
        var value = node.Members.LastOrDefault(m => names.Contains(m.Key)).Value;
        if (value is null || value.IsNull)
            return null;
        return value.Text.Length is >= 1 and <= 4 && value.Text.All(c => c is >= '0' and <= '9')
            ? int.Parse(value.Text, CultureInfo.InvariantCulture)
            : RowContext.AnyVersion;
    }

    private static string? String(JsonNodeAt node, params string[] names)
    {
        var value = node.Members.LastOrDefault(m => names.Contains(m.Key)).Value;
        return value is { IsString: true } ? value.Text : null;
    }

    private static IEnumerable<JsonNodeAt> Members(JsonNodeAt node, string name) => node.Members.Where(m => m.Key == name).Select(m => m.Value);

    private static IEnumerable<JsonNodeAt> Arrays(JsonNodeAt node, string name) => Members(node, name).Where(m => m.IsArray);

    private static IEnumerable<JsonNodeAt> Objects(JsonNodeAt node, string name) => Members(node, name).Where(m => m.IsObject);

    private static IEnumerable<JsonNodeAt> ItemObjects(JsonNodeAt node, string name) => Arrays(node, name).SelectMany(a => a.Items).Where(i => i.IsObject);

    /// <summary>A known name with a value of an unexpected type, an item of an unexpected type, a Version in words: the contract is silent.</summary>
    private void CheckTypes(JsonNodeAt node)
    {
        foreach (var member in node.Members)
        {
            if (_containers.Contains(member.Key))
            {
                Unsure |= member.Key is "properties" or "flowRecords" ? !member.Value.IsObject : !member.Value.IsArray;
                Unsure |= member.Key != "flowTuples" && member.Value.Items.Any(i => !i.IsObject);
            }
            else if (member.Key is "Version" or "version" or "flowLogVersion")
            {
                Unsure |= member.Value.IsObject || member.Value.IsArray || (member.Value.IsString && Version(node, member.Key) == RowContext.AnyVersion);
            }
            else if (member.Key is "rule" or "mac" or "macAddress" or "aclID" or "time" or "resourceId" or "targetResourceID" or "flowLogResourceID")
            {
                Unsure |= !member.Value.IsString && !member.Value.IsNull;
            }

            Unsure |= member.Key == "portId";
            CheckTypes(member.Value);
        }

        node.Items.ForEach(CheckTypes);
    }
}
