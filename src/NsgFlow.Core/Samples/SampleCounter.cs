using System;
using System.Collections.Generic;

namespace NsgFlow.Samples;

/// <summary>Counts the truth, tuple by tuple, from the model's rows at the moment they are written.</summary>
internal sealed class SampleCounter
{
    private long _allowed;
    private long _denied;
    private long _begin;
    private long _continue;
    private long _end;
    private long _sessions;
    private long _headless;
    private long _duplicatedTuples;
    private long _duplicatedFlows;
    private long _duplicatedSent;
    private long _duplicatedReceived;
    private long _bytesSent;
    private long _bytesReceived;
    private long _packetsSent;
    private long _packetsReceived;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public int Blobs { get; set; }

    public long Entries { get; set; }

    public long BytesWritten { get; set; }

    /// <summary>Counts one tuple.</summary>
    /// <param name="row">The tuple.</param>
    /// <param name="session">Its session.</param>
    /// <param name="copy">Its other copy has been, or will be, written for the source's network interface.</param>
    public void Add(in SampleRow row, ref SampleSession session, bool copy)
    {
        _first = Math.Min(_first, row.Time);
        _last = Math.Max(_last, row.Time);
        var flows = Flows(row, ref session);
        _bytesSent += row.BytesSent;
        _bytesReceived += row.BytesReceived;
        _packetsSent += row.PacketsSent;
        _packetsReceived += row.PacketsReceived;
        if (copy)
        {
            _duplicatedTuples++;
            _duplicatedFlows += flows;
            _duplicatedSent += row.BytesSent;
            _duplicatedReceived += row.BytesReceived;
        }
    }

    /// <summary>Flows that the tuple is the first one of: 1 or 0.</summary>
    private int Flows(in SampleRow row, ref SampleSession session)
    {
        if (session.Kind.Denied)
        {
            _denied++;
            return 1;
        }

        _allowed++;
        switch (row.State)
        {
            case FlowState.Begin:
                _begin++;
                break;
            case FlowState.Continue:
                _continue++;
                break;
            case FlowState.End:
                _end++;
                break;
        }

        if (session.Seen)
        {
            return 0;
        }

        session.Seen = true;
        _sessions++;
        _headless += row.State is FlowState.Continue or FlowState.End ? 1 : 0;
        return 1;
    }

    public FlowSampleTruth ToTruth(FlowSampleOptions options, IReadOnlyList<string> macs, string? path)
    {
        var start = options.StartUtc;
        var resolution = options.Format == FlowSampleFormat.VNet4 ? 1 : 1000;
        return new FlowSampleTruth
        {
            Path = path,
            Seed = options.Seed,
            Format = options.Format,
            Scenario = options.Scenario,
            StartTime = start,
            EndTime = start.AddHours(options.Hours),
            MacAddresses = macs,
            Blobs = Blobs,
            Entries = Entries,
            Tuples = _allowed + _denied,
            AllowedTuples = _allowed,
            DeniedTuples = _denied,
            BeginTuples = _begin,
            ContinueTuples = _continue,
            EndTuples = _end,
            Flows = _sessions + _denied,
            Sessions = _sessions,
            HeadlessSessions = _headless,
            DuplicatedTuples = _duplicatedTuples,
            DuplicatedFlows = _duplicatedFlows,
            DuplicatedBytesSent = _duplicatedSent,
            DuplicatedBytesReceived = _duplicatedReceived,
            BytesSent = _bytesSent,
            BytesReceived = _bytesReceived,
            PacketsSent = _packetsSent,
            PacketsReceived = _packetsReceived,
            FirstTime = Time(_first),
            LastTime = Time(_last),
            BytesWritten = BytesWritten,
        };

        DateTime? Time(long milliseconds) => _allowed + _denied == 0
            ? null
            : start.AddTicks(milliseconds / resolution * resolution * TimeSpan.TicksPerMillisecond);
    }
}
