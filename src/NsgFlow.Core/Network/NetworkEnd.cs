namespace NsgFlow.Network;

/// <summary>What a place is to the flow type: the rows and columns of the table in <see cref="FlowTypes"/>.</summary>
internal enum NetworkEnd : byte
{
    /// <summary>Nothing follows from it: unknown public, reserved, the customer's own public address that belongs to no known network.</summary>
    Nothing,

    /// <summary>Private, whose it is is not known.</summary>
    Private,

    /// <summary>In a virtual network.</summary>
    VirtualNetwork,

    OnPremises,

    PointToSite,

    Azure,

    External,

    Malicious,
}
