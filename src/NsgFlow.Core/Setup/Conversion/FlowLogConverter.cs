using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>
/// Carries NSG flow logs over to virtual networks. It keeps no state: what is there already is counted, so that it can be run again after anything.
/// For one thread.
/// </summary>
public sealed class FlowLogConverter
{
    /// <summary>What was written so long before the conversion began still proves that a flow log that was there works.</summary>
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(15);

    private readonly ArmMemory _memory;
    private readonly FlowLogSetup _setup;
    private readonly IFlowArrivals _arrivals;
    private readonly Func<DateTime> _now;
    private readonly DateTime _begun;

    /// <summary>Makes a converter.</summary>
    /// <param name="arm">Azure.</param>
    /// <param name="setup">Plans the writes.</param>
    /// <param name="arrivals">Looks into storage accounts.</param>
    /// <param name="now">The present, UTC.</param>
    public FlowLogConverter(IArm arm, FlowLogSetup setup, IFlowArrivals arrivals, Func<DateTime>? now = null)
    {
        _memory = new ArmMemory(arm ?? throw new ArgumentNullException(nameof(arm)));
        _setup = setup ?? throw new ArgumentNullException(nameof(setup));
        _arrivals = arrivals ?? throw new ArgumentNullException(nameof(arrivals));
        _now = now ?? (static () => DateTime.UtcNow);
        _begun = _now();
    }

    /// <summary>How long to wait between two looks into storage accounts: Azure writes once a minute.</summary>
    internal TimeSpan LookDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Those of some NSG flow logs that log interfaces of a network, subnet or interface, or would.</summary>
    /// <exception cref="NsgFlowException">A network or NSG may not be read.</exception>
    public IReadOnlyList<FlowLog> Over(ResourceId target, IReadOnlyList<FlowLog> logs, CancellationToken cancellation)
    {
        var gatherer = new NetworkGatherer(_memory);
        gatherer.Add(target, cancellation);
        foreach (var log in logs)
            gatherer.AddNsgAlone(new ResourceId(log.TargetResourceId), cancellation);
        return gatherer.Layout.NsgLogsOver(target, logs);
    }

    /// <summary>Plans.</summary>
    /// <param name="logs">The NSG flow logs to be replaced; others are passed over.</param>
    /// <param name="options">How.</param>
    /// <param name="failed">Told of each NSG flow log whose networks may not be read; it is left out.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException">The other flow logs may not be listed.</exception>
    public IReadOnlyList<FlowLogConversionStep> Plan(
        IReadOnlyList<FlowLog> logs, FlowLogConversionOptions options, Action<FlowLog, NsgFlowException> failed, CancellationToken cancellation)
    {
        if (options is null)
            throw new ArgumentNullException(nameof(options));
        if (failed is null)
            throw new ArgumentNullException(nameof(failed));
        var gatherer = new NetworkGatherer(_memory);
        var readable = new List<FlowLog>();
        foreach (var log in logs.Where(static log => log is { Kind: FlowLogKind.Nsg, IsBeingDeleted: false }).GroupBy(static log => new ResourceId(log.Id)).Select(static same => same.First()))
        {
            try
            {
                gatherer.Add(new ResourceId(log.TargetResourceId), cancellation);
                readable.Add(log);
            }
            catch (NsgFlowException failure)
            {
                failed(log, failure);
            }
        }

        var neighbours = readable.Select(static log => new ResourceId(log.Id).Parent.Text).Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(watcher => Logs(watcher, cancellation));
        return new FlowLogConversion(gatherer.Layout, neighbours, options.AllowMore).Plan(readable).Steps(options.Verify, options.KeepNsgFlowLog);
    }

    /// <summary>The plan for the flow log of a Create step.</summary>
    /// <exception cref="NsgFlowException">It cannot be made.</exception>
    public FlowLogPlan PlanCreate(FlowLogConversionStep step, CancellationToken cancellation)
    {
        var replacement = step?.Replacement ?? throw new ArgumentException("No step that makes a flow log.", nameof(step));
        var target = ArmResource.Parse(new JsonObject { ["id"] = replacement.Target.Id.Text, ["location"] = replacement.Target.Location }.ToJsonString());
        return _setup.PlanTarget(target, replacement.Settings.ToSettings(Workspace(replacement.Settings, cancellation), replacement.Tags), cancellation);
    }

