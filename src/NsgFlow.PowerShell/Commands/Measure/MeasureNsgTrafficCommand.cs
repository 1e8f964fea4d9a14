using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Network;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Measures traffic: one summary, or rows by any fields.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "NsgTraffic", DefaultParameterSetName = SourceSets.Name)]
[OutputType(typeof(TrafficSummary), typeof(TrafficMeasure), typeof(string))]
public sealed partial class MeasureNsgTrafficCommand : FilteredSourceCmdlet
{
    private const int UsualTop = 10;

    private readonly List<FlowBlob> _gathered = [];
    private readonly List<string> _ids = [];
    private TrafficOrder? _orderBy;
    private int? _top;
    private TimeSpan? _bucket;
    private IReadOnlyList<TrafficKey> _keys = [];
    private NetworkMap _network = NetworkMap.Default;
    private TrafficMeasurement? _measurement;
    private bool _isOfRecords;
    private long _recordsSeen;

    // Files wait for the processor, downloads for the network.
    private int Throttle => ThrottleLimit > 0 ? ThrottleLimit
        : _gathered.Exists(static blob => blob.Account is not null) ? 8
        : Math.Min(8, Environment.ProcessorCount);

    private bool IsSummary => _keys.Count == 0 && _bucket is null;

    /// <inheritdoc/>
    // One answer for all that the pipeline brings, so no blob counts twice in it.
    private protected override bool ReadsTargetsTogether => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _keys = TrafficKey.Parse(By);
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(FlowErrors.BadArguments("GroupingAmbiguous", e.Message, string.Join(", ", By), "Give each field once in -By."));
        }

        CheckGrouping();
        if (IsRemote)
        {
            BeginAsking();
            return;
        }

        CheckLocal();
        CheckBucket(Time.Start, Time.End);
        _network = new NetworkReader(this).Read(Inventory, ServiceTag, ThreatList);
        WarnOfUnknown();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        NoteInput();
        if (IsRemote)
        {
            Remember();
            return;
        }

        var isOfRecords = ParameterSetName == SourceSets.Record;
        if (isOfRecords ? _gathered.Count > 0 : _isOfRecords)
        {
            ThrowTerminatingError(FlowErrors.BadArguments(
                "InputMixed", "The pipeline brings flow records and flow logs; one measurement is of one or the other.", null, "Measure them one after the other."));
        }

        if (isOfRecords)
        {
            AddRecords();
            return;
        }

        _ids.AddRange(ResourceId);
        try
        {
            foreach (var blob in FindBlobs())
            {
                Tick();
                SeenNames.Remember(blob);
                _gathered.Add(blob);
            }
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (IsRemote)
        {
            AskWorkspaces();
            return;
        }

        try
        {
            if (_gathered.Count > 0)
                ReadGathered();
            if (_measurement is not null && !Cancellation.IsCancellationRequested)
                WriteAnswer(_measurement);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
        catch (TrafficSpillException e)
        {
            ThrowTerminatingError(FlowErrors.SpillFailed(e));
        }
        catch (TrafficBucketsException e)
        {
            ThrowTerminatingError(FlowErrors.BucketsTooMany(e, _bucket));
        }

        Tick();
        if (!IsNothingNamed && !Cancellation.IsCancellationRequested && WhyEmpty() is { } reason)
            WriteWarning(reason);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _measurement?.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<FlowBlob> FindBlobs() => ParameterSetName == SourceSets.Blob ? Given(InputObject) : base.FindBlobs();

    private void CheckGrouping()
    {
        var given = MyInvocation.BoundParameters;
        if (IsSummary && Array.Find(["OrderBy", "MinFlows", "MinBytes", "Distinct"], given.ContainsKey) is { } needsRows)
        {
            ThrowTerminatingError(FlowErrors.BadArguments(
                "GroupingMissing", $"-{needsRows} is about rows, and there are none without -By or -Bucket.", given[needsRows], "Add -By, or leave the parameter out for a summary."));
        }

        if (_keys.Count == 0 && _bucket is not null && Array.Find(["Top", "MinFlows", "MinBytes"], given.ContainsKey) is { } needsKeys)
        {
            ThrowTerminatingError(FlowErrors.BadArguments(
                "GroupingMissing", $"-{needsKeys} chooses among series, and -Bucket without -By is a single one.", given[needsKeys], "Add -By, or leave the parameter out."));
        }
    }

    private void CheckBucket(DateTime? first, DateTime? last)
    {
        if (_bucket is not { } bucket)
            return;
        if (bucket < TimeSpan.FromSeconds(1))
            ThrowTerminatingError(FlowErrors.BadArguments("BucketTooShort", "A time bucket is a second at least.", bucket, "Give -Bucket 1s or more."));
        if (first is { } from && last - from is { } length && length.Ticks / bucket.Ticks >= TrafficQuery.MostBuckets)
            ThrowTerminatingError(FlowErrors.BucketsTooMany(new TrafficBucketsException(from, from + length, length.Ticks / bucket.Ticks), bucket));
    }

    // Such a column would be empty, and nobody could tell why.
    private void WarnOfUnknown()
    {
        foreach (var (missing, parameter, names) in new[]
        {
            (Inventory.Length == 0, "-Inventory", "Location SourceVirtualNetwork SourceSubnet DestinationVirtualNetwork DestinationSubnet"),
            (Inventory.Length + ServiceTag.Length == 0, "-Inventory or -ServiceTag", "SourceLocation DestinationLocation"),
            (ServiceTag.Length == 0, "-ServiceTag", "SourceServiceTag DestinationServiceTag"),
            (ThreatList.Length == 0, "-ThreatList", "ThreatType"),
        })
        {
            var empty = _keys.Select(static key => key.Field.Name).Where(name => missing && names.Split(' ').Contains(name)).Distinct().ToList();
            if (empty.Count > 0)
                WriteWarning($"{string.Join(", ", empty)}: not known without {parameter}.");
        }
    }

    private TrafficMeasurement Make() => new(MakeQuery(MakeScope(), Time), IsSummary);

    private TrafficQuery MakeQuery(FlowScope scope, TimeRange time) => new()
    {
        By = _keys,
        OrderBy = _orderBy ?? TrafficOrder.Flows,
        Top = IsSummary ? _top ?? UsualTop : _top,
        Bucket = _bucket,
        MinFlows = MinFlows,
        MinBytes = MinBytes,
        Raw = Raw,
        Distinct = Distinct.Aggregate(TrafficDistinct.None, static (all, one) => all | one),
        Filter = FilterBuilder.Make(this, scope, time),
        Network = _network,
        MemoryLimit = MemoryLimit,
        ThrottleLimit = Throttle,
    };

    private void AddRecords()
    {
        _isOfRecords = true;
        _measurement ??= Make();
        try
        {
            foreach (var record in Record)
            {
                _recordsSeen++;
                if (_measurement.Add(record))
                    Tally.Written++;
            }
        }
        catch (TrafficSpillException e)
        {
            ThrowTerminatingError(FlowErrors.SpillFailed(e));
        }
    }

    private void ReadGathered()
    {
        // Those of every object that the pipeline brought.
        ResourceId = [.. _ids.Distinct()];
        var hours = _gathered.TrueForAll(static blob => blob.Hour is not null) ? _gathered.ConvertAll(static blob => blob.Hour!.Value) : [];
        if (hours.Count > 0)
            CheckBucket(Time.Start ?? hours.Min(), Time.End ?? hours.Max().AddHours(1));
        _measurement = Make();
        var progress = new MeasureProgress(this, _gathered);
        try
        {
            foreach (var news in _measurement.Read(_gathered, Cancellation))
            {
                Tick();
                if (news.Blob is { } blob)
                    Finish(blob, news);
                progress.Show(Tally.BlobsRead, news);
            }
        }
        finally
        {
            progress.Complete();
        }

        Tally.Written = _measurement.Tuples;
    }

    private void Finish(FlowBlob blob, TrafficNews news)
    {
        Tally.Add(news.Counts);
        foreach (var issue in news.Issues)
            Report(FlowErrors.Damage(issue));
        if (news.Failure is { } failure)
            Report(FlowErrors.Failure(failure, blob.Name));
        WriteVerbose(BlobLine.Of(blob, news.Counts));
    }

    private void WriteAnswer(TrafficMeasurement measurement)
    {
        if (IsSummary)
        {
            // That none of the flows that were read is of the kind is an answer; that nothing was read is none.
            if (Tally.Tuples > 0 || _recordsSeen > 0)
                WriteObject(TrafficObject.Of(measurement.Summary(Cancellation)));
        }
        else
        {
            foreach (var row in measurement.Rows(Cancellation))
                WriteObject(TrafficObject.Of(row));
        }

        if (measurement.HasSpilled)
        {
            WriteVerbose(
                $"There was more to remember than {FlowFormat.Size(MemoryLimit)} (-MemoryLimit): a part was put aside into temporary files, which are removed. The answer is the same.");
        }
    }

    private string? WhyEmpty()
    {
        if (HadNoInput)
            return "No traffic: there was no input.";
        if (_isOfRecords)
            return Tally.Written > 0 ? null : $"No traffic: the filter let none of the {FlowFormat.Count(_recordsSeen)} flow records of the input pass{Time}.";
        return Tally.WhyEmpty("No traffic", Wanted, Searched) is { } reason ? reason + Elsewhere() : null;
    }
}
