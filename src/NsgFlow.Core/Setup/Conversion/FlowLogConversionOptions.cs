namespace NsgFlow.Setup;

/// <summary>How NSG flow logs are to be replaced.</summary>
public sealed class FlowLogConversionOptions
{
    /// <summary>Whether network interfaces may be logged that were not, where that takes fewer flow logs.</summary>
    public bool AllowMore { get; init; }

    /// <summary>Whether to wait for proof that the new ones write; without it, no old one is disabled.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Whether the old ones stay on.</summary>
    public bool KeepNsgFlowLog { get; init; }
}
