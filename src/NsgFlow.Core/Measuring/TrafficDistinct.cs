using System;

namespace NsgFlow;

/// <summary>What is counted once however often it comes. Counting them takes time and memory, so it is done when asked for.</summary>
[Flags]
public enum TrafficDistinct
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Source addresses.</summary>
    Sources = 1,

    /// <summary>Destination addresses.</summary>
    Destinations = 2,

    /// <summary>Destination ports.</summary>
    Ports = 4,
}
