using System;
using System.Management.Automation;
using NsgFlow.Measuring;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

// What is measured, and how; where it is read and which of it are the parameters of every cmdlet that filters.
public sealed partial class MeasureNsgTrafficCommand
{
    /// <summary>Blobs from Get-NsgFlowBlob.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Blob, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [BlobTransformation]
    public FlowBlob[] InputObject { get; set; } = [];

    /// <summary>Flow records from Get-NsgFlowRecord or ConvertFrom-NsgFlowJson.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Record, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [RecordTransformation]
    public FlowRecord[] Record { get; set; } = [];

    /// <summary>Fields to group by; addresses also by prefix (SourceAddress/24). Without, there is one summary.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [KeyTransformation]
    [ArgumentCompleter(typeof(TrafficFieldCompleter))]
    public string[] By { get; set; } = [];

    /// <summary>What rows are ordered by, largest first.</summary>
    [Parameter]
    public TrafficOrder OrderBy { get => _orderBy.GetValueOrDefault(); set => _orderBy = value; }

    /// <summary>The first so many rows (with -Bucket: series); the rest is one more row. In a summary, the length of each list.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get => _top.GetValueOrDefault(); set => _top = value; }

    /// <summary>Length of time buckets: 5m, 1h, or a TimeSpan.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(BucketCompleter))]
    public TimeSpan Bucket { get => _bucket.GetValueOrDefault(); set => _bucket = value; }

    /// <summary>Rows with fewer flows are put into the rest.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long MinFlows { get; set; }

    /// <summary>Rows with fewer bytes, both ways together, are put into the rest.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long MinBytes { get; set; }

    /// <summary>Count every tuple as it was written, also those of a flow that was captured before.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>What to count once each in every row.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(nameof(TrafficDistinct.Sources), nameof(TrafficDistinct.Destinations), nameof(TrafficDistinct.Ports))]
    public TrafficDistinct[] Distinct { get; set; } = [];

    /// <summary>What is known of the network: JSON files, or objects.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[] Inventory { get; set; } = [];

    /// <summary>Files with Azure's service tags, as Microsoft publishes them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathTransformation]
    public string[] ServiceTag { get; set; } = [];

    /// <summary>Files with malicious addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathTransformation]
    public string[] ThreatList { get; set; } = [];

    /// <summary>Most memory for what is measured; more is put aside into temporary files.</summary>
    [Parameter]
    [ValidateRange(TrafficQuery.LeastMemory, long.MaxValue)]
    public long MemoryLimit { get; set; } = TrafficQuery.UsualMemory;

    /// <summary>Most blobs to read at the same time: as many as the machine has processors for files, 8 for a storage account.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; }
}
