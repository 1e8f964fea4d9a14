using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using NsgFlow.Filtering;
using NsgFlow.Network;

namespace NsgFlow.Measuring;

/// <summary>Makes keys of tuples. What all tuples of a group share is looked up once for the group. Not thread-safe; each meter has its own.</summary>
internal sealed class KeyMaker
{
    public const long HourLength = 3_600_000;
    public const long DayLength = 24 * HourLength;

    private readonly KeyLayout _layout;
    private readonly KeyPart[] _parts;
    private readonly TrafficNames _names;
    private readonly NetworkMap _map;
    private readonly ulong[] _template;

    // The parts that differ from tuple to tuple.
    private readonly int[] _active;
    private int _activeCount;
    private bool _needsPlaces;
    private readonly string?[] _lastTexts;
    private readonly int[] _lastIds;
    private readonly Dictionary<string, int>[] _ids;
    private readonly int[][] _placeNames;
    private readonly bool[] _hasNoNames;
    private int[]? _services;

    public KeyMaker(KeyLayout layout, NetworkMap map, TrafficNames names)
    {
        _layout = layout;
        _parts = layout.Parts;
        _names = names;
        _map = map;
        _template = new ulong[layout.Words];
        _active = new int[_parts.Length];
        _lastTexts = new string?[_parts.Length];
        _lastIds = new int[_parts.Length];
        _ids = new Dictionary<string, int>[_parts.Length];
        _placeNames = new int[_parts.Length][];
        _hasNoNames = new bool[_parts.Length];
        for (var i = 0; i < _parts.Length; i++)
        {
            _ids[i] = new Dictionary<string, int>(StringComparer.Ordinal);
            _placeNames[i] = PlaceNames(_parts[i].Code);
            _hasNoNames[i] = Array.TrueForAll(_placeNames[i], static id => id == 0);
        }
    }

    /// <summary>The service of a port: its name, or its number.</summary>
    public static string ServiceOf(int port) => ServiceNames.NameOf(port) ?? port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes note of what the tuples to come share.</summary>
    public void Enter(FlowGroup group)
    {
        _activeCount = 0;
        _needsPlaces = false;
        for (var i = 0; i < _parts.Length; i++)
        {
            var word = GroupWord(i, group);
            if (word != 0 || IsOfGroup(i))
            {
                _template[_parts[i].At] = word;
                continue;
            }

            _active[_activeCount++] = i;
            _needsPlaces |= _placeNames[i].Length > 0 || _parts[i].Code == FieldCode.FlowType;
        }
    }

