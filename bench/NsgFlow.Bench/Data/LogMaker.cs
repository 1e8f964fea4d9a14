using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace NsgFlow.Bench.Data;

/// <summary>
/// Makes a flow log like a busy AKS node's, the same bytes for the same settings: some thousands of sources of which a few send
/// most, one tuple in five denied, begun flows without counters, continued and ended ones with. A tuple takes 68 bytes in NSG
/// version 2, which is what real logs take.
/// </summary>
internal sealed class LogMaker
{
    /// <summary>Changes whenever the bytes made for the same settings do, so that cached files are made anew.</summary>
    public const string Stamp = "v1";

    private const int SourceCount = 5000;
    private const int DestinationCount = 2000;
    private const long FirstSecond = 1_763_888_400; // 2025-11-23T09:00:00Z
    private const string Mac = "000D3AF87856";
    private const string Subscription = "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000001/RESOURCEGROUPS/MC_DEMO_WESTEUROPE/PROVIDERS/MICROSOFT.NETWORK/";

    private static readonly string[] _rules =
        ["DefaultRule_AllowInternetOutBound", "UserRule_allow-https", "DefaultRule_AllowVnetInBound", "DefaultRule_DenyAllInBound", "UserRule_deny-ssh"];

    private static readonly int[] _ports = [443, 443, 443, 80, 53, 10250, 8080, 3389, 22, 5432];

    private readonly LogFormat _format;
    private readonly byte[][] _sources = new byte[SourceCount][];
    private readonly byte[][] _destinations = new byte[DestinationCount][];
    private readonly long[] _bytesBySource = new long[SourceCount];
    private readonly bool[] _isSeen = new bool[SourceCount];
    private LogRandom _random;
    private long _tuples;
    private long _denied;
    private Utf8Writer _out = new(Stream.Null);

    public LogMaker(LogFormat format, ulong seed = 1)
    {
        _format = format;
        _random = new LogRandom(seed);
        for (var i = 0; i < SourceCount; i++)
            _sources[i] = Address(i, inside: i % 4 == 0);
        for (var i = 0; i < DestinationCount; i++)
            _destinations[i] = Address(SourceCount + i, inside: i % 2 == 0);
    }

    /// <summary>What was written so far.</summary>
    public Truth Truth
    {
        get
        {
            long sum = 0;
            long top = 0;
            var sources = 0;
            for (var i = 0; i < SourceCount; i++)
            {
                sum += _bytesBySource[i];
                top = Math.Max(top, _bytesBySource[i]);
                sources += _isSeen[i] ? 1 : 0;
            }

            return new Truth(_tuples, _denied, sources, sum, top);
        }
    }

    /// <summary>Writes a whole file: so many tuples in entries of so many, as minutes of one network interface.</summary>
    public void Write(Stream stream, int tuples, int tuplesPerEntry)
    {
        _out = new Utf8Writer(stream);
        _out.Text("{\"records\":[");
        var entries = (tuples + tuplesPerEntry - 1) / tuplesPerEntry;
        for (var entry = 0; entry < entries; entry++)
        {
            if (entry > 0)
                _out.Byte(',');
            Entry(FirstSecond + (60L * entry), Math.Min(tuplesPerEntry, tuples - (entry * tuplesPerEntry)));
        }

        _out.Text("]}");
        _out.Flush();
    }

    /// <summary>Addresses that occur as sources, for lookups.</summary>
    public IEnumerable<FlowAddress> Sources()
    {
        foreach (var text in _sources)
            yield return FlowAddress.TryParse(text, out var address) ? address : throw new InvalidOperationException("A made address is none.");
    }

    private void Entry(long second, int tuples)
    {
        Head(second);
        for (var rule = 0; rule < _rules.Length; rule++)
        {
            if (rule > 0)
                _out.Byte(',');
            _out.Text(_format == LogFormat.VNet4
                ? "{\"rule\":\"" + _rules[rule] + "\",\"flowTuples\":["
                : "{\"rule\":\"" + _rules[rule] + "\",\"flows\":[{\"mac\":\"" + Mac + "\",\"flowTuples\":[");

            // The two rules that deny get a tenth each: one tuple in five is denied, exactly where the numbers divide.
            var share = rule < 3 ? (rule == 0 ? tuples - (2 * (tuples / 10)) - (2 * (tuples / 5)) : tuples / 5) : tuples / 10;
            for (var i = 0; i < share; i++)
            {
                if (i > 0)
                    _out.Byte(',');
                Tuple(second, isDenied: rule >= 3, isInbound: rule >= 2);
            }

            _out.Text(_format == LogFormat.VNet4 ? "]}" : "]}]}");
        }

        _out.Text(_format == LogFormat.VNet4 ? "]}]}}" : "]}}");
    }

