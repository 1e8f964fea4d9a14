using System;

namespace NsgFlow.Samples;

/// <summary>Draws sessions: endpoints, ports and length.</summary>
internal sealed class SessionMaker
{
    private const int NotShared = -1;

    /// <summary>What scans knock at; 80, 443 and 3389 are absent, for other rules decide on those.</summary>
    private static readonly ushort[] _usualTargets =
    [
        22, 22, 23, 23, 23, 445, 445, 1433, 2375, 3306, 5432, 5900, 6379, 8080, 8443, 8728, 9200, 27017,
    ];

    private readonly SampleAddresses _addresses;
    private readonly int _nic;
    private readonly int _other;
    private ushort _sweepPort;

    private SessionMaker(SampleAddresses addresses, int nic, int other)
    {
        _addresses = addresses;
        _nic = nic;
        _other = other;
    }

    /// <summary>Sessions of one network interface with the world.</summary>
    public static SessionMaker Own(SampleAddresses addresses, int nic) => new(addresses, nic, NotShared);

    /// <summary>Sessions that one of the sample's network interfaces opens to another.</summary>
    public static SessionMaker Shared(SampleAddresses addresses, int nic, int other) => new(addresses, nic, other);

    /// <param name="kind">The kind of traffic.</param>
    /// <param name="random">The numbers to draw from.</param>
    /// <param name="begin">When it begins.</param>
    /// <param name="anyPort">Draw a source port even where the kind has a fixed one.</param>
    public SampleSession Make(TrafficKind kind, SampleRandom random, long begin, bool anyPort)
    {
        var nearIndex = kind.V6 ? SampleAddresses.V4PerNic : kind.NodeOnly ? 0 : random.Next(SampleAddresses.V4PerNic);
        var near = SampleAddresses.OfNic(_nic, nearIndex);
        var far = Far(kind, random);
        var servicePort = ServicePort(kind, random);
        var clientPort = kind.SamePort && !anyPort ? servicePort
            : kind.Inbound ? (ushort)(1024 + random.Next(64512))
            : (ushort)(32768 + random.Next(28232));
        var end = begin + Length(kind, random);
        return new SampleSession
        {
            Kind = kind,
            Begin = begin,
            End = end,
            Next = Math.Min(begin + 300_000, end),

            // Scattered, or half of the bits would cancel out in the hash that .NET makes of a long number.
            Key = SampleRandom.Mix((uint)nearIndex | ((ulong)(uint)far << 5) | ((ulong)clientPort << 25)
                | ((ulong)servicePort << 41) | (kind.Udp ? 1UL << 57 : 0) | (kind.Inbound ? 1UL << 58 : 0)),
            Source = kind.Inbound ? far : near,
            Destination = kind.Inbound ? near : far,
            SourcePort = clientPort,
            DestinationPort = servicePort,

            // Only traffic inside a virtual network can be encrypted by it.
            Encrypted = random.Next(4) == 0 && kind.Rule is SampleRule.VnetIn or SampleRule.VnetOut && kind.Far != AddressPool.OnPremises,
        };
    }

    private static long Length(TrafficKind kind, SampleRandom random) => random.Next(1024) < kind.Long
        ? ((1 + random.Next(kind.MostContinues)) * 300_000L) + 1 + random.Next(299_999)
        : random.Skewed(18);

    private int Far(TrafficKind kind, SampleRandom random) => _other != NotShared
        ? SampleAddresses.OfNic(_other, kind.NodeOnly ? 0 : random.Next(SampleAddresses.V4PerNic))
        : kind.Sweep ? _addresses.First(kind.Far)
        : _addresses.Pick(kind.Far, random);

    private ushort ServicePort(TrafficKind kind, SampleRandom random)
    {
        if (kind.Ports.Length > 0)
        {
            return kind.Ports[random.Next(kind.Ports.Length)];
        }

        if (!kind.Sweep && random.Next(2) == 0)
        {
            return _usualTargets[random.Next(_usualTargets.Length)];
        }

        var port = kind.Sweep ? ++_sweepPort : (ushort)(1 + random.Next(65535));
        return port is 0 or 80 or 443 or 3389 ? (ushort)8080 : port;
    }
}
