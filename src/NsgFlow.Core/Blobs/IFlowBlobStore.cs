using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace NsgFlow.Blobs;

/// <summary>
/// Where blobs are: a folder, a container, another place. Listing prunes by what names tell; opening gives the bytes of one
/// consistent moment. Failures are <see cref="NsgFlowException"/>.
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
