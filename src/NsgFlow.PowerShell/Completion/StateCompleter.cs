using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>States of flows.</summary>
internal sealed class StateCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("Begin", "B: the flow began"), ("Continue", "C: the flow goes on"), ("End", "E: the flow ended"), ("Deny", "D: denied (VNet logs)"),
    ];
}
