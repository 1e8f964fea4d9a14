using System.Collections.Generic;

namespace NsgFlow.Soak.Writing;

/// <summary>A blob or file that a flow log is written to.</summary>
internal interface IGrowingBlob
{
    /// <summary>Adds entries; all of them become visible at once, or none, as far as the place can.</summary>
    void Append(IReadOnlyList<byte[]> entries);
}
