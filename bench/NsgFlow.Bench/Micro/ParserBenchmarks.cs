using System;
using BenchmarkDotNet.Attributes;
using NsgFlow.Bench.Data;
using NsgFlow.Filtering;
using NsgFlow.Parsing;

namespace NsgFlow.Bench.Micro;

/// <summary>Bytes in memory to tuples, by format; an operation is one tuple.</summary>
[MemoryDiagnoser]
[BenchmarkCategory("Parser")]
public class ParserBenchmarks
{
    private readonly TupleCounter _sink = new();
    private byte[] _log = [];

    [Params(LogFormat.Nsg2, LogFormat.Nsg1, LogFormat.VNet4)]
    public LogFormat Format { get; set; }

    [GlobalSetup]
    public void Make() => _log = BenchData.InMemory(Format);

    [Benchmark(Description = "every tuple", OperationsPerInvoke = BenchData.Tuples)]
    public long Parse() => _sink.Read(_log, FlowFilter.Everything);
}

/// <summary>The same with filters; what does not pass costs no more than its parsing.</summary>
[MemoryDiagnoser]
[BenchmarkCategory("Filter")]
public class FilterBenchmarks
{
    private readonly TupleCounter _sink = new();
    private readonly FlowFilter _denied = new() { Decision = [FlowDecision.Deny] };
    private readonly FlowFilter _ports = new() { DestinationPort = PortSet.Parse(["22", "3389", "8000-8999"]) };
    private readonly FlowFilter _addresses = new() { Address = AddressSetBenchmarks.MakeSet(5000) };
    private byte[] _log = [];

    [GlobalSetup]
    public void Make() => _log = BenchData.InMemory(LogFormat.Nsg2);

    [Benchmark(Description = "-Decision Deny (1 in 5)", OperationsPerInvoke = BenchData.Tuples)]
    public long Denied() => _sink.Read(_log, _denied);

    [Benchmark(Description = "-DestinationPort, 3 ranges", OperationsPerInvoke = BenchData.Tuples)]
    public long Ports() => _sink.Read(_log, _ports);

    [Benchmark(Description = "-Address, 5,000 prefixes", OperationsPerInvoke = BenchData.Tuples)]
    public long Addresses() => _sink.Read(_log, _addresses);
}

/// <summary>A sink that does next to nothing.</summary>
internal sealed class TupleCounter : IFlowSink
{
    private long _count;

    public long Read(byte[] log, FlowFilter filter)
    {
        _count = 0;
        var reader = new FlowLogReader(this, filter);
        reader.Write(log);
        reader.Complete();
        return _count;
    }

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples) => _count += tuples.Length;

    public void Report(FlowIssue issue) => throw new InvalidOperationException("A made file has no damage, but: " + issue.Reason);
}
