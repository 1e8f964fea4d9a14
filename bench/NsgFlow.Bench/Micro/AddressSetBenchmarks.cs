using System;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Attributes;
using NsgFlow.Bench.Data;
using NsgFlow.Filtering;

namespace NsgFlow.Bench.Micro;

/// <summary>Is an address in a set? An operation is one lookup, over the addresses of a log in random order.</summary>
[MemoryDiagnoser]
[BenchmarkCategory("AddressSet")]
public class AddressSetBenchmarks
{
    private const int Lookups = 4096;

    private FlowAddress[] _addresses = [];
    private AddressSet _set = MakeSet(1);

    [Params(1, 100, 5000)]
    public int Prefixes { get; set; }

    [GlobalSetup]
    public void Make()
    {
        var random = new LogRandom(7);
        var sources = new LogMaker(LogFormat.Nsg2).Sources().ToArray();
        _addresses = [.. Enumerable.Range(0, Lookups).Select(_ => sources[random.Below(sources.Length)])];
        _set = MakeSet(Prefixes);
    }

    [Benchmark(Description = "AddressSet.Contains", OperationsPerInvoke = Lookups)]
    public int Contains()
    {
        var hits = 0;
        foreach (ref readonly var address in _addresses.AsSpan())
            hits += _set.Contains(in address) ? 1 : 0;
        return hits;
    }

    /// <summary>Prefixes of mixed length over the space that the addresses of a log lie in.</summary>
    internal static AddressSet MakeSet(int prefixes)
    {
        var random = new LogRandom(11);
        return AddressSet.Parse(Enumerable.Range(0, prefixes).Select(_ => string.Create(
            CultureInfo.InvariantCulture,
            $"{10 + random.Below(190)}.{random.Below(256)}.{random.Below(256)}.0/{24 + random.Below(9)}")));
    }
}
