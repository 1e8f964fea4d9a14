using System;
using System.Collections.Generic;
using NsgFlow.Blobs;
using NsgFlow.Filtering;

namespace NsgFlow.Azure.Storage;

/// <summary>What listings of a store learned that later ones may rely on, so that whoever follows does not walk the same folders in each poll. Safe for many threads.</summary>
internal sealed class ListingMemory
{
    private volatile Walked? _walked;
    private volatile int _pagesTooFew;

    /// <summary>Folders of the targets by container; null when they are to be looked for: nobody has for this question, or too long ago.</summary>
    public IReadOnlyDictionary<string, List<string>>? Targets(FlowBlobQuery query, DateTime now) =>
        _walked is { } walked && walked.IsOf(query) && (now - walked.At).Duration() < query.MaxTargetAge ? walked.Targets : null;

    /// <summary>Notes the folders of the targets; null when they cannot be relied on.</summary>
    public void Note(FlowBlobQuery query, DateTime now, IReadOnlyDictionary<string, List<string>>? targets) =>
        _walked = targets is null ? null : new Walked(now, query.Scope, query.FlowLogs, targets);

    /// <summary>Whether so many pages may be enough for everything that the targets have; history gets longer, never shorter.</summary>
    public bool MayFit(int pages) => pages > _pagesTooFew;

    /// <summary>Notes that so many pages were not enough.</summary>
    public void NoteTooFew(int pages) => _pagesTooFew = pages;

    private sealed record Walked(DateTime At, FlowScope Scope, IReadOnlyList<FlowLog> FlowLogs, IReadOnlyDictionary<string, List<string>> Targets)
    {
        public bool IsOf(FlowBlobQuery query) => ReferenceEquals(Scope, query.Scope) && ReferenceEquals(FlowLogs, query.FlowLogs);
    }
}
