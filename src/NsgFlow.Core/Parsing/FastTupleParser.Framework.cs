namespace NsgFlow.Parsing;

/// <summary>.NET Framework has no vector instructions to offer: every tuple takes the complete reader.</summary>
internal static class FastTupleParser
{
    public static void Prepare()
    {
        // There is nothing to prepare.
    }

    public static int Parse(ref byte first, FlowLogKind kind, ref FlowTuple tuple)
    {
        _ = first;
        _ = kind;
        _ = tuple.State;
        return 0;
    }
}
