using System;
using System.Collections.Generic;

namespace NsgFlow.Samples;

/// <summary>One network interface: its traffic in, its blobs out, hour after hour.</summary>
internal sealed class SampleNic
{
    private const int MinutesPerHour = 60;
    private const int MillisecondsPerMinute = 60_000;

    private readonly SampleNames _names;
    private readonly SampleCounter _counter;
    private readonly TupleWriter _tuples;
    private readonly EntryWriter _entries;
    private readonly SampleRandom _random;
    private readonly IReadOnlyList<SampleTraffic> _traffic;
    private readonly DateTime _start;
    private readonly bool _platformRule;
    private readonly long _end;
    private readonly int _cut;
    private readonly long _delay;
    private readonly ByteBuffer[] _groups = new ByteBuffer[SampleRules.Count];
    private readonly ByteBuffer _block = new();
    private ulong[] _order = new ulong[256];

    public SampleNic(SampleRun run, int nic, Guid flowLogGuid, IReadOnlyList<SampleTraffic> traffic)
    {
        var options = run.Options;
        _names = run.Names;
        _counter = run.Counter;
        _tuples = run.Tuples;
        _traffic = traffic;
        _start = options.StartUtc;
        _end = run.End;
        _platformRule = options.Format == FlowSampleFormat.VNet4;
        _random = new SampleRandom(options.Seed, SampleRandomUse.Nic, nic);
        Mac = SampleNames.Mac(options.Seed, nic);
        _entries = EntryWriter.Create(options.Format, _names, Mac, SampleNames.NewGuid(_random), flowLogGuid, alphabetical: nic % 2 == 1);

        // Azure writes an entry every 60 seconds at a second of the minute that is the network interface's own, 1.7 to 2.7
        // seconds after the last tuple it takes. So the first entry of an hour has tuples of the hour before.
        _cut = SampleRun.LeastCut + _random.Next(SampleRun.CutRange);
        _delay = 17_000_000 + _random.Next(10_000_000);
        for (var i = 0; i < _groups.Length; i++)
        {
            _groups[i] = new ByteBuffer();
        }
    }

    public string Mac { get; }

    /// <summary>Writes the blob of an hour; hours must come in order, each once.</summary>
    /// <returns>Its name; null when there was no traffic, hence no blob.</returns>
    public string? WriteHour(int hour, ISampleSink sink, Action checkStop)
    {
        string? name = null;
        for (var minute = hour * MinutesPerHour; minute < (hour + 1) * MinutesPerHour; minute++)
        {
            checkStop();
            var count = Simulate(minute);
            var index = 0;
            for (; index < count && (int)(_order[index] >> 40) < _cut; index++)
            {
                WriteTuple(_order[index]);
            }

            if (TryWriteEntry(minute, isFirst: name is null))
            {
                if (name is null)
                {
                    name = _names.Blob(_start.AddHours(hour), Mac);
                    sink.Open(_names.Container, name);
                    Emit(sink, SampleBlocks.HeadId, SampleBlocks.Head, SampleBlocks.Head.Length);
                }

                Emit(sink, SampleBlocks.DataId(minute % MinutesPerHour), _block.Bytes, _block.Length);
            }

            // What is left waits for the next minute's entry.
            for (; index < count; index++)
            {
                WriteTuple(_order[index]);
            }

            foreach (var traffic in _traffic)
            {
                traffic.EndMinute();
            }
        }

        if (name is not null)
        {
            Emit(sink, SampleBlocks.TailId, SampleBlocks.Tail, SampleBlocks.Tail.Length);
            sink.Close();
            _counter.Blobs++;
        }

        return name;
    }

    private void Emit(ISampleSink sink, string id, byte[] bytes, int count)
    {
        sink.Block(id, bytes, count);
        _counter.BytesWritten += count;
    }

    /// <summary>Makes the minute's rows and puts them in order of time; rows of one session stay in the order they were made.</summary>
    private int Simulate(int minute)
    {
        var count = 0;
        for (var t = 0; t < _traffic.Count; t++)
        {
            var traffic = _traffic[t];
            traffic.Simulate(minute);
            if (_order.Length < count + traffic.RowCount)
            {
                Array.Resize(ref _order, Math.Max(_order.Length * 2, count + traffic.RowCount));
            }

            var start = (long)minute * MillisecondsPerMinute;
            for (var row = 0; row < traffic.RowCount; row++)
            {
                _order[count++] = ((ulong)(traffic.Row(row).Time - start) << 40) | ((ulong)t << 32) | (uint)row;
            }
        }

        Array.Sort(_order, 0, count);
        return count;
    }

    private void WriteTuple(ulong order)
    {
        var traffic = _traffic[(int)(order >> 32) & 0xFF];
        ref var row = ref traffic.Row((int)(uint)order);
        if (row.Time >= _end)
        {
            // Its entry would be the first of the hour after the sample.
            return;
        }

        ref var session = ref traffic.Session(row.Session);
        var kind = session.Kind;
        var rule = kind.ByPlatform && _platformRule ? SampleRule.Platform : traffic.Mirrored ? SampleRule.VnetIn : kind.Rule;
        _tuples.Write(_groups[(int)rule], row, session, inbound: kind.Inbound || traffic.Mirrored);
        _counter.Add(row, ref session, copy: traffic.Mirrored);
    }

    private bool TryWriteEntry(int minute, bool isFirst)
    {
        var any = false;
        foreach (var group in _groups)
        {
            any |= group.Length > 0;
        }

        if (!any)
        {
            return false;
        }

        _block.Clear();
        if (!isFirst)
        {
            _block.Append(",");
        }

        var ticks = (((long)minute * MillisecondsPerMinute) + _cut) * TimeSpan.TicksPerMillisecond;
        _entries.Write(_block, _start.AddTicks(ticks + _delay + _random.Next(20_000)), _groups, _random.Next(_groups.Length));
        _counter.Entries++;
        foreach (var group in _groups)
        {
            group.Clear();
        }

        return true;
    }
}
