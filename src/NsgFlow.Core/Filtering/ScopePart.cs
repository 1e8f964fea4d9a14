using System;

namespace NsgFlow.Filtering;

/// <summary>A part of what a flow log is on: of the flows of the whole, those whose logged end has one of some addresses.</summary>
public sealed class ScopePart
{
    /// <summary>Names a part.</summary>
    /// <param name="targetResourceId">ARM id of the whole: the target that the log names, as the virtual network of a subnet.</param>
    /// <param name="addresses">Addresses of the part.</param>
    public ScopePart(string targetResourceId, AddressSet addresses)
    {
        TargetResourceId = targetResourceId ?? throw new ArgumentNullException(nameof(targetResourceId));
        Addresses = addresses ?? throw new ArgumentNullException(nameof(addresses));
    }

    /// <summary>ARM id of the whole.</summary>
    public string TargetResourceId { get; }

    /// <summary>Addresses of the part.</summary>
    public AddressSet Addresses { get; }

    /// <summary>Whether the end of a tuple that was logged is in the part: the destination of what comes in, the source of what goes out.</summary>
    internal bool Holds(in FlowTuple tuple) =>
        tuple.Direction == FlowDirection.Inbound ? Addresses.Contains(in tuple.Destination) : Addresses.Contains(in tuple.Source);
}
