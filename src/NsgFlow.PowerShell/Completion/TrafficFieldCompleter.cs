using System;
using System.Collections;
using System.Collections.Generic;
using NsgFlow.Measuring;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Fields that traffic can be grouped by, each with what it is.</summary>
internal sealed class TrafficFieldCompleter : NameCompleter
{
    // What makes it a question to a workspace, which cannot answer for all fields.
    private static readonly string[] _remote = ["Workspace", "CustomerId", "WorkspaceId", "WorkspaceResourceId", "ShowQuery"];

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        yield return (TrafficField.Conversation, "SourceAddress, DestinationAddress, DestinationPort and Protocol.");
        var isRemote = Array.Exists(_remote, bound.Contains);
        foreach (var field in TrafficField.All)
        {
            if (isRemote && field.TrafficAnalytics is null)
                continue;
            yield return (field.Name, field.Description);
            if (field.TakesPrefix)
                yield return (field.Name + "/24", field.Description);
        }
    }
}
