namespace NsgFlow.Network;

/// <summary>From an address up to the next segment's, everything has one value; -1 stands for none.</summary>
internal readonly struct PrefixSegment
{
    public PrefixSegment(FlowAddress first, int value)
    {
        First = first;
        Value = value;
    }

    public FlowAddress First { get; }

    public int Value { get; }
}
