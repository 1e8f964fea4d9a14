using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace NsgFlow.Bench.Micro;

/// <summary>What joining a record into its session costs: three records a session, 20,000 sessions open.</summary>
[MemoryDiagnoser]
[BenchmarkCategory("Session")]
public class SessionBenchmarks
{
    private const int Sessions = 500_000;
    private const int Apart = 10_000;
    private const int Records = 3 * Sessions;
    private FlowRecord[] _records = [];
    private long _finished;

    [GlobalSetup]
    public void Make()
    {
        var records = new List<FlowRecord>(Records);
        var group = new FlowGroup { Entry = new FlowEntry { Kind = FlowLogKind.Nsg, FormatVersion = 2 }, MacAddress = "000D3AF87856", Rule = "web" };
        for (var step = 0; step < Sessions + (2 * Apart); step++)
        {
            // A thousand sessions a second, each with an update after ten and an end after twenty.
            Add(step, step, FlowState.Begin);
            Add(step, step - Apart, FlowState.Continue);
            Add(step, step - (2 * Apart), FlowState.End);
        }

        _records = [.. records];

        void Add(int step, int session, FlowState state)
        {
            if (session is < 0 or >= Sessions)
                return;
            var counted = state == FlowState.Begin ? FlowTuple.NotRecorded : 1500;
            var tuple = new FlowTuple
            {
                UnixMilliseconds = 1_700_000_000_000 + step,
                Source = new FlowAddress(0x0A000000u + (uint)(session & 0xFF)),
                Destination = new FlowAddress(0x34000000u + (uint)(session >> 8)),
                SourcePort = (ushort)(32768 + (session & 0x7FFF)),
                DestinationPort = 443,
                ProtocolCode = 6,
                State = state,
                PacketsSent = counted,
                BytesSent = counted,
                PacketsReceived = counted,
                BytesReceived = counted,
            };
            records.Add(new FlowRecord(in tuple, group));
        }
    }

    [Benchmark(Description = "join a record into its session", OperationsPerInvoke = Records)]
    public long Join()
    {
        var joiner = new SessionJoiner(_ => _finished++);
        foreach (var record in _records)
            joiner.Add(record);
        joiner.Complete();
        return _finished;
    }
}
