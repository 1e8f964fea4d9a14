using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Encryption states of VNet flow logs.</summary>
internal sealed class EncryptionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("Encrypted", "X"), ("NotEncrypted", "NX"), ("HardwareNotSupported", "NX_HW_NOT_SUPPORTED"), ("SoftwareNotReady", "NX_SW_NOT_READY: dropped"),
        ("NotAccepted", "NX_NOT_ACCEPTED: dropped"), ("NotSupported", "NX_NOT_SUPPORTED: dropped"), ("LocalDestination", "NX_LOCAL_DST: same host"),
        ("Fallback", "NX_FALLBACK"),
    ];
}
