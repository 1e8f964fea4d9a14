using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>
/// Traffic Analytics, simulated: reduces flow logs to the rows that it writes into a workspace, after "Traffic analytics schema and data aggregation". A flow is
/// counted in the interval in which it begins, its bytes in the interval whose lines tell them.
/// </summary>
public sealed class TrafficAnalyticsReducer
{
    private readonly SimulatedWorld _world;
    private readonly AnalyticsOptions _options;
    private readonly AnalyticsInventory _inventory;
    private readonly Dictionary<ReducedKey, ReducedFlow> _rows = [];
    private readonly SortedDictionary<(DateTime Start, bool IsNsg, string Address), AnalyticsEnd> _addresses = [];

    public TrafficAnalyticsReducer(SimulatedWorld world, AnalyticsOptions? options = null)
    {
        _world = world;
        _options = options ?? new AnalyticsOptions();
        _inventory = new AnalyticsInventory(world, _options);
    }

    /// <summary>Takes the text of a blob.</summary>
    public TrafficAnalyticsReducer Add(ReadOnlyMemory<byte> blob)
    {
        foreach (var flow in RawFlows.Read(blob))
        {
            Add(flow);
        }

        return this;
    }

    /// <summary>The tables of all that was taken. Tables of a kind of log of which nothing came are missing, as in a workspace.</summary>
    public KqlDatabase Tables() => AddTo(new KqlDatabase());

    /// <summary>Puts the tables into a workspace's.</summary>
    public KqlDatabase AddTo(KqlDatabase database)
    {
        var rows = new AnalyticsRows(_world, _options);
        if (_rows.Keys.Any(static key => key.IsNsg))
        {
            database.Add(AnalyticsSchema.Nsg, Table(AnalyticsSchema.Nsg, Flows(true).Select(rows.Nsg).Concat(rows.NsgTopology(Times(true))), _options.HasValuesOnly));
            database.Add(AnalyticsSchema.NsgDetails, Table(AnalyticsSchema.NsgDetails, Addresses(true).Select(rows.NsgDetails), _options.HasValuesOnly));
        }

        if (_rows.Keys.Any(static key => !key.IsNsg))
        {
            database.Add(AnalyticsSchema.VirtualNetwork, Table(AnalyticsSchema.VirtualNetwork, Flows(false).Select(rows.VirtualNetwork), false));
            database.Add(AnalyticsSchema.VirtualNetworkDetails, Table(AnalyticsSchema.VirtualNetworkDetails, Addresses(false).Select(rows.VirtualNetworkDetails), false));
            database.Add(AnalyticsSchema.VirtualNetworkTopology, Table(AnalyticsSchema.VirtualNetworkTopology, rows.VirtualNetworkTopology(Times(false)), false));
        }

        return database;
    }

    private IEnumerable<KeyValuePair<ReducedKey, ReducedFlow>> Flows(bool isNsg) => _rows.Where(row => row.Key.IsNsg == isNsg).OrderBy(static row => row.Key.Start);

    private IEnumerable<KeyValuePair<(DateTime Start, bool IsNsg, string Address), AnalyticsEnd>> Addresses(bool isNsg) => _addresses.Where(address => address.Key.IsNsg == isNsg);

    private IEnumerable<DateTime> Times(bool isNsg) => Flows(isNsg).Select(static row => row.Key.Start).Distinct();

    private static KqlTable Table(string name, IEnumerable<Dictionary<string, object?>> rows, bool hasValuesOnly)
    {
        var all = rows.ToList();
        var columns = AnalyticsSchema.Columns(name);
        return KqlTable.Of(hasValuesOnly ? [.. columns.Where(column => all.Exists(row => row.GetValueOrDefault(column.Name) is not null and not ""))] : columns, hasValuesOnly ? all.Select(Told) : all);

        static Dictionary<string, object?> Told(Dictionary<string, object?> row) => row.Where(static cell => cell.Value is not null and not "").ToDictionary();
    }

    private void Add(RawFlow flow)
    {
        var source = _inventory.End(flow.Source, flow.IsInbound ? null : flow.Mac);
        var destination = _inventory.End(flow.Destination, flow.IsInbound ? flow.Mac : null);
        var type = Type(source, destination);

        // Of two public ends the far one would be listed; the near one is the customer's and known, or both stay.
        var isSourceListed = source.IsListed && destination.Kind == AnalyticsEndKind.VirtualNetwork;
        var isDestinationListed = destination.IsListed && source.Kind == AnalyticsEndKind.VirtualNetwork;
        var length = TimeSpan.FromMinutes(_options.Interval).Ticks;
        var key = new ReducedKey(
            flow.IsNsg,
            new DateTime(flow.Time.Ticks - (flow.Time.Ticks % length), DateTimeKind.Utc),
            isSourceListed ? string.Empty : flow.Source,
            isDestinationListed ? string.Empty : flow.Destination,
            flow.DestinationPort,
            flow.Protocol,
            flow.IsInbound,
            flow.IsDenied,
            flow.Acl,
            flow.Rule,
            flow.Mac,
            flow.Target,
            flow.FlowLog,
            flow.Encryption,
            type,
            isSourceListed ? source.Location : isDestinationListed ? destination.Location : string.Empty);
        if (!_rows.TryGetValue(key, out var row))
        {
            _rows.Add(key, row = new ReducedFlow(source, destination));
        }

        row.Add(flow, isSourceListed ? flow.Source : isDestinationListed ? flow.Destination : null);
        foreach (var (address, end) in new[] { (flow.Source, source), (flow.Destination, destination) })
        {
            if (end.IsPublic)
            {
                _addresses[(key.Start, key.IsNsg, address)] = end;
            }
        }
    }

    private static string Type(AnalyticsEnd source, AnalyticsEnd destination)
    {
        if (source.Kind == AnalyticsEndKind.Malicious || destination.Kind == AnalyticsEndKind.Malicious)
        {
            return "MaliciousFlow";
        }

        if (source.Kind != AnalyticsEndKind.VirtualNetwork && destination.Kind != AnalyticsEndKind.VirtualNetwork)
        {
            return "Unknown";
        }

        return (source.Kind == AnalyticsEndKind.VirtualNetwork ? destination : source).Kind switch
        {
            AnalyticsEndKind.VirtualNetwork => ResourceId.Same(source.Network, destination.Network) ? "IntraVNet" : "InterVNet",
            AnalyticsEndKind.Site => "S2S",
            AnalyticsEndKind.PointToSite => "P2S",
            AnalyticsEndKind.AzurePublic => "AzurePublic",
            AnalyticsEndKind.ExternalPublic => "ExternalPublic",
            AnalyticsEndKind.Private => "UnknownPrivate",
            _ => "Unknown",
        };
    }
}
