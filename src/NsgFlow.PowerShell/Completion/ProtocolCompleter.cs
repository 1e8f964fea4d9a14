using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Protocols of flow logs.</summary>
internal sealed class ProtocolCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("Tcp", null), ("Udp", null), ("Icmp", "IANA 1"), ("IcmpV6", "IANA 58"), ("Gre", "IANA 47"), ("Esp", "IANA 50"), ("Ah", "IANA 51"), ("Sctp", "IANA 132"),
    ];
}