    /// <summary>The plan for the flow log of a Disable step.</summary>
    /// <exception cref="NsgFlowException">It cannot be read or is gone.</exception>
    public FlowLogPlan PlanDisable(FlowLogConversionStep step, CancellationToken cancellation) =>
        _setup.PlanChange(step?.NsgLog ?? throw new ArgumentException("No step that disables a flow log.", nameof(step)), new FlowLogSettings { Enabled = false }, cancellation);

    /// <summary>Waits until flow logs write.</summary>
    /// <param name="steps">Verify steps whose flow logs are there.</param>
    /// <param name="limit">How long to wait for all of them.</param>
    /// <param name="told">Told before each wait how many are left, and how long it has taken.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The steps as they come out: done, or failed with the reason.</returns>
    public IEnumerable<FlowLogConversionStep> Verify(
        IReadOnlyList<FlowLogConversionStep> steps, TimeSpan limit, Action<int, TimeSpan> told, CancellationToken cancellation)
    {
        if (told is null)
            throw new ArgumentNullException(nameof(told));
        var left = steps.ToList();
        for (var started = _now(); left.Count > 0;)
        {
            foreach (var step in left.ToList())
            {
                if (Look(step, cancellation) is not { } seen)
                    continue;
                left.Remove(step);
                yield return seen;
            }

            var passed = _now() - started;
            if (left.Count == 0 || passed >= limit)
                break;
            told(left.Count, passed);
            if (cancellation.WaitHandle.WaitOne(LookDelay < limit - passed ? LookDelay : limit - passed))
                cancellation.ThrowIfCancellationRequested();
        }

        foreach (var step in left)
        {
            yield return step.With(
                FlowLogConversionState.Failed,
                $"{step.FlowLog} wrote nothing into {step.StorageAccount} within {(int)Math.Ceiling(limit.TotalMinutes)} minutes. The NSG flow logs that it replaces stay on; Test-NsgFlowLog -Name {CommandText.Quoted(step.FlowLog)} looks for the reason, and converting again goes on from here.");
        }
    }

    // Null while there is nothing yet.
    private FlowLogConversionStep? Look(FlowLogConversionStep step, CancellationToken cancellation)
    {
        var replacement = step.Replacement!;
        try
        {
            var log = replacement.Existing ?? Made(replacement, cancellation);
            var account = _memory.Get(log.StorageId, ResourceKind.StorageAccount.ApiVersion, cancellation).Value;
            var newest = _arrivals.Look(log, account, cancellation).Newest;
            var since = replacement.Existing is null ? _begun : _begun - _fresh;
            return newest?.LastModified is { } last && last >= since
                ? step.With(FlowLogConversionState.Done, $"{step.FlowLog} writes. {step.Message}".TrimEnd())
                : null;
        }
        catch (NsgFlowException failure)
        {
            return step.With(FlowLogConversionState.Failed, $"It cannot be seen whether {step.FlowLog} writes, so the NSG flow logs that it replaces stay on: {failure.Message} {failure.RecommendedAction}".TrimEnd());
        }
    }

    private FlowLog Made(Replacement replacement, CancellationToken cancellation)
    {
        // The watcher of the logs replaced: one subscription, one region.
        var watcher = new ResourceId(replacement.Replaces[0].Id).Parent.Text;
        _memory.Forget(watcher + "/flowLogs");
        return Logs(watcher, cancellation).FirstOrDefault(log => new ResourceId(log.TargetResourceId) == replacement.Target.Id)
            ?? throw new NsgFlowException("FlowLogNotFound", $"There is no flow log of {replacement.Target}.", "Convert again.");
    }

    // One that is being deleted takes nobody's place.
    private IEnumerable<FlowLog> Logs(string watcher, CancellationToken cancellation)
    {
        var rows = _memory.List(watcher + "/flowLogs", ResourceKind.FlowLog.ApiVersion, cancellation);
        return rows.Refusal is { } refusal ? throw refusal : (rows.Value ?? []).Select(static row => new FlowLog(row)).Where(static log => !log.IsBeingDeleted);
    }

    private Workspace? Workspace(KeptSettings settings, CancellationToken cancellation)
    {
        if (!settings.TrafficAnalytics)
            return null;
        var found = _memory.Get(settings.Workspace.Text, ResourceKind.Workspace.ApiVersion, cancellation);
        if (found.Refusal is { } refusal)
            throw refusal;
        return found.Value is { } workspace
            ? new Workspace(workspace)
            : throw new NsgFlowException("WorkspaceMissing", $"The workspace '{settings.Workspace.Name}' of Traffic Analytics is gone.", "Give the NSG flow log another one (Set-NsgFlowLog -Workspace), or switch its Traffic Analytics off, and convert again.");
    }
}
