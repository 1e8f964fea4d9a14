using System;

namespace NsgFlow.Filtering;

/// <summary>Addresses from one to another, both included, of one family (an IPv4-mapped IPv6 address is IPv4).</summary>
public readonly struct AddressRange : IEquatable<AddressRange>
{
    /// <summary>Makes a range.</summary>
    /// <exception cref="ArgumentException"><paramref name="last"/> lies before <paramref name="first"/>.</exception>
    public AddressRange(FlowAddress first, FlowAddress last)
    {
        if (last < first)
        {
            throw new ArgumentException("A range ends at or after its first address.", nameof(last));
        }

        First = first;
        Last = last;
    }

    /// <summary>The lowest address.</summary>
    public FlowAddress First { get; }

    /// <summary>The highest address.</summary>
    public FlowAddress Last { get; }

    /// <summary>Equal ends.</summary>
    public static bool operator ==(AddressRange left, AddressRange right) => left.Equals(right);

    /// <summary>Different ends.</summary>
    public static bool operator !=(AddressRange left, AddressRange right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AddressRange other) => First == other.First && Last == other.Last;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AddressRange other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((First.GetHashCode() * 397) ^ Last.GetHashCode());

    /// <summary>The address, or <c>first-last</c>.</summary>
    public override string ToString() => First == Last ? First.ToString() : First + "-" + Last;
}
