using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace NsgFlow.Bench.Data;

/// <summary>
/// Makes the NSG flow logs (version 2) of one network interface of a busy AKS node as Azure stores them, a blob for each hour: flows that begin,
/// continue every five minutes and end, some four thousand open at a time, 300 of them always; one tuple in seven denied. 1.8 million tuples take
/// four hours and 122 MB. The same bytes for the same minutes, and what is in them is counted while they are written.
/// </summary>
internal sealed class SessionMaker
{
    /// <summary>Changes whenever the bytes made for the same minutes do.</summary>
    public const string Stamp = "s1";

    private const long FirstSecond = 1_763_888_400; // 2025-11-23T09:00:00Z
    private const int ContinueEvery = 300;
    private const int LongestLife = 1800;
    private const int OpenAtFirst = 3400;
    private const int AlwaysOpen = 300;
    private const int AlwaysOpenPort = 65_200;
    private const string Mac = "000D3AF87856";
    private const string ResourceId = "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000001/RESOURCEGROUPS/MC_DEMO_WESTEUROPE"
        + "/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/AKS-AGENTPOOL-NSG";

    private const int DenyRule = 4;
    private static readonly string[] _rules =
        ["DefaultRule_AllowVnetOutBound", "DefaultRule_AllowInternetOutBound", "DefaultRule_AllowVnetInBound", "UserRule_allow-https", "DefaultRule_DenyAllInBound"];

    private static readonly int[] _ports = [443, 443, 443, 80, 53, 10250, 8080, 5432];
    private static readonly int[] _deniedPorts = [22, 23, 3389, 445, 8080, 6379, 5900, 2375];
    private static readonly byte[][] _hosts = SessionHosts.All;

    // No event is more than five minutes away, so a wheel of 512 seconds holds them all.
    private readonly List<OpenFlow>[] _due = [.. Enumerable.Range(0, 512).Select(_ => new List<OpenFlow>())];
    private readonly MemoryStream[] _tuples = [.. _rules.Select(_ => new MemoryStream())];
    private readonly Utf8Writer[] _writers;
    private readonly long[] _bytesBySource = new long[_hosts.Length];
    private readonly bool[] _isSeen = new bool[_hosts.Length];
    private LogRandom _random = new(7);
    private int _shortPort;
    private int _longPort;
    private long _tupleCount;
    private long _flows;
    private long _denied;

    public SessionMaker()
    {
        _writers = [.. _tuples.Select(stream => new Utf8Writer(stream))];
        for (var i = 0; i < OpenAtFirst; i++)
            Schedule(Open(FirstSecond + 1 + _random.Below(LongestLife), LongPort()), FirstSecond - 1 - _random.Below(ContinueEvery), FirstSecond);
        for (var i = 0; i < AlwaysOpen; i++)
            Schedule(Open(long.MaxValue, AlwaysOpenPort + i), FirstSecond - 1 - _random.Below(ContinueEvery), FirstSecond);
    }

    /// <summary>What was written so far.</summary>
    public Truth Truth => new(_tupleCount, _denied, _isSeen.Count(one => one), _bytesBySource.Sum(), _bytesBySource.Max(), _flows);

    /// <summary>Writes so many minutes into the blobs of their hours.</summary>
    public void Write(string folder, int minutes)
    {
        for (var minute = 0; minute < minutes; minute += 60)
        {
            var hour = DateTimeOffset.FromUnixTimeSeconds(FirstSecond + (60L * minute)).UtcDateTime;
            var path = Path.Combine(folder, "insights-logs-networksecuritygroupflowevent", "resourceId=" + ResourceId,
                hour.ToString("'y='yyyy'/m='MM'/d='dd'/h='HH'/m=00'", CultureInfo.InvariantCulture), "macAddress=" + Mac, "PT1H.json");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var stream = File.Create(path);
            for (var i = 0; i < Math.Min(60, minutes - minute); i++)
            {
                stream.Write(i == 0 ? "{\"records\":["u8 : ","u8);
                Entry(stream, FirstSecond + (60L * (minute + i)));
            }

            stream.Write("]}"u8);
        }
    }

    private void Entry(FileStream stream, long second)
    {
        for (var time = second; time < second + 60; time++)
            Second(time);

        var time0 = DateTimeOffset.FromUnixTimeSeconds(second).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        Text($"{{\"time\":\"{time0}\",\"systemId\":\"00000000-0000-0000-0000-000000000004\",\"macAddress\":\"{Mac}\",\"category\":\"NetworkSecurityGroupFlowEvent\","
            + $"\"resourceId\":\"{ResourceId}\",\"operationName\":\"NetworkSecurityGroupFlowEvents\",\"properties\":{{\"Version\":2,\"flows\":[");
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            Text($"{(rule > 0 ? "," : string.Empty)}{{\"rule\":\"{_rules[rule]}\",\"flows\":[{{\"mac\":\"{Mac}\",\"flowTuples\":[");
            _writers[rule].Flush();
            // The first tuple's comma is one too many.
            stream.Write(_tuples[rule].GetBuffer().AsSpan(0, (int)_tuples[rule].Length)[Math.Min(1, (int)_tuples[rule].Length)..]);
            _tuples[rule].SetLength(0);
            Text("]}]}");
        }

