using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Tells what fails in poll after poll once, until it has passed: somebody who waits has seen it.</summary>
internal sealed class PassingErrors(Action<ErrorRecord> report)
{
    private HashSet<(string, string?, string?)> _before = [];
    private HashSet<(string, string?, string?)> _now = [];

    /// <summary>Writes an error, unless the last poll had it.</summary>
    public void Report(ErrorRecord error)
    {
        // A message with a request's number is another one each time.
        var message = error.Exception is NsgFlowException { RequestId: not null } ? null : error.Exception.Message;
        var key = (error.FullyQualifiedErrorId, error.TargetObject?.ToString(), message);
        if (_now.Add(key) && !_before.Contains(key))
            report(error);
    }

    /// <summary>Another poll begins.</summary>
    public void NextPoll() => (_before, _now) = (_now, []);
}
