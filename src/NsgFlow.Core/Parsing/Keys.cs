using System;

namespace NsgFlow.Parsing;

/// <summary>The keys of a flow log's JSON that mean something here.</summary>
internal enum Key : byte
{
    Other,
    Records,
    Time,
    Category,
    MacAddress,
    ResourceId,
    TargetResourceId,
    FlowLogResourceId,
    Properties,
    FlowRecords,
    Version,
    Flows,
    FlowGroups,
    FlowTuples,
    Rule,
    AclId,
    Mac,
    PortId,
    PortName,

    /// <summary>A key of an entry that is not read but shows that an entry stands here.</summary>
    EntryOther,
}

/// <summary>Tells keys by their text.</summary>
internal static class Keys
{
    public static Key Find(ReadOnlySpan<byte> text) => text.Length switch
    {
        3 when text.SequenceEqual("mac"u8) => Key.Mac,
        4 when text.SequenceEqual("time"u8) => Key.Time,
        4 when text.SequenceEqual("rule"u8) => Key.Rule,
        5 when text.SequenceEqual("flows"u8) => Key.Flows,
        5 when text.SequenceEqual("aclID"u8) || text.SequenceEqual("aclId"u8) => Key.AclId,
        6 when text.SequenceEqual("portId"u8) => Key.PortId,
        7 when text.SequenceEqual("records"u8) => Key.Records,
        7 when text.SequenceEqual("Version"u8) || text.SequenceEqual("version"u8) => Key.Version,
        8 when text.SequenceEqual("category"u8) => Key.Category,
        8 when text.SequenceEqual("portName"u8) => Key.PortName,
        8 when text.SequenceEqual("systemId"u8) => Key.EntryOther,
        10 when text.SequenceEqual("flowTuples"u8) => Key.FlowTuples,
        10 when text.SequenceEqual("flowGroups"u8) => Key.FlowGroups,
        10 when text.SequenceEqual("properties"u8) => Key.Properties,
        10 when text.SequenceEqual("macAddress"u8) => Key.MacAddress,
        10 when text.SequenceEqual("resourceId"u8) || text.SequenceEqual("resourceid"u8) => Key.ResourceId,
        11 when text.SequenceEqual("flowRecords"u8) => Key.FlowRecords,
        11 when text.SequenceEqual("flowLogGUID"u8) => Key.EntryOther,
        13 when text.SequenceEqual("operationName"u8) => Key.EntryOther,
        14 when text.SequenceEqual("flowLogVersion"u8) => Key.Version,
        16 when text.SequenceEqual("targetResourceID"u8) || text.SequenceEqual("targetResourceId"u8) => Key.TargetResourceId,
        17 when text.SequenceEqual("flowLogResourceID"u8) || text.SequenceEqual("flowLogResourceId"u8) => Key.FlowLogResourceId,
        _ => Key.Other,
    };

    /// <summary>Whether an object that begins with this key is an entry, whatever surrounds it: no object inside an entry has these.</summary>
    public static bool BeginsEntry(Key key) => key is Key.Records or Key.Time or Key.Category or Key.MacAddress or Key.ResourceId or Key.TargetResourceId
        or Key.FlowLogResourceId or Key.Properties or Key.FlowRecords or Key.EntryOther;
}