        Text("]}}");

        void Text(string text) => stream.Write(Encoding.ASCII.GetBytes(text));
    }

    private void Second(long now)
    {
        for (var i = 40 + _random.Below(17); i > 0; i--)
        {
            var isLong = _random.Below(25) < 2;
            var flow = Open(now + 1 + _random.Below(isLong ? LongestLife : 10), isLong ? LongPort() : ShortPort());
            Tuple(flow, now, ",B,,,,"u8);
            Schedule(flow, now, now);
        }

        for (var i = 14 + _random.Below(10); i > 0; i--)
            Deny(now);

        var due = _due[now & 511];
        foreach (var flow in due)
        {
            var isEnd = flow.End == now;
            Tuple(flow, now, isEnd ? ",E"u8 : ",C"u8);
            if (!isEnd)
                Schedule(flow, now, now);
        }

        due.Clear();
    }

    // Its end, or the next full five minutes since it was seen, whichever is first.
    private void Schedule(OpenFlow flow, long seen, long now) => _due[Math.Max(now, Math.Min(flow.End, seen + ContinueEvery)) & 511].Add(flow);

    private OpenFlow Open(long end, int port)
    {
        var pod = Squared(SessionHosts.Pods);
        var rule = _random.Below(10) switch { < 2 => 0, < 5 => 1, < 8 => 2, _ => 3 };
        var other = rule switch
        {
            0 or 2 => SessionHosts.Pods + Squared(SessionHosts.Peers),
            1 => _hosts.Length - 1 - Squared(SessionHosts.Services),
            _ => SessionHosts.Pods + SessionHosts.Peers + Squared(SessionHosts.Clients),
        };
        var (source, destination) = rule < 2 ? (pod, other) : (other, pod);
        var destinationPort = rule == 3 ? 443 : _ports[_random.Below(_ports.Length)];
        return new() { Source = source, Fields = Fields(source, destination, port, destinationPort, rule < 2 ? ",O,A" : ",I,A"), Rule = rule, End = end };
    }

    private void Deny(long now)
    {
        var source = SessionHosts.Pods + SessionHosts.Peers + SessionHosts.Clients + Squared(SessionHosts.Scanners);
        var fields = Fields(source, _random.Below(SessionHosts.Pods), 1024 + _random.Below(64_000), _deniedPorts[_random.Below(_deniedPorts.Length)], ",I,D");
        _denied++;
        Tuple(new() { Source = source, Fields = fields, Rule = DenyRule, End = now }, now, ",B,,,,"u8);
    }

    private void Tuple(OpenFlow flow, long now, ReadOnlySpan<byte> state)
    {
        var writer = _writers[flow.Rule];
        writer.Byte(',');
        writer.Byte('"');
        writer.Number(now);
        writer.Bytes(flow.Fields);
        writer.Bytes(state);
        if (state.Length == 2)
            Counters(writer, flow.Source);
        writer.Byte('"');
        _tupleCount++;
        _isSeen[flow.Source] = true;
        _flows += flow.IsCounted ? 0 : 1;
        flow.IsCounted = true;
    }

    private void Counters(Utf8Writer writer, int source)
    {
        var sent = 1 + _random.Below(400);
        var received = _random.Below(600);
        var bytesSent = (sent * 60) + _random.Below(sent * 900);
        var bytesReceived = received == 0 ? 0 : (received * 60) + _random.Below(received * 1400);
        foreach (var number in (ReadOnlySpan<int>)[sent, bytesSent, received, bytesReceived])
        {
            writer.Byte(',');
            writer.Number(number);
        }

        _bytesBySource[source] += bytesSent + bytesReceived;
    }

    private byte[] Fields(int source, int destination, int port, int destinationPort, string outcome)
    {
        var protocol = destinationPort == 53 ? ",U" : ",T";
        return [(byte)',', .. _hosts[source], (byte)',', .. _hosts[destination], .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{port},{destinationPort}{protocol}{outcome}"))];
    }

    // Squared, so that the first come up most often.
    private int Squared(int limit) => (int)((long)_random.Below(limit) * _random.Below(limit) / limit);

    // A port comes again only when the flow that had it is over: after a quarter of an hour for those of seconds, after an hour for the others.
    private int ShortPort() => 1024 + (int)((_shortPort++ * 7919L) % 45_007);

    private int LongPort() => 46_100 + (int)((_longPort++ * 7919L) % 19_009);
}
