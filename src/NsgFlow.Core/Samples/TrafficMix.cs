using System.Collections.Generic;

namespace NsgFlow.Samples;

/// <summary>Kinds of traffic by weight, and how the sessions of a scenario are shared out.</summary>
internal sealed class TrafficMix
{
    private readonly TrafficKind[] _table;

    private TrafficMix(params (TrafficKind Kind, int Weight)[] parts)
    {
        var table = new List<TrafficKind>();
        foreach (var (kind, weight) in parts)
        {
            for (var i = 0; i < weight; i++)
            {
                table.Add(kind);
            }
        }

        _table = [.. table];
    }

    /// <summary>Sessions come in one minute of six (on average), all at once.</summary>
    public bool InBursts { get; private init; }

    /// <summary>How many of 100 tuples are of traffic between the sample's own network interfaces.</summary>
    public int SharedPercent { get; private init; }

    /// <summary>The mix for what one network interface has to itself.</summary>
    public static TrafficMix Own(FlowSampleScenario scenario) => scenario switch
    {
        FlowSampleScenario.Aks => new(
            (TrafficKinds.Web, 30), (TrafficKinds.WebV6, 3), (TrafficKinds.Registry, 16), (TrafficKinds.ApiServer, 30),
            (TrafficKinds.WireServer, 10), (TrafficKinds.Dns, 40), (TrafficKinds.Ntp, 2), (TrafficKinds.Probe, 30),
            (TrafficKinds.Kubelet, 20), (TrafficKinds.Ingress, 30), (TrafficKinds.Scan, 4)) { SharedPercent = 30 },
        FlowSampleScenario.Scan => new(
            (TrafficKinds.Scan, 120), (TrafficKinds.UdpScan, 20), (TrafficKinds.Sweep, 70), (TrafficKinds.Rdp, 30),
            (TrafficKinds.Web, 10), (TrafficKinds.WireServer, 2), (TrafficKinds.Ntp, 1)),
        FlowSampleScenario.Conversation => new(
            (TrafficKinds.Neighbour, 20), (TrafficKinds.Web, 10), (TrafficKinds.Dns, 5), (TrafficKinds.Scan, 2)) { SharedPercent = 80 },
        FlowSampleScenario.Quiet => new(
            (TrafficKinds.Dns, 20), (TrafficKinds.WireServer, 20), (TrafficKinds.Ntp, 1), (TrafficKinds.Web, 4),
            (TrafficKinds.Scan, 6)) { InBursts = true },
        _ => new(
            (TrafficKinds.Web, 60), (TrafficKinds.WebV6, 4), (TrafficKinds.Registry, 8), (TrafficKinds.ApiServer, 12),
            (TrafficKinds.WireServer, 10), (TrafficKinds.Dns, 24), (TrafficKinds.Ntp, 3), (TrafficKinds.Probe, 14),
            (TrafficKinds.Kubelet, 8), (TrafficKinds.Neighbour, 6), (TrafficKinds.OnPremises, 4), (TrafficKinds.Ingress, 16),
            (TrafficKinds.Ssh, 1), (TrafficKinds.Scan, 40), (TrafficKinds.UdpScan, 4), (TrafficKinds.Sweep, 12),
            (TrafficKinds.Rdp, 6), (TrafficKinds.Smtp, 2)) { SharedPercent = 20 },
    };

    /// <summary>The mix for traffic between two of the sample's network interfaces.</summary>
    public static TrafficMix Shared() => new(
        (TrafficKinds.PodWeb, 50), (TrafficKinds.PodDns, 30), (TrafficKinds.PodDatabase, 8), (TrafficKinds.NodeKubelet, 12));

    public TrafficKind Pick(SampleRandom random) => _table[random.Next(_table.Length)];

    /// <summary>Sessions to begin in a minute, in 65536ths, for so many hundredths of a tuple a minute.</summary>
    public long SessionsPerMinute(long hundredths, FlowSampleFormat format)
    {
        long tuples = 0;
        foreach (var kind in _table)
        {
            tuples += kind.AverageTuples(format);
        }

        return hundredths * 65536 / 100 * 2048 * _table.Length / tuples;
    }
}
