namespace NsgFlow.Blobs;

/// <summary>The containers Azure writes flow logs to.</summary>
public static class FlowContainers
{
    /// <summary>NSG flow logs.</summary>
    public const string Nsg = "insights-logs-networksecuritygroupflowevent";

    /// <summary>Virtual network flow logs.</summary>
    public const string VirtualNetwork = "insights-logs-flowlogflowevent";
}
