using System;
using System.Linq;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>What reading allocates does not grow with the number of tuples.</summary>
public class AllocationTests
{
    private const int Entries = 20;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public void Reading_allocates_nothing_for_a_tuple(int version, bool buffered) => AssertSameForMoreTuples(buffered, tuples => Input(version, tuples));

    [Theory]
    [InlineData(2, "NEWPROTO,O,A,B,,,,")]
    [InlineData(4, "6,O,B,NX_NEW,0,0,0,0")]
    public void A_tuple_with_an_unknown_code_allocates_nothing_either(int version, string end) =>
        AssertSameForMoreTuples(buffered: false, tuples => Input(version, _ => "1542110400,10.0.0.4,10.0.0.5,1,443," + end, tuples));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void More_entries_cost_a_little_each(int version)
    {
        var one = Input(version, tuplesOfEntry: 1_000);
        var ten = Enumerable.Repeat(one, 10).SelectMany(b => b).ToArray();
        var difference = Allocated(ten, buffered: false) - Allocated(one, buffered: false);
        Assert.True(difference / (9 * Entries) < 4_000, $"{difference / (9 * Entries)} bytes for an entry of 1,000 tuples.");
    }

    private static long Allocated(byte[] input, bool buffered) => Allocation.Of(() => Read(input, buffered));

    private static void Read(byte[] input, bool buffered)
    {
        var sink = new CountingSink();
        var reader = new FlowLogReader(sink);
        if (buffered)
        {
            for (var at = 0; at < input.Length;)
            {
                var buffer = reader.GetBuffer();
                var length = Math.Min(buffer.Length, input.Length - at);
                input.AsSpan(at, length).CopyTo(buffer);
                reader.Advance(length);
                at += length;
            }
        }
        else
        {
            for (var at = 0; at < input.Length; at += 65_536)
                reader.Write(input.AsSpan(at, Math.Min(65_536, input.Length - at)));
        }

        reader.Complete();
        Assert.Equal(0, reader.Counts.Issues);
        Assert.Equal(reader.Counts.Tuples, sink.Tuples);
    }

    /// <summary>Ten times the tuples in as many entries: allocations may differ by a little, not by bytes for each tuple.</summary>
    private static void AssertSameForMoreTuples(bool buffered, Func<int, byte[]> input)
    {
        var few = input(1_000);
        var many = input(11_000);
        var small = Allocated(few, buffered);
        var large = Allocated(many, buffered);
        Assert.True(large - small < 64 * 1024, $"{small} bytes for {Entries * 1_000} tuples, {large} for {Entries * 11_000}.");
    }

    private static byte[] Input(int version, int tuplesOfEntry)
    {
        var tuple = new RandomTuple(new TestRandom(3), odd: false);
        var some = Enumerable.Range(0, 1000).Select(_ => tuple.Next(version)).ToArray();
        return Input(version, i => some[i % some.Length], tuplesOfEntry);
    }

    /// <summary>A first entry that makes the reader's tables as large as they get, then the entries in question.</summary>
    private static byte[] Input(int version, Func<int, string> tuple, int tuplesOfEntry)
    {
        var entries = Enumerable.Range(-1, Entries + 1).Select(entry =>
        {
            var tuples = Enumerable.Range(0, entry < 0 ? 11_000 : tuplesOfEntry).Select(tuple).ToArray();
            return version == 4 ? Texts.VnetEntry(Texts.AclId, "UserRule_web", tuples) : Texts.NsgEntry(version, "UserRule_web", tuples);
        });
        return Reading.Utf8(Texts.Records(entries.ToArray()));
    }

    private sealed class CountingSink : IFlowSink
    {
        public long Tuples { get; private set; }

        public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples) => Tuples += tuples.Length;

        public void Report(FlowIssue issue)
        {
        }
    }
}
