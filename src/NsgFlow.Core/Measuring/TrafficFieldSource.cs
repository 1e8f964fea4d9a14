namespace NsgFlow.Measuring;

/// <summary>Where the value of a field comes from.</summary>
public enum TrafficFieldSource
{
    /// <summary>The flow: the same at whichever network interface it is captured.</summary>
    Flow,

    /// <summary>Who captured the flow and what decided there: differs between the two ends of a flow.</summary>
    Capture,

    /// <summary>What is known of the network: inventory, service tags and threat lists.</summary>
    Network,

    /// <summary>The time of the tuple.</summary>
    Time,
}
