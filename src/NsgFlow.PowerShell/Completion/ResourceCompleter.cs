using System.Collections;
using System.Collections.Generic;
using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Completes names of resources: first those that this session has seen, or that blob names under -Path tell, then those in Azure.</summary>
internal abstract class ResourceCompleter(ResourceKind kind, BoundedNames? seen) : NameCompleter
{
    /// <inheritdoc/>
    protected sealed override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) => Names(string.Empty, bound);

    /// <inheritdoc/>
    protected sealed override IEnumerable<(string Name, string? Tip)> Names(string start, IDictionary bound)
    {
        BlobNames.RememberUnder(bound);
        foreach (var name in seen?.ToSorted() ?? [])
            yield return (name, null);
        foreach (var name in AzureNames.Of(kind, start, bound))
            yield return name;
    }
}
