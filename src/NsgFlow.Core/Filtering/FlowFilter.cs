using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using NsgFlow.Blobs;

namespace NsgFlow.Filtering;

/// <summary>
/// Which tuples are wanted. Evaluated on the raw tuple, before any object exists; what hangs on the group (scope, rule, MAC) is
/// evaluated once per group. Different conditions AND, values of one condition OR; null or an empty list is no condition.
/// </summary>
public sealed class FlowFilter
{
    // What the properties come to, brought into the cheapest form when they are set: Matches runs a million times a second.
    private readonly Conditions _set;
    private readonly DateTime? _start;
    private readonly DateTime? _end;
    private readonly long _startMilliseconds;
    private readonly ulong _spanMilliseconds = ulong.MaxValue;
    private readonly uint _words = uint.MaxValue;
    private readonly long _minBytes;
    private readonly AddressSet? _address;
    private readonly AddressSet? _sourceAddress;
    private readonly AddressSet? _destinationAddress;
    private readonly AddressSet? _excludeAddress;
    private readonly PortSet? _port;
    private readonly PortSet? _sourcePort;
    private readonly PortSet? _destinationPort;
    private readonly PortSet? _excludePort;
    private readonly ProtocolSet? _protocol;
    private readonly EncryptionSet? _encryption;
    private readonly IReadOnlyList<FlowDirection> _direction = [];
    private readonly IReadOnlyList<FlowDecision> _decision = [];
    private readonly IReadOnlyList<FlowState> _state = [];

    [Flags]
    private enum Conditions
    {
        None = 0,
        Time = 1,
        Words = 2,
        Protocol = 4,
        Encryption = 8,
        MinBytes = 16,
        Ports = 32,
        Addresses = 64,
    }

    /// <summary>Lets everything pass.</summary>
    public static FlowFilter Everything { get; } = new();

    /// <summary>From when, UTC, inclusive; compared with the tuple's own time. Local kind is converted, unspecified kind is UTC.</summary>
    public DateTime? Start
    {
        get => _start;
        init
        {
            _start = value is { } time ? FlowTime.ToUtc(time) : null;
            (_startMilliseconds, _spanMilliseconds) = Limits(_start, _end);
            _set |= When(value is not null, Conditions.Time);
        }
    }

    /// <summary>Until when, UTC, exclusive. Local kind is converted, unspecified kind is UTC.</summary>
    public DateTime? End
    {
        get => _end;
        init
        {
            _end = value is { } time ? FlowTime.ToUtc(time) : null;
            (_startMilliseconds, _spanMilliseconds) = Limits(_start, _end);
            _set |= When(value is not null, Conditions.Time);
        }
    }

    /// <summary>Addresses of which one is at either end.</summary>
    public AddressSet? Address { get => _address; init { _address = value; _set |= When(value is not null, Conditions.Addresses); } }

    /// <summary>Addresses of which one is the source.</summary>
    public AddressSet? SourceAddress { get => _sourceAddress; init { _sourceAddress = value; _set |= When(value is not null, Conditions.Addresses); } }

    /// <summary>Addresses of which one is the destination.</summary>
    public AddressSet? DestinationAddress { get => _destinationAddress; init { _destinationAddress = value; _set |= When(value is not null, Conditions.Addresses); } }

    /// <summary>Addresses of which none is at either end.</summary>
    public AddressSet? ExcludeAddress { get => _excludeAddress; init { _excludeAddress = value; _set |= When(value is not null, Conditions.Addresses); } }

    /// <summary>Ports of which one is at either end.</summary>
    public PortSet? Port { get => _port; init { _port = value; _set |= When(value is not null, Conditions.Ports); } }

    /// <summary>Ports of which one is the source's.</summary>
    public PortSet? SourcePort { get => _sourcePort; init { _sourcePort = value; _set |= When(value is not null, Conditions.Ports); } }

    /// <summary>Ports of which one is the destination's.</summary>
    public PortSet? DestinationPort { get => _destinationPort; init { _destinationPort = value; _set |= When(value is not null, Conditions.Ports); } }

    /// <summary>Ports of which none is at either end.</summary>
    public PortSet? ExcludePort { get => _excludePort; init { _excludePort = value; _set |= When(value is not null, Conditions.Ports); } }

