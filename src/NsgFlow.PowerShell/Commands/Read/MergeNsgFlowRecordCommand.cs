using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Joins flow records into sessions.</summary>
[Cmdlet(VerbsData.Merge, "NsgFlowRecord")]
[OutputType(typeof(FlowSession))]
public sealed class MergeNsgFlowRecordCommand : PSCmdlet
{
    private SessionJoiner? _joiner;
    private long _errors;

    /// <summary>Flow records. Not of their type, since the engine would then answer for everything else, and make an array of each record.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>A session with nothing logged for longer than this is over.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan IdleTimeout { get; set; } = SessionJoiner.DefaultIdleTimeout;

    private SessionJoiner Joiner => _joiner!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _joiner = new SessionJoiner(WriteObject, IdleTimeout);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (InputObject?.BaseObject)
        {
            case null:
                break;
            case FlowRecord record:
                Joiner.Add(record);
                break;
            // As an argument: -InputObject $records.
            case IList list:
                foreach (var item in list)
                {
                    if (Stopping)
                        return;
                    if (item is not null)
                        Take(PSObject.AsPSObject(item));
                }

                break;
            default:
                Take(InputObject!);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Joiner.Complete();
        if (Joiner.Sessions == 0)
        {
            WriteWarning(WhyEmpty());
        }
        else if (Joiner.OutOfOrder > 0)
        {
            WriteWarning(
                $"Sessions can be in pieces: {FlowFormat.Count(Joiner.OutOfOrder)} of {FlowFormat.Count(Joiner.Tuples)} records came after others of their network interface that are more "
                + "than ten minutes later. Give each blob once, and those of earlier hours first, as Get-NsgFlowRecord does for a folder or an account.");
        }

        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture,
            "Joined {0:N0} records into {1:N0} sessions: {2:N0} complete, {3:N0} open, {4:N0} without their head. Left out: {5:N0} of denied flows, {6:N0} of version 1.",
            Joiner.Tuples - Joiner.Denied - Joiner.Stateless,
            Joiner.Sessions,
            Joiner.SessionsIn(FlowSessionState.Complete),
            Joiner.SessionsIn(FlowSessionState.Open),
            Joiner.SessionsIn(FlowSessionState.HeadMissing),
            Joiner.Denied,
            Joiner.Stateless));
    }

    private void Take(PSObject input)
    {
        if (input.BaseObject is FlowRecord record)
        {
            Joiner.Add(record);
            return;
        }

        _errors++;
        WriteError(FlowErrors.NotFlowRecord(input));
    }

    private string WhyEmpty()
    {
        var reasons = new List<string>();
        if (Joiner.Denied > 0)
            reasons.Add($"{FlowFormat.Count(Joiner.Denied)} of denied flows");
        if (Joiner.Stateless > 0)
            reasons.Add($"{FlowFormat.Count(Joiner.Stateless)} of version 1, which has no states to join by");
        if (_errors > 0)
            reasons.Add($"{FlowFormat.Count(_errors)} that {(_errors == 1 ? "was no flow record" : "were no flow records")}");
        return reasons.Count == 0
            ? "No session: there was no input."
            : $"No session: nothing of the input can be joined ({string.Join("; ", reasons)}).";
    }
}
