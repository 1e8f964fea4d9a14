using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public partial class FlowFilterTests
{
    private static readonly DateTime _hour = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void EverythingPasses()
    {
        Assert.True(FlowFilter.Everything.IsEverything);
        Assert.False(FlowFilter.Everything.HasTupleConditions);
        Assert.True(FlowFilter.Everything.Matches(default(FlowTuple)));
        Assert.True(FlowFilter.Everything.Matches(Groups.Nsg()));
        var empty = new FlowFilter { Address = null, Port = null, Start = null, Direction = [], State = [], MinBytes = null, Protocol = null };
        Assert.True(empty.IsEverything);
    }

    [Fact]
    public void TupleAndGroupConditionsAreTold()
    {
        Assert.True(new FlowFilter { Start = _hour }.HasTupleConditions);
        Assert.True(new FlowFilter { MinBytes = 0 }.HasTupleConditions);
        Assert.True(new FlowFilter { State = [FlowState.End] }.HasTupleConditions);
        var rule = new FlowFilter { Rule = RuleSet.Parse(["x"]) };
        Assert.False(rule.HasTupleConditions);
        Assert.True(rule.HasGroupConditions);
        Assert.False(rule.IsEverything);
        Assert.True(new FlowFilter { Scope = new FlowScope { Nsg = ["a"] } }.HasGroupConditions);
        Assert.Equal(5, new FlowFilter { MinBytes = 5 }.MinBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowFilter { MinBytes = -1 });
    }

    [Fact]
    public void TimeIsHalfOpen()
    {
        var filter = new FlowFilter { Start = _hour, End = _hour.AddHours(1) };
        bool At(DateTime time) => filter.Matches(new FlowTuple { UnixMilliseconds = Milliseconds(time) });
        Assert.False(At(_hour.AddMilliseconds(-1)));
        Assert.True(At(_hour));
        Assert.True(At(_hour.AddHours(1).AddMilliseconds(-1)));
        Assert.False(At(_hour.AddHours(1)));
        Assert.False(new FlowFilter { Start = _hour, End = _hour }.Matches(new FlowTuple { UnixMilliseconds = Milliseconds(_hour) }));
        Assert.False(new FlowFilter { Start = _hour, End = _hour.AddDays(-1) }.Matches(new FlowTuple { UnixMilliseconds = Milliseconds(_hour) }));

        // A limit inside a millisecond: the tuple of that millisecond lies before it.
        var within = new FlowFilter { Start = _hour.AddTicks(1) };
        Assert.False(within.Matches(new FlowTuple { UnixMilliseconds = Milliseconds(_hour) }));
        Assert.True(within.Matches(new FlowTuple { UnixMilliseconds = Milliseconds(_hour) + 1 }));
        Assert.True(new FlowFilter { End = _hour.AddTicks(1) }.Matches(new FlowTuple { UnixMilliseconds = Milliseconds(_hour) }));
    }

    [Fact]
    public void KindsOfTimeAreConverted()
    {
        var local = DateTime.SpecifyKind(_hour, DateTimeKind.Local);
        Assert.Equal(local.ToUniversalTime(), new FlowFilter { Start = local }.Start);
        Assert.Equal(_hour, new FlowFilter { End = DateTime.SpecifyKind(_hour, DateTimeKind.Unspecified) }.End);
        Assert.Equal(DateTimeKind.Utc, new FlowFilter { End = DateTime.SpecifyKind(_hour, DateTimeKind.Unspecified) }.End!.Value.Kind);
    }

    [Theory]
    [InlineData(-1, -1, 0, false)]
    [InlineData(0, 0, 0, true)]
    [InlineData(-1, 5, 5, true)]
    [InlineData(5, -1, 5, true)]
    [InlineData(4, 5, 10, false)]
    [InlineData(5, 5, 10, true)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue, true)]
    public void BytesCountBothWays(long sent, long received, long least, bool expected) =>
        Assert.Equal(expected, new FlowFilter { MinBytes = least }.Matches(new FlowTuple { BytesSent = sent, BytesReceived = received }));

    [Fact]
    public void AgreesWithPlainPredicate()
    {
        var random = new Random(23);
        var tuples = Enumerable.Range(0, 400).Select(_ => RandomTuple(random)).ToArray();
        var passed = 0;
        for (var round = 0; round < 1500; round++)
        {
            var (filter, oracle) = RandomFilter(random);
            foreach (ref readonly var tuple in tuples.AsSpan())
            {
                var expected = oracle(tuple);
                passed += expected ? 1 : 0;
                Assert.Equal(expected, filter.Matches(in tuple));
            }
        }

        // The comparison says something only when both answers are frequent.
        Assert.InRange(passed, 50_000, 550_000);
    }

    [Fact]
    public void GroupConditionsAreJoined()
    {
        var filter = new FlowFilter
        {
            MacAddress = MacSet.Parse(["00:0d:3a:f8:80:1a"]),
            Rule = RuleSet.Parse(["Deny*"]),
            ExcludeRule = RuleSet.Parse(["DenyAllOut*"]),
            Scope = new FlowScope { Nsg = ["aks-*"] },
        };
        Assert.True(filter.Matches(Groups.Nsg()));
        Assert.False(filter.Matches(Groups.Nsg(mac: "000D3AF8801B")));
        Assert.False(filter.Matches(Groups.Nsg(mac: null)));
        Assert.False(filter.Matches(Groups.Nsg(rule: "AllowAll")));
        Assert.False(filter.Matches(Groups.Nsg(rule: "DenyAllOutBound")));
        Assert.False(filter.Matches(Groups.Nsg(target: Groups.Subscription + "/resourceGroups/a/providers/Microsoft.Network/networkSecurityGroups/other")));
        Assert.True(new FlowFilter { ExcludeRule = RuleSet.Parse(["*"]) }.Matches(Groups.Nsg(rule: null, kind: FlowRuleKind.Unprefixed)));
    }

    [Fact]
    public void QueryCarriesWhatNamesTell()
    {
        var filter = new FlowFilter { Start = _hour, End = _hour.AddHours(1), MacAddress = MacSet.Parse(["00-0d-3a-f8-80-1a"]), Scope = new FlowScope { Nsg = ["a"] } };
        var query = filter.ToBlobQuery();
        Assert.Equal(_hour, query.Start);
        Assert.Equal(_hour.AddHours(1), query.End);
        Assert.Equal(["000D3AF8801A"], query.MacAddresses);
        Assert.Same(filter.Scope, query.Scope);
    }

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();

    private static FlowTuple RandomTuple(Random random) => new()
    {
        UnixMilliseconds = Milliseconds(_hour) + random.Next(-3, 4),
        Source = RandomAddress(random),
        Destination = RandomAddress(random),
        SourcePort = (ushort)random.Next(1, 6),
        DestinationPort = (ushort)random.Next(1, 6),
        ProtocolCode = (ushort)(random.Next(3) switch { 0 => 6, 1 => 17, _ => 300 }),
        EncryptionCode = (ushort)random.Next(0, 9),
        Direction = (FlowDirection)random.Next(2),
        Decision = (FlowDecision)random.Next(2),
        State = (FlowState)random.Next(5),
        BytesSent = random.Next(-1, 3),
        BytesReceived = random.Next(-1, 3),
    };

    private static FlowAddress RandomAddress(Random random) =>
        random.Next(4) > 0 ? new FlowAddress(0x0A000000u + (uint)random.Next(8)) : new FlowAddress(0x20010DB800000000, (ulong)random.Next(8));

    private static (FlowFilter Filter, Func<FlowTuple, bool> Oracle) RandomFilter(Random random)
    {
        T? Sometimes<T>(Func<T> make)
            where T : class => random.Next(6) == 0 ? make() : null;

        List<T> Some<T>(params T[] all) => random.Next(4) == 0 ? [.. all.Where(_ => random.Next(3) > 0)] : [];
        HashSet<string> Addresses() => [.. Enumerable.Range(0, 8).Where(_ => random.Next(2) == 0).SelectMany(i => new[] { "10.0.0." + i, "2001:db8::" + (i == 0 ? "" : i) })];
        HashSet<int> Ports() => [.. Enumerable.Range(1, 5).Where(_ => random.Next(3) > 0)];
        AddressSet? Set(HashSet<string>? texts) => texts is null ? null : AddressSet.Parse(texts);
        PortSet? PortsOf(HashSet<int>? ports) => ports is null ? null : PortSet.Of(ports.Select(port => new PortRange((ushort)port, (ushort)port)));

        var (address, source, destination, noAddress) = (Sometimes(Addresses), Sometimes(Addresses), Sometimes(Addresses), Sometimes(Addresses));
        var (port, sourcePort, destinationPort, noPort) = (Sometimes(Ports), Sometimes(Ports), Sometimes(Ports), Sometimes(Ports));
        var directions = Some(FlowDirection.Inbound, FlowDirection.Outbound);
        var decisions = Some(FlowDecision.Allow, FlowDecision.Deny);
        var states = Some(FlowState.Begin, FlowState.Continue, FlowState.End, FlowState.Deny);
        DateTime? start = random.Next(4) == 0 ? _hour.AddMilliseconds(random.Next(-3, 4)) : null;
        DateTime? end = random.Next(4) == 0 ? _hour.AddMilliseconds(random.Next(-3, 4)) : null;
        long? bytes = random.Next(5) == 0 ? random.Next(4) : null;
        var isTcpOnly = random.Next(6) == 0;
        var isNxOnly = random.Next(6) == 0;
        var filter = new FlowFilter
        {
            Start = start,
            End = end,
            Address = Set(address),
            SourceAddress = Set(source),
            DestinationAddress = Set(destination),
            ExcludeAddress = Set(noAddress),
            Port = PortsOf(port),
            SourcePort = PortsOf(sourcePort),
            DestinationPort = PortsOf(destinationPort),
            ExcludePort = PortsOf(noPort),
            Direction = directions,
            Decision = decisions,
            State = states,
            MinBytes = bytes,
            Protocol = isTcpOnly ? ProtocolSet.Parse(["tcp"]) : null,
            Encryption = isNxOnly ? EncryptionSet.Parse(["NX_ALL"]) : null,
        };
        return (filter, tuple =>
        {
            var (from, to) = (tuple.Source.ToString(), tuple.Destination.ToString());
            var (a, b) = (tuple.SourcePort, tuple.DestinationPort);
            return (start is null || tuple.Time >= start) && (end is null || tuple.Time < end)
                && (address is null || address.Contains(from) || address.Contains(to))
                && (source is null || source.Contains(from)) && (destination is null || destination.Contains(to))
                && (noAddress is null || (!noAddress.Contains(from) && !noAddress.Contains(to)))
                && (port is null || port.Contains(a) || port.Contains(b)) && (sourcePort is null || sourcePort.Contains(a))
                && (destinationPort is null || destinationPort.Contains(b)) && (noPort is null || (!noPort.Contains(a) && !noPort.Contains(b)))
                && (directions.Count == 0 || directions.Contains(tuple.Direction)) && (decisions.Count == 0 || decisions.Contains(tuple.Decision))
                && (states.Count == 0 || states.Contains(tuple.State))
                && (bytes is null || ((tuple.BytesSent >= 0 || tuple.BytesReceived >= 0) && Math.Max(0, tuple.BytesSent) + Math.Max(0, tuple.BytesReceived) >= bytes))
                && (!isTcpOnly || tuple.ProtocolCode == 6) && (!isNxOnly || tuple.EncryptionCode >= 2);
        });
    }
}
