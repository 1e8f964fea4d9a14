using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Blobs;
using NsgFlow.Display;
using NsgFlow.Following;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

// Blobs that grow: what comes while one waits, and what came since the last run.
public sealed partial class GetNsgFlowRecordCommand
{
    // What the pipeline brings may be more or other from run to run; that makes no other question.
    private const string Any = "*";

    // A service should not be asked without a pause.
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(100);

    private readonly List<FlowPlace> _places = [];

    // Whose flows, and where, of all objects that the pipeline brought.
    private readonly HashSet<(string Parameter, string Value)> _asked = [];
    private readonly HashSet<string> _onCommandLine = [];
    private TimeSpan? _timeout;
    private TimeSpan? _pollInterval;

    /// <summary>Waits for new flows and gives them as they come, until the pipeline is stopped.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait at most: 90s, 30m, 6h, or a TimeSpan.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(WaitingCompleter))]
    public TimeSpan Timeout { get => _timeout.GetValueOrDefault(); set => _timeout = value; }

    /// <summary>How long between two looks at what is new.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(WaitingCompleter))]
    public TimeSpan PollInterval { get => _pollInterval ?? TimeSpan.FromSeconds(15); set => _pollInterval = value; }

    /// <summary>A file, or the URL of a blob, that remembers what was given: the next run goes on from there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Checkpoint { get; set; }

    /// <inheritdoc/>
    // Who waits wants what is new; a checkpoint is there to leave nothing out.
    private protected override TimeSpan? OfflineDefault => Wait && !IsTail && Checkpoint is null ? TimeSpan.FromHours(1) : null;

    private bool IsFollowing => Wait || Checkpoint is not null;

    private void CheckFollowing()
    {
        if (!Wait && (_timeout ?? _pollInterval) is { } pause)
            Refuse("WaitMissing", "-Timeout and -PollInterval say how to wait.", pause, "Give -Wait, too.");
        if (PollInterval < s_leastInterval)
            Refuse("PollIntervalTooShort", $"-PollInterval is at least {s_leastInterval.TotalMilliseconds} ms.", PollInterval, "Flow logs grow once a minute.");
        if (!IsFollowing)
            return;
        if (MyInvocation.BoundParameters.ContainsKey(nameof(EndTime)))
        {
            Refuse(
                "FollowHasNoEnd",
                "-EndTime cannot be given with -Wait or -Checkpoint, which go on from where they are.",
                EndTime,
                Wait ? "Give -Timeout to end waiting." : "Leave it out: without -Wait a run ends with what is there.");
        }

        if (Checkpoint is not null && (IsTail || First > 0))
            Refuse("CheckpointTakesAll", "-First and -Tail leave records out, which a checkpoint would pass over.", ShownCheckpoint, "Use Select-Object after the checkpoint's run, or no checkpoint.");
        _onCommandLine.UnionWith(MyInvocation.BoundParameters.Keys);
    }

    private void CheckStart()
    {
        // Until then all would be passed over without a word, and with a checkpoint in every later run, too.
        if (IsFollowing && Time.Start > DateTime.UtcNow)
            Refuse("FollowStartsLater", $"-Wait and -Checkpoint cannot start in the future, at {FlowFormat.Time(Time.Start)}.", Time.Start, "All times are UTC.");
    }

    /// <summary>Notes where the object that the pipeline brought is to be followed.</summary>
    private void AddPlaces()
    {
        if (ParameterSetName == SourceSets.Blob)
            Refuse("FollowNeedsSource", "Blobs that were listed before cannot be followed: others come.", null, "Give -Wait and -Checkpoint what Get-NsgFlowBlob was given.");
        var places = FindPlaces();
        _places.AddRange(places);
        Note(nameof(Path), Path, FullPath, nameof(LiteralPath));
        Note(
            nameof(StorageAccount),
            ParameterSetName is SourceSets.Storage or SourceSets.ConnectionString ? places.Select(static place => place.Target) : [],
            other: nameof(ConnectionString));
        Note(nameof(Container), Container);
        Note(nameof(FlowLog), FlowLog.Length > 0 ? [Any] : []);
        Note(nameof(Nsg), Nsg);
        Note(nameof(VirtualNetwork), VirtualNetwork);
        Note(nameof(Subnet), Subnet);
        Note(nameof(NetworkInterface), NetworkInterface);
        Note(nameof(AksCluster), AksCluster);
        Note(nameof(ResourceId), ResourceId);
        Note(nameof(ResourceGroupName), ResourceGroupName);
        Note(nameof(SubscriptionId), SubscriptionId);
        Note(nameof(MacAddress), MacAddress);

        // Azure's names mean the same in any case, and services give them in several.
        void Note(string parameter, IEnumerable<string> values, Func<string, string>? form = null, string? other = null)
        {
            var isPiped = MyInvocation.ExpectingInput && !_onCommandLine.Contains(parameter) && !_onCommandLine.Contains(other ?? parameter);
            _asked.UnionWith(values.Select(value => (parameter, isPiped ? Any : form is null ? value.ToLowerInvariant() : form(value))));
        }
    }

    private void Refuse(string id, string message, object? target, string action) => ThrowTerminatingError(FlowErrors.BadArguments(id, message, target, action));

    private string? ShownCheckpoint => Checkpoint is null ? null : CheckpointOpener.Shown(Checkpoint);

