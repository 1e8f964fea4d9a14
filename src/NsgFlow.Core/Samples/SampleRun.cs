using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace NsgFlow.Samples;

/// <summary>One making of a sample: the model of all network interfaces, and the truth as far as it is written.</summary>
internal sealed class SampleRun
{
    /// <summary>Where in its minute a network interface's entry ends, in milliseconds: from here …</summary>
    public const int LeastCut = 8_000;

    /// <summary>… and so many milliseconds on.</summary>
    public const int CutRange = 48_000;

    private readonly List<SampleNic> _nics = [];

    public SampleRun(FlowSampleOptions options)
    {
        options.Validate();
        Options = options;
        Names = new SampleNames(options);
        var addresses = new SampleAddresses(options.Seed, options.Nic);
        Tuples = new TupleWriter(addresses, options.Format, UnixTime.FromDateTime(options.StartUtc));

        // The last entries of all network interfaces end at the same moment, so that no copy of a tuple lacks its other.
        End = ((((long)options.Hours * 60) - 1) * 60_000) + LeastCut;

        var guid = SampleNames.NewGuid(new SampleRandom(options.Seed, SampleRandomUse.Guids));
        for (var nic = 0; nic < options.Nic; nic++)
        {
            _nics.Add(new SampleNic(this, nic, guid, Traffic(addresses, nic)));
        }

        MacAddresses = Macs(options);
    }

    public FlowSampleOptions Options { get; }

    public SampleNames Names { get; }

    public TupleWriter Tuples { get; }

    public SampleCounter Counter { get; } = new();

    public IReadOnlyList<string> MacAddresses { get; }

    /// <summary>Tuples from this time on, in milliseconds since the start, belong to the hour after the sample.</summary>
    public long End { get; }

    /// <summary>MACs of all network interfaces.</summary>
    public static IReadOnlyList<string> Macs(FlowSampleOptions options) =>
        Enumerable.Range(0, options.Nic).Select(nic => SampleNames.Mac(options.Seed, nic)).ToList().AsReadOnly();

    /// <summary>Writes all blobs, one at each step, in order of hour and network interface.</summary>
    /// <returns>The name of each, or null where an hour had no traffic.</returns>
    public IEnumerable<string?> Write(ISampleSink sink, CancellationToken cancellation)
    {
        for (var hour = 0; hour < Options.Hours; hour++)
        {
            foreach (var nic in _nics)
            {
                yield return nic.WriteHour(hour, sink, cancellation.ThrowIfCancellationRequested);
            }
        }
    }

    public FlowSampleTruth ToTruth(string? path) => Counter.ToTruth(Options, MacAddresses, path);

    /// <summary>
    /// What a network interface logs: its own traffic, sessions it opens to the next network interface, and sessions that the
    /// one before opens to it. Each of the latter two gets half of what is shared.
    /// </summary>
    private List<SampleTraffic> Traffic(SampleAddresses addresses, int nic)
    {
        var mix = TrafficMix.Own(Options.Scenario);
        var shared = Options.Nic > 1 ? mix.SharedPercent : 0;
        var own = new SampleRandom(Options.Seed, SampleRandomUse.OwnTraffic, nic);
        var traffic = new List<SampleTraffic>
        {
            new(mix, SessionMaker.Own(addresses, nic), own, (long)Options.TuplesPerMinute * (100 - shared), Options.Format),
        };
        if (shared > 0)
        {
            traffic.Add(Between(nic, mirrored: false));
            traffic.Add(Between((nic + Options.Nic - 1) % Options.Nic, mirrored: true));
        }

        return traffic;

        SampleTraffic Between(int from, bool mirrored) => new(
            TrafficMix.Shared(),
            SessionMaker.Shared(addresses, from, (from + 1) % Options.Nic),
            new SampleRandom(Options.Seed, SampleRandomUse.SharedTraffic, from),
            (long)Options.TuplesPerMinute * shared / 2,
            Options.Format)
        {
            Mirrored = mirrored,
        };
    }
}
