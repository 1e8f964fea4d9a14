using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Tells what fails in poll after poll once, until it has passed: somebody who waits has seen it.</summary>
internal sealed class PassingErrors(Action<ErrorRecord> report)
{
    private readonly HashSet<(string, string?, string?)> _told = [];
    private readonly HashSet<(string, string?, string?)> _seen = [];

    /// <summary>Writes an error, unless it was written and has not passed.</summary>
    public void Report(ErrorRecord error)
    {
        // A message with a request's number is another one each time.
        var message = error.Exception is NsgFlowException { RequestId: not null } ? null : error.Exception.Message;
        var key = (error.FullyQualifiedErrorId, error.TargetObject?.ToString(), message);
        _seen.Add(key);
        if (_told.Add(key))
            report(error);
    }

    /// <summary>What was not seen again since the last call has passed: to be called when everything was looked at.</summary>
    public void Forget()
    {
        _told.IntersectWith(_seen);
        _seen.Clear();
    }
}
