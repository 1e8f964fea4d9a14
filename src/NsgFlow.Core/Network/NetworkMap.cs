using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>
/// What is known of addresses: asks cost some nanoseconds and allocate nothing however much is known. Immutable, and so may be asked
/// by any number of threads. Made by <see cref="NetworkMapBuilder"/>.
/// </summary>
public sealed class NetworkMap
{
    private const int NotKnown = 2;

    private readonly SegmentTable _v4;
    private readonly SegmentTableV6 _v6;
    private readonly NetworkEnd[] _ends;
    private readonly int[] _networks;

    internal NetworkMap(NetworkPlaces places, IReadOnlyList<NetworkIssue> issues)
    {
        Places = places.Places;
        Issues = issues;
        var networks = AddressSet.Of(places.PublicNetworks);
        PublicNetworks = networks.IsEmpty ? null : networks;
        _v4 = new SegmentTable(places.V4);
        _v6 = new SegmentTableV6(places.V6);
        _ends = new NetworkEnd[Places.Count];
        _networks = new int[Places.Count];
        for (var i = 0; i < _ends.Length; i++)
        {
            _ends[i] = Places[i].End;
            _networks[i] = Places[i].NetworkNumber;
        }
    }

    /// <summary>The map of which nothing was told: it knows private and reserved addresses, and 168.63.129.16 as Azure's.</summary>
    public static NetworkMap Default { get; } = new NetworkMapBuilder().Build();

    /// <summary>All places by their number. The first is that of public addresses of which nothing is known.</summary>
    public IReadOnlyList<NetworkPlace> Places { get; }

    /// <summary>What of the service-tag files and threat lists was not taken.</summary>
    public IReadOnlyList<NetworkIssue> Issues { get; }

    /// <summary>What virtual networks use of the addresses that are public by their number; null for nothing, which is usual.</summary>
    internal AddressSet? PublicNetworks { get; }

    /// <summary>Number of the place of an address, in <see cref="Places"/>; every address has one. Allocates nothing.</summary>
    public int IndexOf(in FlowAddress address) => address.IsV4 ? _v4.Find(address.V4) : _v6.Find(in address);

    /// <summary>The place of an address; every address has one. Allocates nothing.</summary>
    public NetworkPlace PlaceOf(in FlowAddress address) => Places[IndexOf(in address)];

    /// <summary>The flow type of two places, when it is not known at which of them the flow was logged.</summary>
    /// <param name="sourceIndex">Number of the place of one end.</param>
    /// <param name="destinationIndex">Number of the place of the other; the order makes no difference.</param>
    /// <remarks>As for the form with a direction, but an end is in a virtual network only when the inventory says so.</remarks>
    /// <exception cref="IndexOutOfRangeException">A number is of no place.</exception>
    public FlowType TypeOf(int sourceIndex, int destinationIndex) =>
        FlowTypes.Of(NotKnown, _ends[sourceIndex], _networks[sourceIndex], _ends[destinationIndex], _networks[destinationIndex]);

    /// <summary>The flow type of a logged flow, after Traffic Analytics' table.</summary>
    /// <param name="sourceIndex">Number of the place of the source.</param>
    /// <param name="destinationIndex">Number of the place of the destination.</param>
    /// <param name="direction">As logged: an outbound flow was logged at its source, an inbound one at its destination.</param>
    /// <remarks>
    /// <para>The first that holds counts:</para>
    /// <list type="number">
    /// <item>One end is public and in a threat list: <see cref="FlowType.MaliciousFlow"/>, whatever the other is.</item>
    /// <item>No end is in a virtual network: <see cref="FlowType.Unknown"/>. An end is in one when the inventory says so (a public
    /// address of the customer's that leads to a known network interface included). A private address at the side where the flow was
    /// logged, of which nothing else is known, is in a virtual network, too: it is not known in which.</item>
    /// <item>Both ends are in virtual networks: <see cref="FlowType.IntraVNet"/> or <see cref="FlowType.InterVNet"/> when both are
    /// known, else <see cref="FlowType.UnknownPrivate"/>.</item>
    /// <item>The other end decides: a site <see cref="FlowType.S2S"/>, a point-to-site client <see cref="FlowType.P2S"/>, Azure's
    /// (also 168.63.129.16) <see cref="FlowType.AzurePublic"/>, public and in no service tag <see cref="FlowType.ExternalPublic"/>,
    /// private <see cref="FlowType.UnknownPrivate"/>.</item>
    /// <item>Everything else is <see cref="FlowType.Unknown"/>: a public address as long as no service tags with <c>AzureCloud</c>
    /// (of its family, IPv4 or IPv6) are known, for it may be Azure's; a public address of the customer's own that leads to no known
    /// network interface; a reserved address.</item>
    /// </list>
    /// </remarks>
    /// <exception cref="IndexOutOfRangeException">A number is of no place.</exception>
    public FlowType TypeOf(int sourceIndex, int destinationIndex, FlowDirection direction) => FlowTypes.Of(
        direction <= FlowDirection.Outbound ? (int)direction : NotKnown,
        _ends[sourceIndex],
        _networks[sourceIndex],
        _ends[destinationIndex],
        _networks[destinationIndex]);
}
