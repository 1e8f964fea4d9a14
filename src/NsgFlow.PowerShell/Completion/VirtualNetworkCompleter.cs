using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Virtual networks seen in this session.</summary>
internal sealed class VirtualNetworkCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        BlobNames.RememberUnder(bound);
        foreach (var name in SeenNames.VirtualNetworks.ToSorted())
            yield return (name, null);
    }
}
