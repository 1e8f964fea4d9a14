namespace NsgFlow;

/// <summary>What a step of a conversion does.</summary>
public enum FlowLogConversionAction
{
    /// <summary>Makes a flow log of a virtual network, subnet or network interface.</summary>
    Create,

    /// <summary>Waits until that one writes.</summary>
    Verify,

    /// <summary>Disables an NSG flow log whose place is taken. It is not deleted.</summary>
    Disable,

    /// <summary>Leaves an NSG flow log as it is; the message says why.</summary>
    Keep,
}
