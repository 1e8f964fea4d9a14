using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Azure's clouds, by the names that Az and the Azure CLI have for them.</summary>
internal sealed class EnvironmentCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("AzureCloud", "Azure itself"), ("AzureUSGovernment", "Azure Government"), ("AzureChinaCloud", "Azure operated by 21Vianet"),
    ];
}
