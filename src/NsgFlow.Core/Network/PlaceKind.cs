namespace NsgFlow.Network;

/// <summary>What sort of place an address is in. Of several that hold for an address, the one that decides the flow type.</summary>
public enum PlaceKind : byte
{
    /// <summary>A public address of which nothing is known; without service tags it may be Azure's or not.</summary>
    Unknown,

    /// <summary>A private address (RFC 1918, 100.64.0.0/10, fc00::/7, fec0::/10, or a range that the user called private) in no known network.</summary>
    Private,

    /// <summary>Neither private nor public: loopback, link-local, multicast, broadcast, unassigned.</summary>
    Reserved,

    /// <summary>In a virtual network of the inventory.</summary>
    VirtualNetwork,

    /// <summary>In a site of the customer, behind a VPN gateway or ExpressRoute.</summary>
    OnPremises,

    /// <summary>A client of a point-to-site gateway.</summary>
    PointToSite,

    /// <summary>A public address that is the customer's own.</summary>
    OwnPublic,

    /// <summary>A public address of Azure by its service tags, or 168.63.129.16.</summary>
    Azure,

    /// <summary>A public address that is not Azure's: service tags are known and none of them has it.</summary>
    External,

    /// <summary>A public address that a threat list has.</summary>
    Malicious,
}
