namespace NsgFlow;

/// <summary>
/// Virtual network encryption of a flow (VNet logs, tuple field 8). The written code is kept in <see cref="FlowRecord.EncryptionCode"/>.
/// Source: "VNet flow logs overview", table of encryption states.
/// </summary>
public enum FlowEncryption : byte
{
    /// <summary>Not recorded (NSG logs). Never seen on a record, where it is null.</summary>
    None,

    /// <summary><c>X</c>: encrypted.</summary>
    Encrypted,

    /// <summary><c>NX</c>: not encrypted.</summary>
    NotEncrypted,

    /// <summary><c>NX_HW_NOT_SUPPORTED</c>: the hardware does not support encryption.</summary>
    HardwareNotSupported,

    /// <summary><c>NX_SW_NOT_READY</c>: the software is not ready; the packet is dropped.</summary>
    SoftwareNotReady,

    /// <summary><c>NX_NOT_ACCEPTED</c>: dropped, since the policy does not accept unencrypted packets.</summary>
    NotAccepted,

    /// <summary><c>NX_NOT_SUPPORTED</c>: discovery is not supported; the packet is dropped.</summary>
    NotSupported,

    /// <summary><c>NX_LOCAL_DST</c>: the destination is on the same host.</summary>
    LocalDestination,

    /// <summary><c>NX_FALLBACK</c>: fell back to no encryption.</summary>
    Fallback,

    /// <summary>A code not known here; see <see cref="FlowRecord.EncryptionCode"/>.</summary>
    Other,
}
