using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Goes through the steps of a conversion. An old flow log is disabled only after everything that takes its place has been seen to write.</summary>
internal sealed class ConversionRun(FlowLogCmdlet cmdlet, FlowLogConverter converter, FlowLogChanger changer, TimeSpan limit, Action tick)
{
    private const int ActivityId = 20_270_930;
    private const string Activity = "Waiting until the new flow logs write";

    // What is not there, or does not write, and why.
    private readonly Dictionary<Replacement, string> _missing = [];

    public void Run(IReadOnlyList<FlowLogConversionStep> steps)
    {
        if (changer.IsWhatIf)
        {
            Show(steps);
            return;
        }

        foreach (var step in steps.Where(static step => step.Action == FlowLogConversionAction.Create))
            cmdlet.WriteObject(Create(step));
        foreach (var step in Verify(steps.Where(static step => step.Action == FlowLogConversionAction.Verify)))
            cmdlet.WriteObject(step);
        foreach (var step in steps.Where(static step => step.Action is FlowLogConversionAction.Disable or FlowLogConversionAction.Keep))
            cmdlet.WriteObject(step.Action == FlowLogConversionAction.Disable ? Disable(step) : step);
    }

    // What would be written is told as every writer tells it; the plan says it with everything around.
    private void Show(IReadOnlyList<FlowLogConversionStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Action == FlowLogConversionAction.Create)
                cmdlet.Guard(step, () => changer.Change(converter.PlanCreate(step, cmdlet.Cancellation)));
            else if (step.Action == FlowLogConversionAction.Disable)
                cmdlet.ShouldProcess($"{step.FlowLog} ({FlowLogTarget.Words(new ResourceId(step.TargetResourceId))})", "Disable flow log, once what replaces it writes");
            cmdlet.WriteObject(step);
        }
    }

    private FlowLogConversionStep Create(FlowLogConversionStep step)
    {
        var (state, message) = Do(step, () => changer.Change(converter.PlanCreate(step, cmdlet.Cancellation)));
        if (state != FlowLogConversionState.Done)
            _missing[step.Replacement!] = $"{step.FlowLog} was not created";
        return step.With(state, message.Length > 0 ? message : step.Message);
    }

    private IEnumerable<FlowLogConversionStep> Verify(IEnumerable<FlowLogConversionStep> steps)
    {
        var there = new List<FlowLogConversionStep>();
        foreach (var step in steps)
        {
            if (_missing.TryGetValue(step.Replacement!, out var reason))
                yield return step.With(FlowLogConversionState.Skipped, reason + ".");
            else
                there.Add(step);
        }

        foreach (var step in Waited(there))
        {
            if (step.State != FlowLogConversionState.Done)
            {
                _missing[step.Replacement!] = $"{step.FlowLog} was not seen to write";
                cmdlet.Fail(step.FlowLog, new NsgFlowException("FlowLogNotVerified", step.Message, $"Test-NsgFlowLog -Name {step.FlowLog} looks for the reason; converting again goes on from here."));
            }

            yield return step;
        }
    }

    private IEnumerable<FlowLogConversionStep> Waited(List<FlowLogConversionStep> steps)
    {
        using var seen = converter.Verify(steps, limit, Tell, cmdlet.Cancellation).GetEnumerator();
        while (cmdlet.Needed(null, seen.MoveNext))
            yield return seen.Current;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    private FlowLogConversionStep Disable(FlowLogConversionStep step)
    {
        var reasons = step.By.Where(_missing.ContainsKey).Select(by => _missing[by]).ToList();
        if (reasons.Count > 0)
            return step.With(FlowLogConversionState.Skipped, $"Stays on: {string.Join("; ", reasons)}.");
        var (state, message) = Do(step, () => changer.Change(converter.PlanDisable(step, cmdlet.Cancellation)));
        return step.With(state, message.Length > 0 ? message : step.Message);
    }

    private (FlowLogConversionState State, string Message) Do(FlowLogConversionStep step, Func<bool> act)
    {
        try
        {
            return act() ? (FlowLogConversionState.Done, string.Empty) : (FlowLogConversionState.Skipped, "It was declined.");
        }
        catch (NsgFlowException failure)
        {
            cmdlet.WriteError(FlowErrors.Failure(failure, step.FlowLog));
            return (FlowLogConversionState.Failed, failure.Message);
        }
        catch (OperationCanceledException) when (cmdlet.Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Tell(int left, TimeSpan passed)
    {
        tick();
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, $"{left} left, {(int)passed.TotalMinutes} of {(int)Math.Ceiling(limit.TotalMinutes)} minutes")
        {
            PercentComplete = (int)Math.Min(100, 100 * passed.TotalSeconds / limit.TotalSeconds),
        });
    }
}
