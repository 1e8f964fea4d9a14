namespace NsgFlow.Samples;

/// <summary>One kind of traffic: who talks to whom, how long, how much.</summary>
internal sealed class TrafficKind
{
    /// <summary>Logged as inbound at the network interface that the kind belongs to.</summary>
    public bool Inbound { get; init; }

    public bool Denied { get; init; }

    public bool Udp { get; init; }

    /// <summary>The far end of the conversation; not used by traffic between the sample's network interfaces.</summary>
    public AddressPool Far { get; init; }

    /// <summary>Only the node's own address, not the pods', takes part.</summary>
    public bool NodeOnly { get; init; }

    /// <summary>The near end uses its IPv6 address.</summary>
    public bool V6 { get; init; }

    public required SampleRule Rule { get; init; }

    /// <summary>The platform lets it pass before any rule: <c>PlatformRule</c> in VNet flow logs.</summary>
    public bool ByPlatform { get; init; }

    /// <summary>Destination ports; an empty list means any port, the usual targets of scans more often.</summary>
    public required ushort[] Ports { get; init; }

    /// <summary>One source walks through all ports in turn.</summary>
    public bool Sweep { get; init; }

    /// <summary>The source port is the destination port (NTP), as long as that five-tuple is free.</summary>
    public bool SamePort { get; init; }

    /// <summary>How many of 1024 sessions last five minutes or more, and so get Continue tuples.</summary>
    public int Long { get; init; }

    /// <summary>The most Continue tuples.</summary>
    public int MostContinues { get; init; } = 1;

    /// <summary>Packets of one tuple: at most 2 to this power, each way.</summary>
    public int SentBits { get; init; } = 4;

    public int ReceivedBits { get; init; } = 4;

    /// <summary>Payload of a packet: on average at most so many bytes, each way.</summary>
    public int SentSize { get; init; } = 300;

    public int ReceivedSize { get; init; } = 1400;

    /// <summary>
    /// NSG logs record an inbound TCP flow by the user's own rule as stateless: a Begin, and nothing more ever.
    /// VNet flow logs record its end.
    /// </summary>
    public bool IsStatelessInNsg => Inbound && !Denied && !Udp && Rule is SampleRule.Ingress or SampleRule.Ssh;

    /// <summary>Tuples that a session writes on average, in 2048ths.</summary>
    public int AverageTuples(FlowSampleFormat format)
    {
        const int One = 2048;
        if (Denied)
        {
            // One of eight is tried again.
            return One + (One / 8);
        }

        return format == FlowSampleFormat.Nsg1 || (format == FlowSampleFormat.Nsg2 && IsStatelessInNsg)
            ? One
            : (2 * One) + (Long * (1 + MostContinues));
    }
}
