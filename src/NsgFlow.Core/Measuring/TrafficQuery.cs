using System;
using System.Collections.Generic;
using NsgFlow.Filtering;
using NsgFlow.Network;

namespace NsgFlow.Measuring;

/// <summary>What is to be measured of which flows.</summary>
public sealed class TrafficQuery
{
    /// <summary>The least memory limit that makes sense: below, everything would be put aside all the time.</summary>
    public const long LeastMemory = 32L << 20;

    /// <summary>Memory limit when none is given, in bytes: with it a process that may have 400 MB, as in an Azure Automation sandbox, has enough.</summary>
    public const long UsualMemory = 256L << 20;

    /// <summary>The most buckets that a measurement's time may have.</summary>
    public const int MostBuckets = 100_000;

    /// <summary>Fields to group by; empty for the sum of all (with <see cref="Bucket"/>, one row for each bucket).</summary>
    public IReadOnlyList<TrafficKey> By { get; init; } = [];

    /// <summary>What rows are ordered by, largest first; rows that are equal in it by their keys.</summary>
    public TrafficOrder OrderBy { get; init; } = TrafficOrder.Flows;

    /// <summary>The first so many rows (with <see cref="Bucket"/>: series); the rest becomes one row. Null for all.</summary>
    public int? Top { get; init; }

    /// <summary>Length of time buckets, at least a second; null for none. Buckets begin at multiples of it since midnight 1970 UTC.</summary>
    public TimeSpan? Bucket { get; init; }

    /// <summary>Rows with fewer flows go into the rest.</summary>
    public long MinFlows { get; init; }

    /// <summary>Rows with fewer bytes both ways go into the rest.</summary>
    public long MinBytes { get; init; }

    /// <summary>Count every capture of a flow, as written.</summary>
    public bool Raw { get; init; }

    /// <summary>What to count once each; what <see cref="OrderBy"/> needs is counted anyway.</summary>
    public TrafficDistinct Distinct { get; init; }

    /// <summary>Which tuples are measured.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.Everything;

    /// <summary>What is known of addresses.</summary>
    public NetworkMap Network { get; init; } = NetworkMap.Default;

    /// <summary>Most memory for what is measured, in bytes; what does not fit is put aside into temporary files, with the same result.</summary>
    public long MemoryLimit { get; init; } = UsualMemory;

    /// <summary>Most blobs read at the same time.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>Where temporary files are put; null for the user's temporary folder.</summary>
    public string? TemporaryFolder { get; init; }

    internal TrafficDistinct NeededDistinct => Distinct | OrderBy switch
    {
        TrafficOrder.Sources => TrafficDistinct.Sources,
        TrafficOrder.Destinations => TrafficDistinct.Destinations,
        TrafficOrder.Ports => TrafficDistinct.Ports,
        _ => TrafficDistinct.None,
    };
}
