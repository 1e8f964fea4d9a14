namespace NsgFlow.Network;

/// <summary>
/// Traffic Analytics' flow types from what is known of both ends, after "Traffic Analytics schema" of Microsoft's documentation of
/// Network Watcher. What does not follow for certain is Unknown.
/// </summary>
internal static class FlowTypes
{
    public static FlowType Of(NetworkEnd source, int sourceNetwork, NetworkEnd destination, int destinationNetwork)
    {
        if (source == NetworkEnd.Malicious || destination == NetworkEnd.Malicious)
        {
            return FlowType.MaliciousFlow;
        }

        if (source == NetworkEnd.VirtualNetwork && destination == NetworkEnd.VirtualNetwork)
        {
            // That both are in virtual networks says nothing as long as it is not known in which.
            return sourceNetwork < 0 || destinationNetwork < 0 ? FlowType.UnknownPrivate
                : sourceNetwork == destinationNetwork ? FlowType.IntraVNet
                : FlowType.InterVNet;
        }

        return source == NetworkEnd.VirtualNetwork ? WithVirtualNetwork(destination)
            : destination == NetworkEnd.VirtualNetwork ? WithVirtualNetwork(source)
            : FlowType.Unknown;
    }

    private static FlowType WithVirtualNetwork(NetworkEnd other) => other switch
    {
        NetworkEnd.Private => FlowType.UnknownPrivate,
        NetworkEnd.OnPremises => FlowType.S2S,
        NetworkEnd.PointToSite => FlowType.P2S,
        NetworkEnd.Azure => FlowType.AzurePublic,
        NetworkEnd.External => FlowType.ExternalPublic,
        _ => FlowType.Unknown,
    };
}
