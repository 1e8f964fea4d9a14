namespace NsgFlow.PowerShell.Pipeline;

/// <summary>The filter parameters that a tuple is asked about. They are the same on every cmdlet that has them; a test sees to that.</summary>
internal interface IFilterParameters
{
    string[] Address { get; }

    string[] SourceAddress { get; }

    string[] DestinationAddress { get; }

    string[] Port { get; }

    string[] SourcePort { get; }

    string[] DestinationPort { get; }

    string[] Protocol { get; }

    FlowDirection[] Direction { get; }

    FlowDecision[] Decision { get; }

    FlowState[] State { get; }

    string[] Encryption { get; }

    string[] Rule { get; }

    string[] ExcludeAddress { get; }

    string[] ExcludePort { get; }

    string[] ExcludeRule { get; }

    string[] MacAddress { get; }

    /// <summary>Null when not given.</summary>
    long? LeastBytes { get; }
}
