using System;
using System.Collections.Generic;

namespace NsgFlow.Network;

/// <summary>
/// The service tags as two layers: the services, and <c>AzureCloud</c>, which has everything once more by region and tells where an
/// address is when its service does not.
/// </summary>
internal sealed class ServiceTagLayers
{
    private const string Cloud = "AzureCloud";

    private readonly List<ServiceTagEntry> _tags = [];

    public ServiceTagLayers(IEnumerable<ServiceTagFile> files)
    {
        Services = new PrefixLayer(Combine);
        Clouds = new PrefixLayer(Combine);
        foreach (var file in files)
        {
            foreach (var tag in file.Tags)
            {
                var isCloud = string.Equals(tag.Service, Cloud, StringComparison.OrdinalIgnoreCase);
                foreach (var range in tag.Ranges)
                {
                    (isCloud ? Clouds : Services).Add(range, _tags.Count);
                    HasAllV4 |= isCloud && PrefixLayer.IsV4(range);
                    HasAllV6 |= isCloud && !PrefixLayer.IsV4(range);
                }

                _tags.Add(tag);
            }
        }
    }

    public PrefixLayer Services { get; }

    public PrefixLayer Clouds { get; }

    /// <summary>Whether an IPv4 address in no tag is known not to be Azure's: only when AzureCloud, which has them all, was given.</summary>
    public bool HasAllV4 { get; }

    /// <summary>The same of IPv6.</summary>
    public bool HasAllV6 { get; }

    public ServiceTagEntry this[int number] => _tags[number];

    private int Combine(int outer, int inner, bool isSame)
    {
        if (outer < 0)
        {
            return inner;
        }

        var around = _tags[outer];
        var within = _tags[inner];
        if (!isSame)
        {
            // The regional tag of a service says more than its global one, however the two were cut into prefixes.
            var saysMore = around.Region is not null && within.Region is null
                && string.Equals(around.Service, within.Service, StringComparison.OrdinalIgnoreCase);
            return saysMore ? outer : inner;
        }

        if ((around.Region is null) != (within.Region is null))
        {
            return around.Region is null ? inner : outer;
        }

        // The tag with fewer prefixes is the more specific service; the name decides between equals, so that a file's order does not.
        var order = around.Ranges.Count.CompareTo(within.Ranges.Count);
        order = order != 0 ? order : string.CompareOrdinal(around.Name, within.Name);
        return order <= 0 ? outer : inner;
    }
}
