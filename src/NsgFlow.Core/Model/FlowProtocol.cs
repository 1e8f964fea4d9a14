namespace NsgFlow;

/// <summary>
/// IANA protocol number of a flow. NSG logs write <c>T</c> or <c>U</c>, VNet logs the number; a number without a name here is
/// kept as that number. A code that is neither is <see cref="Other"/>, and <see cref="FlowRecord.ProtocolCode"/> has its text.
/// </summary>
public enum FlowProtocol : short
{
    /// <summary>ICMP, 1. (Azure does not log it today; other writers do.)</summary>
    Icmp = 1,

    /// <summary>TCP, 6.</summary>
    Tcp = 6,

    /// <summary>UDP, 17.</summary>
    Udp = 17,

    /// <summary>GRE, 47.</summary>
    Gre = 47,

    /// <summary>ESP, 50.</summary>
    Esp = 50,

    /// <summary>AH, 51.</summary>
    Ah = 51,

    /// <summary>ICMP for IPv6, 58.</summary>
    IcmpV6 = 58,

    /// <summary>SCTP, 132.</summary>
    Sctp = 132,

    /// <summary>A code that is no IANA number; see <see cref="FlowRecord.ProtocolCode"/>.</summary>
    Other = 256,
}
