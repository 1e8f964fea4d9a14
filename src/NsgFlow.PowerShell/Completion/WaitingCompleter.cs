using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Usual lengths of time to wait.</summary>
internal sealed class WaitingCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("15s", "15 seconds"), ("1m", "a minute"), ("5m", "5 minutes"), ("30m", "30 minutes"), ("1h", "an hour"), ("3h", "3 hours"),
    ];
}
