using System;
using System.Collections.Generic;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

public sealed class ListingMemoryTests
{
    private static readonly Dictionary<string, List<string>> s_targets = new() { [FlowContainers.Nsg] = ["a/"] };

    [Fact]
    public void Targets_are_looked_for_again_when_they_are_too_old_or_the_clock_was_set()
    {
        var memory = new ListingMemory();
        var query = new FlowBlobQuery { MaxTargetAge = TimeSpan.FromMinutes(5) };
        Assert.Null(memory.Targets(query, FlowBlobs.Now));
        memory.Note(query, FlowBlobs.Now, s_targets);
        Assert.Same(s_targets, memory.Targets(query.From(FlowBlobs.Now), FlowBlobs.Now.AddMinutes(4)));
        Assert.Null(memory.Targets(query, FlowBlobs.Now.AddMinutes(5)));
        Assert.Null(memory.Targets(query, FlowBlobs.Now.AddMinutes(-5)));
        Assert.Null(memory.Targets(new FlowBlobQuery { Scope = new FlowScope(), MaxTargetAge = query.MaxTargetAge }, FlowBlobs.Now));
        Assert.Null(memory.Targets(new FlowBlobQuery(), FlowBlobs.Now));
        memory.Note(query, FlowBlobs.Now, null);
        Assert.Null(memory.Targets(query, FlowBlobs.Now));
    }
}
