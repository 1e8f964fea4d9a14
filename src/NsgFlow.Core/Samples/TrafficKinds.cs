namespace NsgFlow.Samples;

/// <summary>The kinds of traffic that scenarios are mixed from.</summary>
internal static class TrafficKinds
{
    private static readonly ushort[] _https = [443];
    private static readonly ushort[] _web = [443, 443, 443, 443, 443, 443, 443, 80];
    private static readonly ushort[] _dns = [53];
    private static readonly ushort[] _any = [];

    public static TrafficKind Web { get; } = new()
    {
        Far = AddressPool.Services, Rule = SampleRule.InternetOut, Ports = _web,
        Long = 40, MostContinues = 6, SentBits = 5, ReceivedBits = 7,
    };

    public static TrafficKind WebV6 { get; } = new()
    {
        Far = AddressPool.ServicesV6, V6 = true, Rule = SampleRule.InternetOut, Ports = _https,
        Long = 30, MostContinues = 3, ReceivedBits = 6,
    };

    public static TrafficKind Registry { get; } = new()
    {
        Far = AddressPool.Registries, NodeOnly = true, Rule = SampleRule.InternetOut, Ports = _https,
        Long = 20, MostContinues = 2, SentBits = 9, ReceivedBits = 15, SentSize = 60,
    };

    public static TrafficKind ApiServer { get; } = new()
    {
        Far = AddressPool.ApiServer, Rule = SampleRule.InternetOut, Ports = _https,
        Long = 400, MostContinues = 14, SentBits = 7, ReceivedBits = 8, ReceivedSize = 900,
    };

    public static TrafficKind WireServer { get; } = new()
    {
        Far = AddressPool.Platform, NodeOnly = true, ByPlatform = true, Rule = SampleRule.InternetOut, Ports = [80, 80, 32526],
        SentBits = 3, ReceivedBits = 3,
    };

    public static TrafficKind Dns { get; } = new()
    {
        Far = AddressPool.Platform, Udp = true, ByPlatform = true, Rule = SampleRule.InternetOut, Ports = _dns,
        SentBits = 1, ReceivedBits = 1, SentSize = 60, ReceivedSize = 250,
    };

    public static TrafficKind Ntp { get; } = new()
    {
        Far = AddressPool.TimeServers, NodeOnly = true, Udp = true, SamePort = true, Rule = SampleRule.InternetOut, Ports = [123],
        Long = 700, MostContinues = 12, SentBits = 2, ReceivedBits = 2, SentSize = 40, ReceivedSize = 40,
    };

    public static TrafficKind Probe { get; } = new()
    {
        Inbound = true, Far = AddressPool.Platform, NodeOnly = true, ByPlatform = true, Rule = SampleRule.LoadBalancerIn,
        Ports = [10256, 30080, 31443],
        SentBits = 3, ReceivedBits = 3, SentSize = 60, ReceivedSize = 120,
    };

    public static TrafficKind Kubelet { get; } = new()
    {
        Inbound = true, Far = AddressPool.Neighbours, NodeOnly = true, Rule = SampleRule.VnetIn, Ports = [10250],
        Long = 120, MostContinues = 12, SentBits = 4, ReceivedBits = 7,
    };

    public static TrafficKind Neighbour { get; } = new()
    {
        Far = AddressPool.Neighbours, Rule = SampleRule.VnetOut, Ports = [443, 8080, 5432],
        Long = 60, MostContinues = 6, SentBits = 5, ReceivedBits = 6,
    };

    public static TrafficKind OnPremises { get; } = new()
    {
        Far = AddressPool.OnPremises, Rule = SampleRule.VnetOut, Ports = [1433, 443, 445],
        Long = 80, MostContinues = 8, SentBits = 5, ReceivedBits = 7,
    };

    public static TrafficKind Ingress { get; } = new()
    {
        Inbound = true, Far = AddressPool.Clients, NodeOnly = true, Rule = SampleRule.Ingress, Ports = _web,
        Long = 10, MostContinues = 2, SentBits = 4, ReceivedBits = 7,
    };

    public static TrafficKind Ssh { get; } = new()
    {
        Inbound = true, Far = AddressPool.Office, NodeOnly = true, Rule = SampleRule.Ssh, Ports = [22],
        Long = 500, MostContinues = 6, SentBits = 8, ReceivedBits = 8, SentSize = 40, ReceivedSize = 200,
    };

    public static TrafficKind Scan { get; } = new()
    {
        Inbound = true, Denied = true, Far = AddressPool.Scanners, NodeOnly = true, Rule = SampleRule.DenyAllIn, Ports = _any,
    };

    public static TrafficKind UdpScan { get; } = new()
    {
        Inbound = true, Denied = true, Udp = true, Far = AddressPool.Scanners, NodeOnly = true, Rule = SampleRule.DenyAllIn,
        Ports = [53, 123, 161, 389, 1900, 5060, 11211],
    };

    public static TrafficKind Sweep { get; } = new()
    {
        Inbound = true, Denied = true, Sweep = true, Far = AddressPool.Scanners, NodeOnly = true, Rule = SampleRule.DenyAllIn, Ports = _any,
    };

    public static TrafficKind Rdp { get; } = new()
    {
        Inbound = true, Denied = true, Far = AddressPool.Scanners, NodeOnly = true, Rule = SampleRule.DenyRdp, Ports = [3389],
    };

    public static TrafficKind Smtp { get; } = new()
    {
        Denied = true, Far = AddressPool.Services, Rule = SampleRule.DenySmtp, Ports = [25, 25, 587],
    };

    /// <summary>Traffic between the sample's own network interfaces, as the opening side logs it; the other side logs it inbound.</summary>
    public static TrafficKind PodWeb { get; } = new()
    {
        Rule = SampleRule.VnetOut, Ports = [8080, 8080, 443, 9090],
        Long = 60, MostContinues = 8, SentBits = 5, ReceivedBits = 7,
    };

    public static TrafficKind PodDns { get; } = new()
    {
        Udp = true, Rule = SampleRule.VnetOut, Ports = _dns,
        SentBits = 1, ReceivedBits = 1, SentSize = 60, ReceivedSize = 250,
    };

    public static TrafficKind PodDatabase { get; } = new()
    {
        Rule = SampleRule.VnetOut, Ports = [5432, 6379],
        Long = 500, MostContinues = 14, SentBits = 9, ReceivedBits = 10, ReceivedSize = 700,
    };

    public static TrafficKind NodeKubelet { get; } = new()
    {
        NodeOnly = true, Rule = SampleRule.VnetOut, Ports = [10250, 6443],
        Long = 120, MostContinues = 12, SentBits = 4, ReceivedBits = 7,
    };
}
