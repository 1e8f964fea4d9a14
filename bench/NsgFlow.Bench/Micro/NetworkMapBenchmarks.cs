using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using NsgFlow.Bench.Data;
using NsgFlow.Network;

namespace NsgFlow.Bench.Micro;

/// <summary>What is known of an address? An operation is one lookup of a random address within some prefix of the map.</summary>
[MemoryDiagnoser]
[BenchmarkCategory("NetworkMap")]
public class NetworkMapBenchmarks
{
    private const int Lookups = 65536;

    private FlowAddress[] _addresses = [];
    private int[] _places = [];
    private NetworkMap _map = NetworkMap.Default;

    [Params(0, 1_000, 100_000)]
    public int Prefixes { get; set; }

    /// <summary>All over the address space; in few /16s, as a cloud's are; IPv6.</summary>
    [Params("spread", "dense", "v6")]
    public string Shape { get; set; } = "spread";

    [GlobalSetup]
    public void Make()
    {
        var random = new LogRandom(7);
        var prefixes = Enumerable.Range(0, Math.Max(1, Prefixes)).Select(_ => Prefix(ref random)).Distinct().ToArray();
        _map = Prefixes == 0 ? NetworkMap.Default : new NetworkMapBuilder().Add(Tags(prefixes)).Build();
        _addresses = [.. Enumerable.Range(0, Lookups).Select(_ => Within(prefixes[random.Below(prefixes.Length)], ref random))];
        _places = [.. _addresses.Select(address => _map.IndexOf(in address))];
        if (Prefixes > 0 && _places.Any(place => _map.Places[place].Kind != PlaceKind.Azure))
            throw new InvalidOperationException("Every address lies in some prefix.");
        Console.WriteLine($"// {prefixes.Length} prefixes, {_map.Places.Count} places, {_places.Distinct().Count()} of them asked, {_map.Issues.Count} issues");
    }

    [Benchmark(Description = "NetworkMap.IndexOf", OperationsPerInvoke = Lookups)]
    public int IndexOf()
    {
        var sum = 0;
        foreach (ref readonly var address in _addresses.AsSpan())
            sum += _map.IndexOf(in address);
        return sum;
    }

    [Benchmark(Description = "NetworkMap.TypeOf", OperationsPerInvoke = Lookups)]
    public int TypeOf()
    {
        var sum = 0;
        var last = 0;
        foreach (var place in _places)
        {
            sum += (int)_map.TypeOf(last, place, FlowDirection.Outbound);
            last = place;
        }

        return sum;
    }

    private (FlowAddress First, int Length) Prefix(ref LogRandom random)
    {
        if (Shape == "v6")
        {
            var bits = 32 + random.Below(33);
            var high = 0x2603_1000_0000_0000UL | ((ulong)random.Below(1 << 16) << 32) | (uint)random.Below(int.MaxValue);
            return (new FlowAddress(high >> (64 - bits) << (64 - bits), 0), bits);
        }

        var length = 17 + random.Below(16);
        var upper = (uint)(Shape == "spread" ? (11 << 8) + random.Below(89 << 8) : (20 << 8) + random.Below(3000));
        return (new FlowAddress(((upper << 16) | (uint)random.Below(1 << 16)) >> (32 - length) << (32 - length)), length);
    }

    private static FlowAddress Within((FlowAddress First, int Length) prefix, ref LogRandom random)
    {
        var bits = (uint)random.Below(int.MaxValue);
        return prefix.First.IsV4
            ? new FlowAddress(prefix.First.V4 | (prefix.Length == 32 ? 0 : bits & (uint.MaxValue >> prefix.Length)))
            : new FlowAddress(prefix.First.High | (prefix.Length == 64 ? 0 : bits & (ulong.MaxValue >> prefix.Length)), bits);
    }

    /// <summary>Fifty tags in turn, through the reader of service tags.</summary>
    private static ServiceTagFile Tags((FlowAddress First, int Length)[] prefixes)
    {
        var json = new StringBuilder("{\"values\":[");
        for (var tag = 0; tag < 50; tag++)
        {
            json.Append(CultureInfo.InvariantCulture, $"{(tag > 0 ? "," : string.Empty)}{{\"name\":\"Tag{tag}\",\"properties\":{{\"region\":\"r{tag}\",\"addressPrefixes\":[");
            json.AppendJoin(',', prefixes.Where((_, i) => i % 50 == tag).Select(prefix => $"\"{prefix.First}/{prefix.Length}\""));
            json.Append("]}}");
        }

        return ServiceTagFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json.Append("]}").ToString())), "bench");
    }
}
