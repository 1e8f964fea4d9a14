using System;
using System.Collections.Generic;
using System.Globalization;
using NsgFlow.Parsing;
using NsgFlow.Unit.Parsing;

namespace NsgFlow.Unit.Sessions;

/// <summary>Tuples written by hand and joined: what the joiner gives out, in its order.</summary>
internal sealed class Joined
{
    public const string Mac = "000D3AF87856";
    public static readonly DateTime Start = new(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<(FlowLogKind, string?, string?), FlowGroup> _groups = [];

    public Joined(TimeSpan? idle = null) => Joiner = new SessionJoiner(Sessions.Add, idle ?? SessionJoiner.DefaultIdleTimeout);

    public SessionJoiner Joiner { get; }

    public List<FlowSession> Sessions { get; } = [];

    /// <summary>A tuple so many seconds after the start; the flow is its source port; counters count up to the four, missing ones are not recorded.</summary>
    public Joined Add(
        double seconds,
        FlowState state,
        int flow = 1,
        long[]? counters = null,
        string? mac = Mac,
        string? target = Texts.NsgId,
        FlowLogKind kind = FlowLogKind.Nsg,
        FlowDirection direction = FlowDirection.Outbound,
        FlowDecision decision = FlowDecision.Allow)
    {
        if (!_groups.TryGetValue((kind, mac, target), out var group))
        {
            group = Group(kind, mac, target);
            _groups.Add((kind, mac, target), group);
        }

        Joiner.Add(Tuple(seconds, state, flow, counters, direction, decision), group);
        return this;
    }

    public List<FlowSession> End()
    {
        Joiner.Complete();
        return Sessions;
    }

    public static FlowGroup Group(FlowLogKind kind = FlowLogKind.Nsg, string? mac = Mac, string? target = Texts.NsgId, string rule = "web", DateTime? written = null) => new()
    {
        Entry = new FlowEntry { Kind = kind, FormatVersion = kind == FlowLogKind.Nsg ? 2 : 4, MacAddress = mac, TargetResourceId = target, Time = written },
        MacAddress = mac,
        Rule = rule,
        RuleKind = FlowRuleKind.User,
    };

    public static FlowTuple Tuple(
        double seconds,
        FlowState state,
        int flow = 1,
        long[]? counters = null,
        FlowDirection direction = FlowDirection.Outbound,
        FlowDecision decision = FlowDecision.Allow) => new()
        {
            UnixMilliseconds = UnixTime.FromDateTime(Start.AddSeconds(seconds)),
            Source = new FlowAddress(0x0A000004),
            Destination = new FlowAddress(0x0A010005),
            SourcePort = (ushort)flow,
            DestinationPort = 443,
            ProtocolCode = 6,
            State = state,
            Direction = direction,
            Decision = decision,
            PacketsSent = counters?[0] ?? FlowTuple.NotRecorded,
            BytesSent = counters?[1] ?? FlowTuple.NotRecorded,
            PacketsReceived = counters?[2] ?? FlowTuple.NotRecorded,
            BytesReceived = counters?[3] ?? FlowTuple.NotRecorded,
        };

    /// <summary>State, start and last in seconds, end likewise or -, number of tuples.</summary>
    public static string Line(FlowSession session) => FormattableString.Invariant(
        $"{session.State} {Seconds(session.StartTime)} {Seconds(session.LastSeen)} {(session.EndTime is { } end ? Seconds(end).ToString(null, CultureInfo.InvariantCulture) : "-")} {session.Observations}");

    public static List<FlowSession> All(IEnumerable<FlowRecord> records, TimeSpan? idle = null)
    {
        var joined = new Joined(idle);
        foreach (var record in records)
            joined.Joiner.Add(record);
        return joined.End();
    }

    public static List<FlowRecord> Read(params IEnumerable<byte[]> blobs)
    {
        var sink = new KeepingSink();
        foreach (var blob in blobs)
        {
            var reader = new FlowLogReader(sink);
            reader.Write(blob);
            reader.Complete();
        }

        return sink.Records;
    }

    private static double Seconds(DateTime time) => (time - Start).TotalSeconds;
}
