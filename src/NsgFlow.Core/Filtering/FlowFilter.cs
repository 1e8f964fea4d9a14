namespace NsgFlow.Filtering;

/// <summary>
/// Which tuples are wanted. Evaluated on the raw tuple, before any object exists; what hangs on the group (scope, rule, MAC) is
/// evaluated once per group. Different conditions AND, values of one condition OR.
/// </summary>
public sealed class FlowFilter
{
    /// <summary>Lets everything pass.</summary>
    public static FlowFilter Everything { get; } = new();

    /// <summary>Whether a tuple passes, as far as the tuple alone can tell.</summary>
    public bool Matches(in FlowTuple tuple) => true;

    /// <summary>Whether a group passes: its scope, rule and MAC.</summary>
    public bool Matches(FlowGroup group) => true;
}
