using System;
using System.Collections.Generic;
using System.Management.Automation;
using NsgFlow.Arm;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Carries plans out, after asking whoever wants to be asked.</summary>
internal sealed class FlowLogChanger
{
    private const string Sure = "Are you sure you want to perform this action?";

    private readonly FlowLogCmdlet _cmdlet;
    private readonly Action _tick;

    // What one flow log needs, others need, too: it is made, shown and refused once.
    private readonly Dictionary<string, bool> _asked = new(StringComparer.OrdinalIgnoreCase);

    public FlowLogChanger(FlowLogCmdlet cmdlet, Action tick)
    {
        _cmdlet = cmdlet;
        _tick = tick;
    }

    /// <summary>Whether what is missing may be made without a question.</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether to return before Azure has ended.</summary>
    public bool IsNoWait { get; init; }

    /// <summary>Whether to give the flow log out.</summary>
    public bool IsPassedOn { get; init; }

    /// <summary>Makes a flow log as planned.</summary>
    /// <returns>Whether it is so now: not when somebody said no, or only wanted to see.</returns>
    public bool Change(FlowLogPlan plan)
    {
        foreach (var warning in plan.Warnings)
            _cmdlet.WriteWarning(warning);
        if (plan.IsEmpty)
        {
            _cmdlet.WriteVerbose($"{plan.Subject}: nothing to change.");
            Give(plan.Actual!);
            return true;
        }

        foreach (var need in plan.Prerequisites)
        {
            if (!HasMade(need))
                return false;
        }

        if (IsAgreed(plan.Subject, plan.Action, out var isWhatIf))
        {
            Give(Wait(plan.Actual is null ? "Creating flow log" : "Changing flow log", plan.Subject, wait => _cmdlet.Setup.Apply(plan, wait, _cmdlet.Cancellation)));
            return true;
        }

        if (isWhatIf)
            Give(plan.Expected);
        return false;
    }

    /// <summary>Removes a flow log.</summary>
    public void Remove(FlowLog log)
    {
        var subject = $"{log.Name} ({FlowLogTarget.Words(new ResourceId(log.TargetResourceId))})";
        // -Force answers the question, but -WhatIf still only shows, and -Confirm still asks.
        if ((IsForced && !IsWhatIf && !WillAsk) || IsAgreed(subject, $"Remove flow log; what it has written to {log.StorageAccount} stays", out _))
            Wait("Removing flow log", subject, wait => _cmdlet.Setup.Remove(log, wait, _cmdlet.Cancellation));
    }

    /// <summary>Whether nothing is to be written, but shown.</summary>
    public bool IsWhatIf => _cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? (SwitchParameter)given
        : LanguagePrimitives.IsTrue(_cmdlet.SessionState.PSVariable.GetValue("WhatIfPreference"));

    private bool WillAsk => _cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out var given) && (SwitchParameter)given;

    // False when the flow log must wait for another day.
    private bool HasMade(FlowLogPrerequisite need)
    {
        if (_asked.TryGetValue(need.Id, out var isMade))
            return isMade;
        if (!IsForced && !WillAsk && !IsWhatIf)
            throw need.Refusal;
        if (IsAgreed(need.Subject, need.Action, out var isWhatIf))
        {
            Wait(need.Action, need.Subject, wait =>
            {
                _cmdlet.Setup.Prepare(need, wait, _cmdlet.Cancellation);
                return true;
            }, mustWait: true);
            return _asked[need.Id] = true;
        }

        if (isWhatIf && !IsForced)
            _cmdlet.WriteWarning($"{need.Refusal.Message} Without -Force (or -Confirm) it would be an error.");
        return _asked[need.Id] = isWhatIf;
    }

    private bool IsAgreed(string subject, string action, out bool isWhatIf)
    {
        var text = $"Performing the operation \"{action}\" on target \"{subject}\".";
        var isAgreed = _cmdlet.ShouldProcess(text, text, Sure, out var reason);
        isWhatIf = reason == ShouldProcessReason.WhatIf;
        return isAgreed;
    }

    private T Wait<T>(string activity, string subject, Func<ArmWait, T> act, bool mustWait = false)
    {
        using var progress = new SetupProgress(_cmdlet, activity, subject, _tick);
        return act(IsNoWait && !mustWait ? ArmWait.No : progress.Wait);
    }

    private void Give(FlowLog log)
    {
        if (IsPassedOn)
            _cmdlet.WriteObject(log);
    }
}
