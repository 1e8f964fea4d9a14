using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Subscriptions seen in this session, and those that blob names under -Path tell.</summary>
internal sealed class SubscriptionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        BlobNames.RememberUnder(bound);
        foreach (var name in SeenNames.Subscriptions.ToSorted())
            yield return (name, null);
    }
}
