using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace NsgFlow.EqualityTests;

/// <summary>Flow logs in the making: each flow is logged at every end that logs, by every log there is, as Azure does.</summary>
internal sealed class FlowLogs
{
    /// <summary>12:00 on a day in 2026.</summary>
    public static readonly DateTime Noon = new(2026, 10, 27, 12, 0, 0, DateTimeKind.Utc);

    private readonly List<Line> _lines = [];

    /// <summary>How counters grow while a flow lasts: after how many seconds, and what was sent and received since then; the last one ends the flow.</summary>
    public readonly record struct Piece(int After, long PacketsSent, long BytesSent, long PacketsReceived, long BytesReceived);

    /// <summary>A flow that is let through.</summary>
    /// <param name="second">When it begins, in seconds after noon.</param>
    /// <param name="isOpen">Whether its end is yet to come.</param>
    /// <param name="only">The one machine that logged it, when the other lost it; null for all.</param>
    /// <param name="isBegun">Whether it had begun before there was a log.</param>
    public FlowLogs Allow(
        int second, string source, int sourcePort, string destination, int port, string protocol, string rule, Piece[] pieces, bool isOpen = false, EqualityWorld.Machine? only = null, bool isBegun = false)
    {
        foreach (var (machine, isInbound) in Ends(source, destination).Where(end => only is null || end.Machine == only))
        {
            if (!isBegun)
            {
                Add(machine, isInbound, second, source, sourcePort, destination, port, protocol, rule, 'B', null);
            }

            for (var i = 0; i < pieces.Length; i++)
            {
                Add(machine, isInbound, second + pieces[i].After, source, sourcePort, destination, port, protocol, rule, i == pieces.Length - 1 && !isOpen ? 'E' : 'C', pieces[i]);
            }
        }

        return this;
    }

    /// <summary>A flow that the far end's NSG denies, which alone logs it; or the near end's, when that is no machine of ours.</summary>
    public FlowLogs Deny(int second, string source, int sourcePort, string destination, int port, string protocol, string rule)
    {
        var (machine, isInbound) = Ends(source, destination).Last();
        Add(machine, isInbound, second, source, sourcePort, destination, port, protocol, rule, 'D', null);
        return this;
    }

    /// <summary>Writes the blobs into a folder, with the names that Azure gives them.</summary>
    public IReadOnlyList<byte[]> Save(string folder)
    {
        var blobs = new List<byte[]>();
        foreach (var blob in _lines.GroupBy(static line => (line.Machine, line.IsNsg, Hour: line.Time.Date.AddHours(line.Time.Hour))))
        {
            var (machine, isNsg, hour) = blob.Key;
            var entries = blob.OrderBy(static line => line.Time).GroupBy(static line => line.Time.Ticks / TimeSpan.TicksPerMinute).Select(minute => isNsg ? Nsg(machine, minute) : Network(machine, minute));
            var bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { records = entries }));
            var name = isNsg
                ? $"insights-logs-networksecuritygroupflowevent/resourceId={EqualityWorld.NsgId(machine.Nsg).ToUpperInvariant()}"
                : $"insights-logs-flowlogflowevent/flowLogResourceID=/{EqualityWorld.Subscription.ToUpperInvariant()}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_{machine.Network.ToUpperInvariant()}";
            var path = Path.Combine(folder, $"{name}/{hour.ToString("'y='yyyy'/m='MM'/d='dd'/h='HH", CultureInfo.InvariantCulture)}/m=00/macAddress={machine.Mac}/PT1H.json");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
            blobs.Add(bytes);
        }

        return blobs;
    }

    private static List<(EqualityWorld.Machine Machine, bool IsInbound)> Ends(string source, string destination) =>
        [.. new[] { (EqualityWorld.Of(source), false), (EqualityWorld.Of(destination), true) }.Where(static end => end.Item1 is not null).Select(static end => (end.Item1!, end.Item2))];

    private void Add(EqualityWorld.Machine machine, bool isInbound, int second, string source, int sourcePort, string destination, int port, string protocol, string rule, char state, Piece? piece)
    {
        var time = Noon.AddSeconds(second);
        var ends = $"{source},{destination},{sourcePort},{port}";
        var direction = isInbound ? "I" : "O";
        var seconds = new DateTimeOffset(time).ToUnixTimeSeconds();
        if (machine.IsNsgLogged)
        {
            var (decision, step) = state == 'D' ? ("D", 'B') : ("A", state);
            _lines.Add(new Line(machine, true, time, rule, $"{seconds},{ends},{protocol},{direction},{decision},{step},{(piece is { } told ? Counters(told, isInbound ? 3 : 1) : ",,,")}"));
        }

        if (machine.IsNetworkLogged)
        {
            _lines.Add(new Line(machine, false, time, rule, $"{seconds}000,{ends},{(protocol == "T" ? 6 : 17)},{direction},{state},NX,{(piece is { } told ? Counters(told, isInbound ? 2 : 0) : "0,0,0,0")}"));
        }
    }

    /// <summary>Each of those who see a flow misses other bytes of it, so that the numbers tell whose count.</summary>
    private static string Counters(Piece told, int missed) =>
        string.Create(CultureInfo.InvariantCulture, $"{told.PacketsSent},{Math.Max(0, told.BytesSent - missed)},{told.PacketsReceived},{Math.Max(0, told.BytesReceived - missed)}");

    private static object Nsg(EqualityWorld.Machine machine, IEnumerable<Line> lines) => new
    {
        time = lines.Last().Time.AddSeconds(30).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        systemId = "00000000-0000-4000-8000-000000000001",
        macAddress = machine.Mac,
        category = "NetworkSecurityGroupFlowEvent",
        resourceId = EqualityWorld.NsgId(machine.Nsg).ToUpperInvariant(),
        operationName = "NetworkSecurityGroupFlowEvents",
        properties = new
        {
            Version = 2,
            flows = lines.GroupBy(static line => line.Rule).Select(rule => new { rule = rule.Key, flows = new[] { new { mac = machine.Mac, flowTuples = rule.Select(static line => line.Text) } } }),
        },
    };

    private static object Network(EqualityWorld.Machine machine, IEnumerable<Line> lines) => new
    {
        time = lines.Last().Time.AddSeconds(30).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        flowLogVersion = 4,
        flowLogGUID = "00000000-0000-4000-8000-000000000002",
        macAddress = machine.Mac,
        category = "FlowLogFlowEvent",
        flowLogResourceID = $"/SUBSCRIPTIONS/{EqualityWorld.Subscription.ToUpperInvariant()}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/{machine.Network.ToUpperInvariant()}",
        targetResourceID = EqualityWorld.NetworkId(machine.Network),
        operationName = "FlowLogFlowEvent",
        flowRecords = new
        {
            flows = new[]
            {
                new
                {
                    aclID = EqualityWorld.NsgId(machine.Nsg),
                    flowGroups = lines.GroupBy(static line => line.Rule).Select(static rule => new { rule = rule.Key, flowTuples = rule.Select(static line => line.Text) }),
                },
            },
        },
    };

    private sealed record Line(EqualityWorld.Machine Machine, bool IsNsg, DateTime Time, string Rule, string Text);
}
