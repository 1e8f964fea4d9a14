using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>MACs seen in this session, and those that blob names under -Path tell.</summary>
internal sealed class MacAddressCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        BlobNames.RememberUnder(bound);
        foreach (var name in SeenNames.Macs.ToSorted())
            yield return (name, null);
    }
}
