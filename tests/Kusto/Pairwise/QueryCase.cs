using System;
using System.Collections.Generic;
using NsgFlow.Filtering;
using NsgFlow.Query;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>A combination of parameters of the cmdlets that ask a workspace.</summary>
internal sealed class QueryCase
{
    public static readonly DateTime Now = new(2026, 11, 23, 14, 0, 0, DateTimeKind.Utc);

    public IReadOnlyList<TrafficAnalyticsTable> Tables { get; set; } = [];

    public IReadOnlyList<FlowType> FlowTypes { get; set; } = [];

    public bool IsMalicious { get; set; }

    public DateTime? Start { get; set; }

    public DateTime? End { get; set; }

    public AddressSet? Address { get; set; }

    public AddressSet? SourceAddress { get; set; }

    public AddressSet? DestinationAddress { get; set; }

    public AddressSet? ExcludeAddress { get; set; }

    public PortSet? Port { get; set; }

    public PortSet? DestinationPort { get; set; }

    public PortSet? ExcludePort { get; set; }

    public ProtocolSet? Protocol { get; set; }

    public IReadOnlyList<FlowDirection> Direction { get; set; } = [];

    public IReadOnlyList<FlowDecision> Decision { get; set; } = [];

    public RuleSet? Rule { get; set; }

    public RuleSet? ExcludeRule { get; set; }

    public MacSet? MacAddress { get; set; }

    public EncryptionSet? Encryption { get; set; }

    public long? MinBytes { get; set; }

    public IReadOnlyList<string> Nsg { get; set; } = [];

    public IReadOnlyList<string> VirtualNetwork { get; set; } = [];

    public IReadOnlyList<string> Subnet { get; set; } = [];

    public IReadOnlyList<string> NetworkInterface { get; set; } = [];

    public IReadOnlyList<string> ResourceId { get; set; } = [];

    public IReadOnlyList<string> ResourceGroup { get; set; } = [];

    public IReadOnlyList<string> SubscriptionId { get; set; } = [];

    public IReadOnlyList<ScopeResources> Resources { get; set; } = [];

    /// <summary>As the cmdlets hand it to Core.</summary>
    public AnalyticsQuestion ToQuestion() => new()
    {
        Now = Now,
        Tables = Tables,
        FlowTypes = FlowTypes,
        IsMalicious = IsMalicious,
        Filter = new FlowFilter
        {
            Start = Start,
            End = End,
            Address = Address,
            SourceAddress = SourceAddress,
            DestinationAddress = DestinationAddress,
            ExcludeAddress = ExcludeAddress,
            Port = Port,
            DestinationPort = DestinationPort,
            ExcludePort = ExcludePort,
            Protocol = Protocol,
            Direction = Direction,
            Decision = Decision,
            Rule = Rule,
            ExcludeRule = ExcludeRule,
            MacAddress = MacAddress,
            Encryption = Encryption,
            MinBytes = MinBytes,
            Scope = new FlowScope
            {
                Nsg = Nsg,
                VirtualNetwork = VirtualNetwork,
                Subnet = Subnet,
                NetworkInterface = NetworkInterface,
                ResourceId = ResourceId,
                ResourceGroup = ResourceGroup,
                SubscriptionId = SubscriptionId,
                Resources = Resources,
            },
        },
    };
}
