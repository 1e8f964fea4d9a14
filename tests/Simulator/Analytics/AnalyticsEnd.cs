namespace NsgFlow.Simulator;

internal enum AnalyticsEndKind
{
    /// <summary>Not known, and neither private nor public: reserved, or a public address of the customer's that leads nowhere.</summary>
    Unknown,
    VirtualNetwork,
    PointToSite,
    Site,
    AzurePublic,
    ExternalPublic,
    Malicious,
    Private,
}

/// <summary>What is known of an address; texts are empty where they do not apply.</summary>
internal sealed record AnalyticsEnd(AnalyticsEndKind Kind)
{
    public string Subscription { get; init; } = string.Empty;

    /// <summary>Of the virtual network.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>The virtual network's id.</summary>
    public string Network { get; init; } = string.Empty;

    /// <summary><c>group/network/subnet</c>.</summary>
    public string Subnet { get; init; } = string.Empty;

    /// <summary><c>group/interface</c>.</summary>
    public string Nic { get; init; } = string.Empty;

    /// <summary><c>group/machine</c>.</summary>
    public string Vm { get; init; } = string.Empty;

    /// <summary>Of a public address: a region of Azure, or a country.</summary>
    public string Location { get; init; } = string.Empty;

    /// <summary>Who owns a public address.</summary>
    public string Owner { get; init; } = string.Empty;

    public bool IsPublic => Kind is AnalyticsEndKind.AzurePublic or AnalyticsEndKind.ExternalPublic or AnalyticsEndKind.Malicious;

    /// <summary>Whether its address goes into a list.</summary>
    public bool IsListed => Kind is AnalyticsEndKind.AzurePublic or AnalyticsEndKind.ExternalPublic;
}
