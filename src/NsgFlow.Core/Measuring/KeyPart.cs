namespace NsgFlow.Measuring;

/// <summary>One field of a key: what it is, and where its word (an address: its two words) stands.</summary>
internal readonly struct KeyPart
{
    public KeyPart(FieldCode code, int at, in FlowAddress maskV4, in FlowAddress maskV6)
    {
        Code = code;
        At = at;
        MaskV4 = maskV4;
        MaskV6 = maskV6;
    }

    public FieldCode Code { get; }

    public int At { get; }

    /// <summary>Bits of an IPv4 address that count.</summary>
    public FlowAddress MaskV4 { get; }

    /// <summary>Bits of an IPv6 address that count.</summary>
    public FlowAddress MaskV6 { get; }

    public int Words => IsAddress(Code) ? 2 : 1;

    public static bool IsAddress(FieldCode code) => code is FieldCode.SourceAddress or FieldCode.DestinationAddress;
}