    /// <summary>Protocols.</summary>
    public ProtocolSet? Protocol { get => _protocol; init { _protocol = value; _set |= When(value is not null, Conditions.Protocol); } }

    /// <summary>Encryption states; NSG logs record none and do not match.</summary>
    public EncryptionSet? Encryption { get => _encryption; init { _encryption = value; _set |= When(value is not null, Conditions.Encryption); } }

    /// <summary>Directions.</summary>
    public IReadOnlyList<FlowDirection> Direction
    {
        get => _direction;
        init
        {
            _direction = value ?? [];
            _words = WordMask(_direction, _decision, _state);
            _set |= When(_words != uint.MaxValue, Conditions.Words);
        }
    }

    /// <summary>Decisions.</summary>
    public IReadOnlyList<FlowDecision> Decision
    {
        get => _decision;
        init
        {
            _decision = value ?? [];
            _words = WordMask(_direction, _decision, _state);
            _set |= When(_words != uint.MaxValue, Conditions.Words);
        }
    }

    /// <summary>States; version 1 of NSG logs records none and does not match.</summary>
    public IReadOnlyList<FlowState> State
    {
        get => _state;
        init
        {
            _state = value ?? [];
            _words = WordMask(_direction, _decision, _state);
            _set |= When(_words != uint.MaxValue, Conditions.Words);
        }
    }

