using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>A service tag and its prefixes.</summary>
internal sealed class ServiceTagEntry
{
    public ServiceTagEntry(string name, string? region, IReadOnlyList<AddressRange> ranges)
    {
        Name = name;
        Region = region;
        Ranges = ranges;
        var dot = name.IndexOf('.');
        Service = dot < 0 ? name : name.Substring(0, dot);
    }

    public string Name { get; }

    /// <summary>The region, or null for a global tag.</summary>
    public string? Region { get; }

    public IReadOnlyList<AddressRange> Ranges { get; }

    /// <summary>The name without region: <c>Storage</c> of <c>Storage.WestEurope</c>.</summary>
    public string Service { get; }
}
