using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>An address, prefix or range of a threat list.</summary>
internal readonly struct ThreatEntry
{
    public ThreatEntry(AddressRange range, string? type)
    {
        Range = range;
        Type = type;
    }

    public AddressRange Range { get; }

    public string? Type { get; }
}
