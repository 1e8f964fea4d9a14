using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Network interfaces seen in this session.</summary>
internal sealed class NetworkInterfaceCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        BlobNames.RememberUnder(bound);
        foreach (var name in SeenNames.NetworkInterfaces.ToSorted())
            yield return (name, null);
    }
}
