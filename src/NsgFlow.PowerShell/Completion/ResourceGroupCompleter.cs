using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Resource groups seen in this session, and those that blob names under -Path tell.</summary>
internal sealed class ResourceGroupCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        BlobNames.RememberUnder(bound);
        foreach (var name in SeenNames.ResourceGroups.ToSorted())
            yield return (name, null);
    }
}
