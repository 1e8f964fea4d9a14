namespace NsgFlow;

/// <summary>
/// Whether the network security group let the flow pass. NSG logs say it (tuple field 7, <c>A</c> or <c>D</c>);
/// in VNet logs (version 4) it is derived: state <c>D</c> is <see cref="Deny"/>, every other state <see cref="Allow"/>.
/// </summary>
public enum FlowDecision : byte
{
    /// <summary>Allowed (<c>A</c>).</summary>
    Allow,

    /// <summary>Denied (<c>D</c>).</summary>
    Deny,
}
