using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Reading;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Reads flow records from files, folders and storage accounts.</summary>
[Cmdlet(VerbsCommon.Get, "NsgFlowRecord", DefaultParameterSetName = SourceSets.Name)]
[OutputType(typeof(FlowRecord))]
public sealed partial class GetNsgFlowRecordCommand : FilteredSourceCmdlet
{
    // Blobs from the pipeline come one by one; so many are gathered that they can be read side by side.
    private const int BlobsPerReader = 2;

    private readonly List<FlowBlob> _gathered = [];
    private readonly List<string> _ids = [];
    private long? _minBytes;
    private bool _isFull;

    /// <summary>Blobs from Get-NsgFlowBlob.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Blob, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [BlobTransformation]
    public FlowBlob[] InputObject { get; set; } = [];

    /// <summary>Least bytes both ways since the flow's last update; flows without counters do not match.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long MinBytes { get => _minBytes.GetValueOrDefault(); set => _minBytes = value; }

    /// <summary>The first so many records only.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <summary>The newest so many records only, in their order (and with -Wait those that come). The newest blobs are read first, and no more than needed.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Tail { get; set; }

    /// <summary>Most blobs to read at the same time: as many as the machine has processors for files, 8 for a storage account.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; }

    // Files wait for the processor, downloads for the network.
    private int Throttle => ThrottleLimit > 0 ? ThrottleLimit
        : IsOfFiles ? Math.Min(8, Environment.ProcessorCount)
        : 8;

    private bool IsOfFiles => ParameterSetName is SourceSets.Path or SourceSets.LiteralPath;

    private bool IsTail => Tail > 0;

    /// <inheritdoc/>
    private protected override long? LeastBytes => _minBytes;

    /// <inheritdoc/>
    private protected override bool ReadsTargetsTogether => IsTail || IsFollowing;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (IsTail && First > 0)
            ThrowTerminatingError(FlowErrors.BadArguments("FirstAndTail", "Give -First or -Tail, not both.", Tail));
        CheckFollowing();
        base.BeginProcessing();
        CheckStart();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        NoteInput();
        if (_isFull)
            return;
        if (ReadsTargetsTogether)
            _ids.AddRange(ResourceId);
        if (IsFollowing)
        {
            AddPlaces();
        }
        else if (IsTail)
        {
            Gather(FindBlobs());
        }
        else if (ParameterSetName == SourceSets.Blob)
        {
            Gather(FindBlobs());
            if (_gathered.Count >= Throttle * BlobsPerReader)
                ReadGathered();
        }
        else
        {
            Read(FindBlobs(), 0, WriteRecords);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Those of every object that the pipeline brought.
        if (ReadsTargetsTogether)
            ResourceId = [.. _ids.Distinct()];
        if (IsFollowing && !HadNoInput)
            Follow();
        else if (IsTail)
            WriteTail(_gathered, static _ => false, Read);
        else if (_gathered.Count > 0 && !_isFull)
            ReadGathered();
        Tick();
        if (HadNoInput)
            WriteWarning("No flow record: there was no input.");
        else if (!IsFollowing && WhyEmpty(Time) is { } reason)
            WriteWarning(reason);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<FlowBlob> FindBlobs() => ParameterSetName == SourceSets.Blob ? Given(InputObject) : base.FindBlobs();

    private void Gather(IEnumerable<FlowBlob> blobs)
    {
        try
        {
            foreach (var blob in blobs)
            {
                Tick();
                _gathered.Add(blob);
            }
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
    }

    private void ReadGathered()
    {
        var blobs = _gathered.ToArray();
        _gathered.Clear();
        Read(blobs, blobs.Length, WriteRecords);
    }

    /// <summary>Hour by hour from the newest on, until there are enough. Gives the oldest hour that was read; null when all were.</summary>
    private DateTime? WriteTail(List<FlowBlob> blobs, Func<DateTime?, bool> isNeeded, Action<IEnumerable<FlowBlob>, int, Func<IReadOnlyList<FlowRecord>, bool>> read)
    {
        // A blob that does not tell its hour can hold the newest, so then all are read.
        var hours = blobs.Exists(static blob => blob.Hour is null)
            ? [blobs]
            : blobs.GroupBy(static blob => blob.Hour).OrderByDescending(static hour => hour.Key).Select(static hour => hour.ToList());
        var missing = Tail;
        var found = new Stack<IReadOnlyList<FlowRecord>>();
        DateTime? oldest = null;
        foreach (var hour in hours)
        {
            if ((missing == 0 && !isNeeded(hour[0].Hour)) || Cancellation.IsCancellationRequested)
                break;
            var newest = new NewestRecords(missing);
            read(hour, hour.Count, records =>
            {
                foreach (var record in records)
                    newest.Add(record);
                return true;
            });
            found.Push(newest.ToList());
            missing -= newest.Count;
            oldest = hour[0].Hour;
        }

        foreach (var records in found)
            WriteRecords(records);
        return oldest;
    }

    private void Read(IEnumerable<FlowBlob> blobs, int known, Func<IReadOnlyList<FlowRecord>, bool> take)
    {
        var reader = new FlowRecordReader { Filter = FilterBuilder.Make(this, MakeScope(), Time), ThrottleLimit = Throttle };
        new RecordPump(this, Tally, Report, Tick).Run(reader.Read(blobs, Cancellation), known, take, Cancellation);
    }

    private string? WhyEmpty(TimeRange time) => IsNothingNamed || Cancellation.IsCancellationRequested || Tally.WhyEmpty("No flow record", Wanted, SearchedFor(time)) is not { } reason
        ? null
        : reason + Elsewhere();

    private bool WriteRecords(IReadOnlyList<FlowRecord> records)
    {
        foreach (var record in records)
        {
            Tally.Written++;
            WriteObject(record);
            _isFull = Tally.Written == First;
            if (_isFull)
                return false;
        }

        return true;
    }
}