    /// <summary>Least bytes of the tuple, both ways together, since the flow's last update. A tuple that records none does not match, not even 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long? MinBytes
    {
        get => Has(Conditions.MinBytes) ? _minBytes : null;
        init
        {
            if (value < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "Bytes are 0 or more.");
            }

            _minBytes = value ?? 0;
            _set |= When(value is not null, Conditions.MinBytes);
        }
    }

    /// <summary>MACs of logging network interfaces.</summary>
    public MacSet? MacAddress { get; init; }

    /// <summary>Rules that decided.</summary>
    public RuleSet? Rule { get; init; }

    /// <summary>Rules whose tuples are left out; a group without a rule stays.</summary>
    public RuleSet? ExcludeRule { get; init; }

    /// <summary>Whose flows.</summary>
    public FlowScope Scope { get; init; } = FlowScope.Everything;

    /// <summary>True when something hangs on the tuple: without, all tuples of a group pass that passes.</summary>
    public bool HasTupleConditions => _set != Conditions.None;

    /// <summary>True when something hangs on the group.</summary>
    public bool HasGroupConditions => MacAddress is not null || Rule is not null || ExcludeRule is not null || !Scope.IsEverything;

    /// <summary>True when everything passes.</summary>
    public bool IsEverything => !HasTupleConditions && !HasGroupConditions;

    /// <summary>Whether a tuple passes, as far as the tuple alone can tell. Allocates nothing.</summary>
    public bool Matches(in FlowTuple tuple) => _set == Conditions.None || MatchesTuple(in tuple);

    /// <summary>Whether a group passes: its scope, rule and MAC.</summary>
    public bool Matches(FlowGroup group)
    {
        if (group is null)
        {
            throw new ArgumentNullException(nameof(group));
        }

        return (MacAddress is null || MacAddress.Contains(group.MacAddress))
            && (Rule is null || Rule.Matches(group))
            && (ExcludeRule is null || !ExcludeRule.Matches(group))
            && Scope.Matches(group);
    }

    /// <summary>Whether it hangs on its tuples which of a group that passes do: then each is to be asked with its group, too.</summary>
    public bool IsPartly(FlowGroup group) => Scope.Resources.Count > 0 && Scope.Answer(group) == ScopeAnswer.Maybe;

    /// <summary>Whether a tuple passes, of a group of which only a part does.</summary>
    public bool Matches(FlowGroup group, in FlowTuple tuple) => Scope.Matches(group, in tuple);

    /// <summary>What to ask a store for: blobs outside this hold nothing that passes.</summary>
    public FlowBlobQuery ToBlobQuery() => new() { Scope = Scope, Start = _start, End = _end, MacAddresses = MacAddress?.Values ?? [] };

    private static Conditions When(bool isSet, Conditions condition) => isSet ? condition : Conditions.None;

    /// <summary>First millisecond, and how many after it are wanted less one; the tests below are then one subtraction and one comparison.</summary>
    private static (long Start, ulong Span) Limits(DateTime? start, DateTime? end)
    {
        var first = start is { } from ? UnixTime.FromDateTime(from) : UnixTime.FromDateTime(DateTime.MinValue);
        var last = end is { } until ? UnixTime.FromDateTime(until) - 1 : UnixTime.Last;

        // Nothing lies in an empty time: a first millisecond that no tuple can have.
        return last >= first ? (first, (ulong)(last - first)) : (long.MaxValue, 0);
    }

    /// <summary>One bit for each combination of direction, decision and state.</summary>
    private static uint WordMask(IReadOnlyList<FlowDirection> directions, IReadOnlyList<FlowDecision> decisions, IReadOnlyList<FlowState> states)
    {
        uint mask = 0;
        for (var index = 0; index < 32; index++)
        {
            var isIn = Holds(directions, (FlowDirection)(index & 1))
                && Holds(decisions, (FlowDecision)((index >> 1) & 1))
                && Holds(states, (FlowState)(index >> 2));
            mask |= isIn ? 1u << index : 0;
        }

        return mask;
    }

    private static bool Holds<T>(IReadOnlyList<T> values, T value)
    {
        foreach (var one in values)
        {
            if (EqualityComparer<T>.Default.Equals(one, value))
            {
                return true;
            }
        }

        return values.Count == 0;
    }

    private bool Has(Conditions condition) => (_set & condition) != 0;

    /// <summary>The cheapest and most telling conditions first.</summary>
    [MethodImpl(Hot.Path)]
    private bool MatchesTuple(in FlowTuple tuple)
    {
        if (unchecked((ulong)(tuple.UnixMilliseconds - _startMilliseconds)) > _spanMilliseconds && Has(Conditions.Time))
        {
            return false;
        }

        var word = (int)tuple.Direction | ((int)tuple.Decision << 1) | ((int)tuple.State << 2);
        if (((_words >> word) & 1) == 0)
        {
            return false;
        }

        return (_protocol is null || _protocol.Contains(tuple.ProtocolCode))
            && (_encryption is null || _encryption.Contains(tuple.EncryptionCode))
            && (!Has(Conditions.MinBytes) || MatchesBytes(in tuple))
            && (!Has(Conditions.Ports) || MatchesPorts(in tuple))
            && (!Has(Conditions.Addresses) || MatchesAddresses(in tuple));
    }

    private bool MatchesBytes(in FlowTuple tuple)
    {
        var sent = tuple.BytesSent == FlowTuple.NotRecorded ? 0UL : (ulong)tuple.BytesSent;
        var received = tuple.BytesReceived == FlowTuple.NotRecorded ? 0UL : (ulong)tuple.BytesReceived;
        var isRecorded = tuple.BytesSent != FlowTuple.NotRecorded || tuple.BytesReceived != FlowTuple.NotRecorded;

        // Unsigned, so that two hostile counters cannot overflow into a small sum.
        return isRecorded && sent + received >= (ulong)_minBytes;
    }

    private bool MatchesPorts(in FlowTuple tuple) =>
        (_destinationPort is null || _destinationPort.Contains(tuple.DestinationPort))
        && (_sourcePort is null || _sourcePort.Contains(tuple.SourcePort))
        && (_port is null || _port.Contains(tuple.DestinationPort) || _port.Contains(tuple.SourcePort))
        && (_excludePort is null || !(_excludePort.Contains(tuple.DestinationPort) || _excludePort.Contains(tuple.SourcePort)));

    private bool MatchesAddresses(in FlowTuple tuple) =>
        (_sourceAddress is null || _sourceAddress.Contains(in tuple.Source))
        && (_destinationAddress is null || _destinationAddress.Contains(in tuple.Destination))
        && (_address is null || _address.Contains(in tuple.Source) || _address.Contains(in tuple.Destination))
        && (_excludeAddress is null || !(_excludeAddress.Contains(in tuple.Source) || _excludeAddress.Contains(in tuple.Destination)));
}
