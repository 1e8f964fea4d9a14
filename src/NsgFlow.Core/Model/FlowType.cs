namespace NsgFlow;

/// <summary>
/// The classes into which Traffic Analytics sorts flows (column <c>FlowType</c>), by what is known of the two ends.
/// See <see cref="Network.NetworkMap.TypeOf(int, int, FlowDirection)"/> for the rules.
/// </summary>
public enum FlowType : byte
{
    /// <summary>Nothing else can be said for certain of what is known.</summary>
    Unknown,

    /// <summary>Both ends are in the same virtual network.</summary>
    IntraVNet,

    /// <summary>The ends are in two virtual networks.</summary>
    InterVNet,

    /// <summary>One end is in a virtual network, the other in a site of the customer (VPN gateway, ExpressRoute).</summary>
    S2S,

    /// <summary>One end is in a virtual network, the other is a client of a point-to-site gateway.</summary>
    P2S,

    /// <summary>One end is in a virtual network, the other is a public address of Azure that is not the customer's own.</summary>
    AzurePublic,

    /// <summary>One end is in a virtual network, the other is public, not in Azure, and in no threat list.</summary>
    ExternalPublic,

    /// <summary>One end is public and in a threat list: by the user's own list, not by Microsoft's feeds.</summary>
    MaliciousFlow,

    /// <summary>One end is in a virtual network, the other is private, and whose it is is not known (also written <c>Unknown Private</c>).</summary>
    UnknownPrivate,
}