    /// <summary>Writes a tuple's key.</summary>
    [MethodImpl(Hot.Path)]
    public void Fill(in FlowTuple tuple, Span<ulong> key)
    {
        var source = 0;
        var destination = 0;
        if (_needsPlaces)
        {
            source = _map.IndexOf(in tuple.Source);
            destination = _map.IndexOf(in tuple.Destination);
        }

        var active = _active;
        if (_activeCount < _parts.Length)
        {
            _template.AsSpan().CopyTo(key);
        }

        for (var i = 0; i < _activeCount; i++)
        {
            ref readonly var part = ref _parts[active[i]];
            switch (part.Code)
            {
                case FieldCode.SourceAddress:
                    Address(in tuple.Source, in part, key);
                    break;
                case FieldCode.DestinationAddress:
                    Address(in tuple.Destination, in part, key);
                    break;
                default:
                    key[part.At] = Word(active[i], in tuple, source, destination);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Address(in FlowAddress address, in KeyPart part, Span<ulong> key)
    {
        if (address.IsV4)
        {
            key[part.At] = 0;

            // A prefix of an IPv4 address keeps the mark of being one.
            key[part.At + 1] = FlowAddress.V4Prefix | (address.Low & part.MaskV4.Low);
        }
        else
        {
            key[part.At] = address.High & part.MaskV6.High;
            key[part.At + 1] = address.Low & part.MaskV6.Low;
        }
    }

    [MethodImpl(Hot.Path)]
    private ulong Word(int i, in FlowTuple tuple, int source, int destination) => _parts[i].Code switch
    {
        FieldCode.SourcePort => tuple.SourcePort,
        FieldCode.DestinationPort => tuple.DestinationPort,
        FieldCode.Protocol => tuple.ProtocolCode,
        FieldCode.Service => (ulong)Service(tuple.DestinationPort),
        FieldCode.Decision => (ulong)tuple.Decision,
        FieldCode.State => (ulong)tuple.State,
        FieldCode.Encryption => tuple.EncryptionCode,
        FieldCode.Direction => (ulong)tuple.Direction,
        FieldCode.FlowType => (ulong)_map.TypeOf(source, destination, tuple.Direction),
        FieldCode.Hour => (ulong)(tuple.UnixMilliseconds / HourLength),
        FieldCode.Day => (ulong)(tuple.UnixMilliseconds / DayLength),
        FieldCode.HourOfDay => (ulong)(tuple.UnixMilliseconds / HourLength % 24),

        // The first of January 1970 was a Thursday.
        FieldCode.DayOfWeek => (ulong)(((tuple.UnixMilliseconds / DayLength) + 4) % 7),
        FieldCode.Bucket => (ulong)(tuple.UnixMilliseconds / _layout.Bucket),
        FieldCode.SourceVirtualNetwork or FieldCode.SourceSubnet or FieldCode.SourceLocation or FieldCode.SourceServiceTag =>
            (ulong)_placeNames[i][source],
        FieldCode.DestinationVirtualNetwork or FieldCode.DestinationSubnet or FieldCode.DestinationLocation or FieldCode.DestinationServiceTag =>
            (ulong)_placeNames[i][destination],
        FieldCode.ThreatType => (ulong)(_placeNames[i][source] != 0 ? _placeNames[i][source] : _placeNames[i][destination]),
        FieldCode.VirtualNetwork or FieldCode.Subnet or FieldCode.NetworkInterface or FieldCode.Location =>
            (ulong)_placeNames[i][tuple.Direction == FlowDirection.Outbound ? source : destination],
        _ => 0,
    };

    /// <summary>Whether the part is the same for all tuples of a group, be it nothing.</summary>
    private bool IsOfGroup(int i) => _parts[i].Code switch
    {
        FieldCode.Rule or FieldCode.RuleKind or FieldCode.Nsg or FieldCode.AclId or FieldCode.MacAddress or FieldCode.TargetResourceId
            or FieldCode.ResourceGroup or FieldCode.SubscriptionId or FieldCode.FormatVersion or FieldCode.Blob => true,

        // When the log does not tell and the map knows none, there is no need to ask it for each tuple.
        FieldCode.VirtualNetwork or FieldCode.Subnet or FieldCode.NetworkInterface or FieldCode.Location => _hasNoNames[i],
        _ => false,
    };

    private ulong GroupWord(int i, FlowGroup group) => _parts[i].Code switch
    {
        FieldCode.Rule => Id(i, group.Rule, static text => text),
        FieldCode.RuleKind => group.Rule is null ? 0 : (ulong)group.RuleKind + 1,
        FieldCode.Nsg => Id(i, group.Entry.Kind == FlowLogKind.Nsg ? group.Entry.TargetResourceId : group.AclId, static id => new ResourceId(id).Nsg),
        FieldCode.AclId => Id(i, group.AclId, static text => text),
        FieldCode.MacAddress => Id(i, group.MacAddress, static text => text),
        FieldCode.TargetResourceId => Id(i, group.Entry.TargetResourceId, static text => text),
        FieldCode.ResourceGroup => Id(i, group.Entry.TargetResourceId, static id => new ResourceId(id).ResourceGroup),
        FieldCode.SubscriptionId => Id(i, group.Entry.TargetResourceId, static id => new ResourceId(id).SubscriptionId),
        FieldCode.FormatVersion => (ulong)group.Entry.FormatVersion,
        FieldCode.Blob => Id(i, group.Entry.Blob.Length == 0 ? null : group.Entry.Blob, static text => text),
        FieldCode.VirtualNetwork => Id(i, group.Entry.TargetResourceId, static id => new ResourceId(id).VirtualNetwork),
        FieldCode.Subnet => Id(i, group.Entry.TargetResourceId, static id => new ResourceId(id).Subnet),
        FieldCode.NetworkInterface => Id(i, group.Entry.TargetResourceId, static id => new ResourceId(id).NetworkInterface),
        _ => 0,
    };

    // The same string comes again and again, since the reader pools them.
    private ulong Id(int i, string? text, Func<string, string?> nameOf)
    {
        if (text is null)
        {
            return 0;
        }

        if (!ReferenceEquals(text, _lastTexts[i]))
        {
            if (!_ids[i].TryGetValue(text, out var id))
            {
                id = _names.IdOf(_parts[i].Code, nameOf(text));
                _ids[i].Add(text, id);
            }

            _lastTexts[i] = text;
            _lastIds[i] = id;
        }

        return (ulong)_lastIds[i];
    }

    private int Service(int port)
    {
        _services ??= new int[ushort.MaxValue + 1];
        ref var id = ref _services[port];
        if (id == 0)
        {
            id = _names.IdOf(FieldCode.Service, ServiceOf(port));
        }

        return id;
    }

    private int[] PlaceNames(FieldCode code)
    {
        Func<NetworkPlace, string?>? nameOf = code switch
        {
            FieldCode.VirtualNetwork or FieldCode.SourceVirtualNetwork or FieldCode.DestinationVirtualNetwork => static place => place.VirtualNetwork,
            FieldCode.Subnet or FieldCode.SourceSubnet or FieldCode.DestinationSubnet => static place => place.Subnet,
            FieldCode.NetworkInterface => static place => place.NetworkInterface,
            FieldCode.Location or FieldCode.SourceLocation or FieldCode.DestinationLocation => static place => place.Location,
            FieldCode.SourceServiceTag or FieldCode.DestinationServiceTag => static place => place.ServiceTag,
            FieldCode.ThreatType => static place => place.ThreatType ?? (place.Kind == PlaceKind.Malicious ? "WatchList" : null),
            _ => null,
        };
        if (nameOf is null)
        {
            return [];
        }

        var ids = new int[_map.Places.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = _names.IdOf(code, nameOf(_map.Places[i]));
        }

        return ids;
    }
}
