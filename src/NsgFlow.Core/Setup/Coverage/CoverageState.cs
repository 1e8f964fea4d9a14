namespace NsgFlow;

/// <summary>Whether flow logs write the flows of something.</summary>
public enum CoverageState
{
    /// <summary>None does.</summary>
    None,

    /// <summary>Each flow is written once at each end.</summary>
    Once,

    /// <summary>Each flow is written by an NSG flow log and by a virtual network one, and paid twice.</summary>
    Twice,

    /// <summary>Some of it is logged, and some is not.</summary>
    Partly,

    /// <summary>No flow log is known, and some could not be listed.</summary>
    Unknown,
}
