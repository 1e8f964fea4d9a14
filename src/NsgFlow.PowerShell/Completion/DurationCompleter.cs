using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Usual lengths of time; for a moment they count back from now.</summary>
internal sealed class DurationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("15m", "15 minutes"), ("1h", "an hour"), ("6h", "6 hours"), ("1d", "a day"), ("7d", "a week"), ("30d", "30 days"),
    ];
}
