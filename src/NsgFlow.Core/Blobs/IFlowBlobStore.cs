using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NsgFlow.Filtering;

namespace NsgFlow.Blobs;

/// <summary>
/// Where blobs are: a folder, a container, another place. Listing prunes by what names tell; opening gives the bytes of one
/// consistent moment. Failures are <see cref="FlowStoreException"/>.
/// </summary>
public interface IFlowBlobStore
{
    /// <summary>Blobs that can hold flows of the scope and time, in order of hour, target and MAC; streamed, so the first comes early.</summary>
    /// <param name="query">What is asked for; a blob whose name does not tell is listed.</param>
    /// <param name="cancellation">Ends the listing.</param>
    IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation);

    /// <summary>Opens a blob for one pass from the start. The stream never mixes two states of a growing blob; <c>.gz</c> comes unpacked.</summary>
    Stream Open(FlowBlob blob, CancellationToken cancellation);
}

/// <summary>What a listing is asked for.</summary>
public sealed class FlowBlobQuery
{
    /// <summary>Everything.</summary>
    public static FlowBlobQuery Everything { get; } = new();

    /// <summary>Whose flows.</summary>
    public FlowScope Scope { get; init; } = FlowScope.Everything;

    /// <summary>From when, UTC, inclusive; null for no limit.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Until when, UTC, exclusive; null for no limit.</summary>
    public DateTime? End { get; init; }

    /// <summary>MACs (12 upper-case hex digits) to look for; empty for all.</summary>
    public IReadOnlyList<string> MacAddresses { get; init; } = [];
}
