namespace NsgFlow;

/// <summary>The two tables of a workspace in which Traffic Analytics keeps flows.</summary>
public enum TrafficAnalyticsTable : byte
{
    /// <summary><c>AzureNetworkAnalytics_CL</c>: flows of NSG flow logs.</summary>
    Nsg,

    /// <summary><c>NTANetAnalytics</c>: flows of virtual network flow logs.</summary>
    VirtualNetwork,
}
