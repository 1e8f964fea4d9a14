using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Measuring;
using NsgFlow.Network;
using NsgFlow.Query;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.EqualityTests;

/// <summary>The same flow logs, measured here and in the workspace that Traffic Analytics would have filled with them.</summary>
internal sealed class Twofold : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-equality-").FullName;
    private readonly EngineLogs _logs;
    private readonly NetworkMap _map;

    public Twofold(FlowLogs logs, AnalyticsOptions? options = null)
    {
        var reducer = new TrafficAnalyticsReducer(EqualityWorld.Create(), options ?? EqualityWorld.Options);
        foreach (var blob in logs.Save(_folder))
        {
            reducer.Add(blob);
        }

        _logs = new EngineLogs(reducer.Tables());
        _map = EqualityWorld.Map;
    }

    public Twofold(IEnumerable<(string Name, byte[] Content)> blobs, SimulatedWorld world, NetworkMap map)
    {
        var reducer = new TrafficAnalyticsReducer(world, EqualityWorld.Options);
        foreach (var (name, content) in blobs)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
            reducer.Add(content);
        }

        _logs = new EngineLogs(reducer.Tables());
        _map = map;
    }

    public EngineLogs Logs => _logs;

    /// <summary>The rows of both, as lines: what both know.</summary>
    public (List<string> Local, List<string> Remote) Rows(TrafficQuery query, Func<TrafficMeasure, string>? line = null)
    {
        line ??= Line;
        using var measurement = new TrafficMeasurement(WithMap(query));
        Read(measurement, query);
        return ([.. measurement.Rows(CancellationToken.None).Select(line)], [.. Workspace(query).Rows(CancellationToken.None).Select(line)]);
    }

    /// <summary>Fails unless both give the same rows in the same order.</summary>
    public void AssertSame(TrafficQuery query, string what, Func<TrafficMeasure, string>? line = null)
    {
        var (local, remote) = Rows(query, line);
        Assert.NotEmpty(local);
        if (!local.SequenceEqual(remote, StringComparer.OrdinalIgnoreCase))
        {
            Assert.Fail($"{what}\n--- here\n{string.Join('\n', local)}\n--- in the workspace\n{string.Join('\n', remote)}");
        }
    }

    public TrafficSummary LocalSummary(TrafficQuery query)
    {
        using var measurement = new TrafficMeasurement(WithMap(query), isSummary: true);
        Read(measurement, query);
        return measurement.Summary(CancellationToken.None);
    }

    public TrafficSummary RemoteSummary(TrafficQuery query) => Workspace(query).Summary(CancellationToken.None);

    /// <summary>
    /// A row as a line. Left out is what the tables do not tell (decision 0017): tuples; the last moment; the first of an address in a list; whether counters that a
    /// list has as 0 were told; trends finer than an interval.
    /// </summary>
    public static string Line(TrafficMeasure row) => string.Join(' ', row.KeyNames.Zip(row.KeyValues, static (name, value) => $"{name}={Text(value)}"))
        + (row.IsOther ? " OTHER" : string.Empty)
        + FormattableString.Invariant($" | {row.Flows} {row.Denied} | {row.BytesSent ?? 0} {row.BytesReceived ?? 0} {row.PacketsSent ?? 0} {row.PacketsReceived ?? 0}")
        + FormattableString.Invariant($" | {Text(row.Sources)} {Text(row.Destinations)} {Text(row.Ports)} | {row.Percent:F6}");

    /// <summary>The same with what is told of flows that are in no list.</summary>
    public static string WholeLine(TrafficMeasure row) =>
        $"{Line(row)} | {Text(row.FirstSeen)} | {Text(row.BytesSent)} {Text(row.BytesReceived)} {Text(row.PacketsSent)} {Text(row.PacketsReceived)}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Text(object? value) => value switch
    {
        null => "-",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private WorkspaceMeasurement Workspace(TrafficQuery query) => new(
        _logs, ["00000000-0000-4000-8000-000000000003"], query, new AnalyticsQuestion { Filter = query.Filter, Now = FlowLogs.Noon.AddDays(1) });

    private void Read(TrafficMeasurement measurement, TrafficQuery query)
    {
        var blobs = new FolderStore([_folder]).List(query.Filter.ToBlobQuery(), CancellationToken.None).ToList();
        foreach (var news in measurement.Read(blobs, CancellationToken.None))
        {
            Assert.Null(news.Failure);
            Assert.Empty(news.Issues);
        }
    }

    private TrafficQuery WithMap(TrafficQuery query) => new()
    {
        By = query.By,
        OrderBy = query.OrderBy,
        Top = query.Top,
        Bucket = query.Bucket,
        MinFlows = query.MinFlows,
        MinBytes = query.MinBytes,
        Raw = query.Raw,
        Distinct = query.Distinct,
        Filter = query.Filter,
        Network = _map,
    };
}
