namespace NsgFlow;

/// <summary>What rows of a measurement are ordered by, largest first.</summary>
public enum TrafficOrder
{
    /// <summary>Number of flows.</summary>
    Flows,

    /// <summary>Bytes both ways.</summary>
    Bytes,

    /// <summary>Bytes source→destination.</summary>
    BytesSent,

    /// <summary>Bytes destination→source.</summary>
    BytesReceived,

    /// <summary>Packets both ways.</summary>
    Packets,

    /// <summary>Number of denied flows.</summary>
    Denied,

    /// <summary>Number of different source addresses.</summary>
    Sources,

    /// <summary>Number of different destination addresses.</summary>
    Destinations,

    /// <summary>Number of different destination ports.</summary>
    Ports,
}