    private void Head(long second)
    {
        _out.Text("{\"time\":\"");
        _out.Text(DateTimeOffset.FromUnixTimeSeconds(second).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
        if (_format == LogFormat.VNet4)
        {
            _out.Text("\",\"flowLogVersion\":4,\"flowLogGUID\":\"00000000-0000-0000-0000-000000000002\",\"macAddress\":\"" + Mac
                + "\",\"category\":\"FlowLogFlowEvent\",\"flowLogResourceID\":\"" + Subscription + "NETWORKWATCHERS/NW/FLOWLOGS/DEMO"
                + "\",\"targetResourceID\":\"" + Subscription + "VIRTUALNETWORKS/AKS-VNET\",\"operationName\":\"FlowLogFlowEvent\","
                + "\"flowRecords\":{\"flows\":[{\"aclID\":\"00000000-0000-0000-0000-000000000003\",\"flowGroups\":[");
        }
        else
        {
            _out.Text("\",\"systemId\":\"00000000-0000-0000-0000-000000000004\",\"macAddress\":\"" + Mac
                + "\",\"category\":\"NetworkSecurityGroupFlowEvent\",\"resourceId\":\"" + Subscription + "NETWORKSECURITYGROUPS/AKS-AGENTPOOL-NSG"
                + "\",\"operationName\":\"NetworkSecurityGroupFlowEvents\",\"properties\":{\"Version\":" + (_format == LogFormat.Nsg1 ? "1" : "2")
                + ",\"flows\":[");
        }
    }

    private void Tuple(long second, bool isDenied, bool isInbound)
    {
        // Squared, so that the first sources come up most often.
        var source = (int)((long)_random.Below(SourceCount) * _random.Below(SourceCount) / SourceCount);
        var time = second + _random.Below(60);
        _isSeen[source] = true;
        _tuples++;
        _denied += isDenied ? 1 : 0;

        _out.Byte('"');
        _out.Number(_format == LogFormat.VNet4 ? (time * 1000) + _random.Below(1000) : time);
        Field(_sources[source]);
        Field(_destinations[_random.Below(DestinationCount)]);
        Field(1024 + _random.Below(64_000));
        Field(_ports[_random.Below(_ports.Length)]);
        var isUdp = _random.Below(8) == 0;
        _out.Text((_format, isUdp) switch
        {
            (LogFormat.VNet4, true) => ",17",
            (LogFormat.VNet4, false) => ",6",
            (_, true) => ",U",
            _ => ",T",
        });
        _out.Text(isInbound ? ",I" : ",O");
        Outcome(source, isDenied);
        _out.Byte('"');
    }

    private void Outcome(int source, bool isDenied)
    {
        if (_format == LogFormat.Nsg1)
        {
            _out.Text(isDenied ? ",D" : ",A");
            return;
        }

        var state = isDenied ? 'B' : "BBBBCCCEEE"[_random.Below(10)];
        if (_format == LogFormat.VNet4)
        {
            _out.Byte(',');
            _out.Byte(isDenied ? 'D' : state);
            _out.Text(",NX");
        }
        else
        {
            _out.Text(isDenied ? ",D," : ",A,");
            _out.Byte(state);
        }

        if (state == 'B')
        {
            _out.Text(_format == LogFormat.VNet4 ? ",0,0,0,0" : ",,,,");
            return;
        }

        var sent = 1 + _random.Below(40);
        var received = _random.Below(60);
        var bytesSent = (sent * 60) + _random.Below(sent * 900);
        var bytesReceived = received == 0 ? 0 : (received * 60) + _random.Below(received * 1400);
        Field(sent);
        Field(bytesSent);
        Field(received);
        Field(bytesReceived);
        _bytesBySource[source] += bytesSent + bytesReceived;
    }

    private void Field(long value)
    {
        _out.Byte(',');
        _out.Number(value);
    }

    private void Field(byte[] value)
    {
        _out.Byte(',');
        _out.Bytes(value);
    }

    /// <summary>A different address for each number; every tenth outside one of a VNet log is IPv6, which NSG logs do not have.</summary>
    private byte[] Address(int number, bool inside)
    {
        var text = inside ? string.Create(CultureInfo.InvariantCulture, $"10.240.{number >> 8}.{number & 255}")
            : _format == LogFormat.VNet4 && number % 10 == 7 ? string.Create(CultureInfo.InvariantCulture, $"2603:1020:201:{number:x}::{number & 255:x}")
            : string.Create(CultureInfo.InvariantCulture, $"{20 + (number % 180)}.{number * 7 % 256}.{number >> 8}.{number & 255}");
        return Encoding.ASCII.GetBytes(text);
    }
}
