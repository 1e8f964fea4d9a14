namespace NsgFlow.Network;

/// <summary>
/// Traffic Analytics' flow types from what is known of both ends, after "Traffic Analytics schema" of Microsoft's documentation of
/// Network Watcher. What does not follow for certain is Unknown.
/// </summary>
internal static class FlowTypes
{
    /// <summary>Stands in the table where the numbers of the virtual networks decide.</summary>
    private const byte ByNetwork = byte.MaxValue;

    private const int Ends = 8;

    // The rules written out: asked for each tuple, and what is asked for is not predictable.
    private static readonly byte[] _table = Table();

    /// <param name="side">Where the flow was logged: 0 at the destination, 1 at the source, 2 not known.</param>
    /// <param name="source">The source.</param>
    /// <param name="sourceNetwork">Its virtual network, negative when not known.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="destinationNetwork">Its virtual network, negative when not known.</param>
    public static FlowType Of(int side, NetworkEnd source, int sourceNetwork, NetworkEnd destination, int destinationNetwork)
    {
        var type = _table[(((side * Ends) + (int)source) * Ends) + (int)destination];
        return type != ByNetwork ? (FlowType)type

            // That both are in virtual networks says nothing as long as it is not known in which.
            : (sourceNetwork | destinationNetwork) < 0 ? FlowType.UnknownPrivate
            : sourceNetwork == destinationNetwork ? FlowType.IntraVNet
            : FlowType.InterVNet;
    }

    private static byte[] Table()
    {
        var table = new byte[3 * Ends * Ends];
        for (var i = 0; i < table.Length; i++)
        {
            var side = i / (Ends * Ends);
            table[i] = Of(Seen((NetworkEnd)(i / Ends % Ends), side == 1), Seen((NetworkEnd)(i % Ends), side == 0));
        }

        return table;
    }

    /// <summary>A network interface that logs is in a virtual network, and a private address at its side is its own or its neighbour's.</summary>
    private static NetworkEnd Seen(NetworkEnd end, bool isLogging) => isLogging && end == NetworkEnd.Private ? NetworkEnd.VirtualNetwork : end;

    private static byte Of(NetworkEnd source, NetworkEnd destination)
    {
        if (source == NetworkEnd.Malicious || destination == NetworkEnd.Malicious)
        {
            return (byte)FlowType.MaliciousFlow;
        }

        if (source == NetworkEnd.VirtualNetwork && destination == NetworkEnd.VirtualNetwork)
        {
            return ByNetwork;
        }

        return (byte)(source == NetworkEnd.VirtualNetwork ? WithVirtualNetwork(destination)
            : destination == NetworkEnd.VirtualNetwork ? WithVirtualNetwork(source)
            : FlowType.Unknown);
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
