using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>NSGs seen in this session, and those that blob names under -Path tell.</summary>
internal sealed class NsgCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        BlobNames.RememberUnder(bound);
        foreach (var name in SeenNames.Nsgs.ToSorted())
            yield return (name, null);
    }
}
