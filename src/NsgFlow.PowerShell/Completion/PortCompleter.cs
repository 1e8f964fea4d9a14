using System.Collections;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Service names, and the ports they stand for.</summary>
internal sealed class PortCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        foreach (var name in ServiceNames.Names)
        {
            var tip = ServiceNames.TryGetPorts(name, out var ports) ? ports.ToString() : null;
            yield return (name, tip);
        }
    }
}
