namespace NsgFlow;

/// <summary>
/// State of a flow when the tuple was written (NSG version 2: field 8; VNet: field 7). Version 1 has none: there
/// <see cref="FlowTuple.State"/> is <see cref="None"/> and <see cref="FlowRecord.State"/> is null.
/// </summary>
public enum FlowState : byte
{
    /// <summary>Not recorded (NSG version 1). Never seen on a record, where it is null.</summary>
    None,

    /// <summary>The flow began (<c>B</c>); carries no counters.</summary>
    Begin,

    /// <summary>The flow goes on (<c>C</c>), written every five minutes; counters since the last update.</summary>
    Continue,

    /// <summary>The flow ended (<c>E</c>); counters since the last update.</summary>
    End,

    /// <summary>The flow was denied (<c>D</c>, VNet logs only).</summary>
    Deny,
}
