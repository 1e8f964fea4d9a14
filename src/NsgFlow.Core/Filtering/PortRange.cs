using System;
using System.Globalization;

namespace NsgFlow.Filtering;

/// <summary>Ports from one to another, both included.</summary>
public readonly struct PortRange : IEquatable<PortRange>
{
    /// <summary>Makes a range.</summary>
    /// <exception cref="ArgumentException"><paramref name="last"/> is below <paramref name="first"/>.</exception>
    public PortRange(ushort first, ushort last)
    {
        if (last < first)
        {
            throw new ArgumentException("A range ends at or after its first port.", nameof(last));
        }

        First = first;
        Last = last;
    }

    /// <summary>The lowest port.</summary>
    public ushort First { get; }

    /// <summary>The highest port.</summary>
    public ushort Last { get; }

    /// <summary>Equal ends.</summary>
    public static bool operator ==(PortRange left, PortRange right) => left.Equals(right);

    /// <summary>Different ends.</summary>
    public static bool operator !=(PortRange left, PortRange right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(PortRange other) => First == other.First && Last == other.Last;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PortRange other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (First << 16) | Last;

    /// <summary>The port, or <c>first-last</c>.</summary>
    public override string ToString() => First == Last
        ? First.ToString(CultureInfo.InvariantCulture)
        : First.ToString(CultureInfo.InvariantCulture) + "-" + Last.ToString(CultureInfo.InvariantCulture);
}