    /// <summary>Whose flows, and where: what a checkpoint belongs to. The filter is not in it, so that it can be changed.</summary>
    private string Question() => string.Join(" ", _asked
        .GroupBy(static one => one.Parameter, static one => one.Value)
        .OrderBy(static values => values.Key, StringComparer.Ordinal)
        .Select(static values => $"-{values.Key} {string.Join(", ", values.OrderBy(static value => value, StringComparer.Ordinal))}"));

    private string FullPath(string path)
    {
        try
        {
            return SessionState.Path.GetUnresolvedProviderPathFromPSPath(path).TrimEnd('/', '\\');
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException)
        {
            // That there is no such drive was said already.
            return path;
        }
    }

    private void Follow()
    {
        try
        {
            using var checkpoint = Checkpoint is null ? null : CheckpointOpener.Open(this, Checkpoint, Question(), OpenAzure, Say, Cancellation);
            using var run = new FollowRun(MakeFollower(checkpoint), checkpoint) { Timeout = _timeout, IsPartial = HasUnfoundPlaces };
            Poll(run);
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, ShownCheckpoint ?? Wanted));
        }
    }

    private void Poll(FollowRun run)
    {
        var (listing, errors) = (new PassingErrors(Report), new PassingErrors(Report));
        var pump = new RecordPump(this, Tally, Report, Tick) { Fail = errors.Report };
        var places = Places();
        var own = Checkpoint is null ? null : FullPath(Checkpoint);
        if (IsTail)
            StartWithTail(run, pump, places, listing);
        var isFirst = true;
        do
        {
            pump.Run(run.Poll(places.Count, Listed, Cancellation), 0, WriteRecords, Cancellation);
            // A listing that succeeds has passed at once; a blob's failure only when the blob was looked at again.
            listing.Forget();
            if (run.HasLookedAtAll)
                errors.Forget();
            if (isFirst)
                SayWhyEmpty(run);

            // Later polls are short, and a bar at each of them would flicker.
            pump.ShowsProgress = isFirst = false;
        }
        while (Wait && !_isFull && run.Wait(PollInterval, Tick, Cancellation));
        if (run.IsCut)
            WriteWarning("-Timeout has passed before all was read that is there. The next run with this checkpoint goes on.");
        if (Wait && run.IsHopeless && places.Count > 0)
            WriteWarning("Waiting has ended, since nothing can be listed any more: see the errors.");

        IEnumerable<FlowBlob> Listed(DateTime? start, Action<ErrorRecord> failed)
        {
            foreach (var blob in List(places, start, Told))
            {
                // The checkpoint may lie among the flow logs.
                if (blob.Name == own)
                    continue;
                Tally.BlobsFound += isFirst ? 1 : 0;
                yield return blob;
            }

            void Told(ErrorRecord failure)
            {
                failed(failure);
                listing.Report(failure);
            }
        }
    }

    // Who waits, or goes on, knows that a filter may match later; that there is no blob at all can be a slip in a name.
    private void SayWhyEmpty(FollowRun run)
    {
        var knowsNone = run.State.Positions.Count == 0 && (run.IsNew || Tally.BlobsFound == 0);
        var isSaid = Wait ? knowsNone && !run.IsHopeless : knowsNone || run.IsNew;
        if (isSaid && WhyEmpty(run.IsNew ? Time : new TimeRange(run.State.From, null)) is { } reason)
            WriteWarning(reason + (Wait ? " Waiting for what comes." : string.Empty));
    }

    private void StartWithTail(FollowRun run, RecordPump pump, IReadOnlyList<FlowPlace> places, PassingErrors listing)
    {
        Gather(List(places, Time.Start, listing.Report));
        var oldest = WriteTail(
            _gathered,
            // Hours that are not over yet are read in any case, so that nothing is missed of what comes in them.
            static hour => FlowBlobName.IsOpen(hour, DateTime.UtcNow),
            (hour, known, take) => pump.Run(run.Read(hour, static () => false, Cancellation), known, take, Cancellation));
        run.State.From = oldest ?? run.State.From;
    }

    private FlowFollower MakeFollower(Checkpoint? checkpoint)
    {
        var state = checkpoint?.State ?? new FollowState();
        var isNew = checkpoint is null or { IsNew: true };
        if (isNew)
            (state.From, state.Start) = (Time.Start, Time.Default is null ? Time.Start : null);
        // With a checkpoint no flow is cut off by a time that nobody gave.
        var time = checkpoint is null ? Time : new TimeRange(state.Start, null);
        return new FlowFollower(state)
        {
            Filter = FilterBuilder.Make(this, MakeScope(), time),
            ThrottleLimit = Throttle,
            // Listing a folder costs nothing, and files are copied in any order.
            WideEvery = IsOfFiles ? TimeSpan.Zero : TimeSpan.FromMinutes(10),
        };
    }

    /// <summary>The places of all that the pipeline brought, each store once; from when on is the follower's to say.</summary>
    private List<FlowPlace> Places() =>
    [
        .. _places.GroupBy(static place => place.Target).Select(same => same.First() with
        {
            Query = new FlowBlobQuery
            {
                Scope = MakeScope(),
                FlowLogs = [.. same.SelectMany(static place => place.Query.FlowLogs).Distinct()],
                MacAddresses = MacAddress,

                // New NSGs and flow logs are rare: with the usual interval they are looked for every five minutes.
                MaxTargetAge = TimeSpan.FromTicks(20 * Math.Min(PollInterval.Ticks, TimeSpan.TicksPerHour)),
            },
        }),
    ];
}
