using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>Keeps everything a reader hands out, in plain values.</summary>
public sealed class CollectingSink : IFlowSink
{
    public List<Row> Rows { get; } = [];

    public List<FlowIssue> Issues { get; } = [];

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
    {
        Assert.False(tuples.IsEmpty, "Accept was called without tuples.");
        var context = ContextOf(group);
        foreach (ref readonly var tuple in tuples)
            Rows.Add(new Row(FieldsOf(tuple, group), context));
    }

    public void Report(FlowIssue issue) => Issues.Add(issue);

    private static RowContext ContextOf(FlowGroup group) => new()
    {
        EntryOffset = group.Entry.Offset,
        Kind = group.Entry.Kind,
        FormatVersion = group.Entry.FormatVersion,
        EntryTime = group.Entry.Time,
        EntryMac = group.Entry.MacAddress,
        Mac = group.MacAddress,
        Rule = group.Rule,
        RuleKind = group.RuleKind,
        AclId = group.AclId,
        Target = group.Entry.TargetResourceId,
        FlowLog = group.Entry.FlowLogResourceId,
    };

    private static TupleFields FieldsOf(in FlowTuple tuple, FlowGroup group)
    {
        var record = new FlowRecord(tuple, group);
        return new TupleFields
        {
            Milliseconds = tuple.UnixMilliseconds,
            SourceHigh = tuple.Source.High,
            SourceLow = tuple.Source.Low,
            DestinationHigh = tuple.Destination.High,
            DestinationLow = tuple.Destination.Low,
            SourcePort = record.SourcePort,
            DestinationPort = record.DestinationPort,
            Protocol = record.ProtocolCode,
            Encryption = record.EncryptionCode,
            Direction = tuple.Direction,
            Decision = tuple.Decision,
            State = tuple.State,
            PacketsSent = record.PacketsSent,
            BytesSent = record.BytesSent,
            PacketsReceived = record.PacketsReceived,
            BytesReceived = record.BytesReceived,
        };
    }
}

/// <summary>What one read of an input gave.</summary>
public sealed class ReadResult(List<Row> rows, List<FlowIssue> issues, FlowReadCounts counts)
{
    public List<Row> Rows { get; } = rows;

    public List<FlowIssue> Issues { get; } = issues;

    public FlowReadCounts Counts { get; } = counts;

    public IEnumerable<long> OffsetsOf(FlowIssueKind kind) => Issues.Where(i => i.Kind == kind).Select(i => i.Offset);

    public int CountOf(FlowIssueKind kind) => Issues.Count(i => i.Kind == kind);
}
