using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Usual lengths of time buckets.</summary>
internal sealed class BucketCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("1m", "a minute"), ("5m", "5 minutes"), ("15m", "15 minutes"), ("1h", "an hour"), ("6h", "6 hours"), ("1d", "a day"),
    ];
}
