using System;
using BenchmarkDotNet.Attributes;
using NsgFlow.Bench.Data;
using NsgFlow.Parsing;

namespace NsgFlow.Bench.Micro;

/// <summary>What an object for each tuple costs, and its text.</summary>
[MemoryDiagnoser]
[BenchmarkCategory("Record")]
public class RecordBenchmarks
{
    private readonly Collector _sink = new();
    private readonly FlowGroup _group = new() { Entry = new FlowEntry() };
    private readonly FlowTuple _tuple = new() { Source = new FlowAddress(0x0AF00001), Destination = new FlowAddress(0x34EF1121) };
    private byte[] _log = [];

    [GlobalSetup]
    public void Make() => _log = BenchData.InMemory(LogFormat.Nsg2);

    [Benchmark(Description = "new FlowRecord")]
    public FlowRecord Create() => new(in _tuple, _group);

    [Benchmark(Description = "parse and new FlowRecord", OperationsPerInvoke = BenchData.Tuples)]
    public int ParseAndCreate() => _sink.Read(_log);

    [Benchmark(Description = "SourceAddress as text")]
    public string Text() => new FlowRecord(in _tuple, _group).SourceAddress;

    /// <summary>Keeps a batch of records alive, as the cmdlet's queue does.</summary>
    private sealed class Collector : IFlowSink
    {
        private readonly FlowRecord[] _records = new FlowRecord[4096];
        private int _count;

        public int Read(byte[] log)
        {
            var reader = new FlowLogReader(this);
            reader.Write(log);
            reader.Complete();
            return _count;
        }

        public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
        {
            foreach (ref readonly var tuple in tuples)
                _records[_count++ & 4095] = new FlowRecord(in tuple, group);
        }

        public void Report(FlowIssue issue) => throw new InvalidOperationException("A made file has no damage, but: " + issue.Reason);
    }
}
