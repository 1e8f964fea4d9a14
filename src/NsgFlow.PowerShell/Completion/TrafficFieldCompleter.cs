using System.Collections;
using System.Collections.Generic;
using NsgFlow.Measuring;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Fields that traffic can be grouped by, each with what it is.</summary>
internal sealed class TrafficFieldCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        yield return (TrafficField.Conversation, "SourceAddress, DestinationAddress, DestinationPort and Protocol.");
        foreach (var field in TrafficField.All)
        {
            yield return (field.Name, field.Description);
            if (field.TakesPrefix)
                yield return (field.Name + "/24", field.Description);
        }
    }
}
