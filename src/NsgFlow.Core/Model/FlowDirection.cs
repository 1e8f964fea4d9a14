namespace NsgFlow;

/// <summary>Direction of a flow as seen from the network interface that logged it (tuple field 6, <c>I</c> or <c>O</c>).</summary>
public enum FlowDirection : byte
{
    /// <summary>Towards the network interface (<c>I</c>).</summary>
    Inbound,

    /// <summary>Away from the network interface (<c>O</c>).</summary>
    Outbound,
}
