using System;
using System.Collections.Generic;

namespace NsgFlow.Reading;

/// <summary>Something that is being read on a thread of its own. Disposing lets go of it, and does not wait.</summary>
internal interface IBatchJob : IDisposable
{
    /// <summary>What it gives, once, as it comes.</summary>
    IEnumerable<FlowRecordBatch> Batches();
}
