using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Asks workspaces about flows, and why there are none.</summary>
internal sealed class WorkspaceAsker(ILogs logs, AskedPlace place, AnalyticsQuestion question, TimeSpan serverTimeout, Action<ErrorRecord> report, Action<string> say)
{
    private DateTime Start => question.Start ?? DateTime.MinValue;

    /// <summary>Whether a part of the answer is known to be missing, which was reported: nothing can be told from what is not there.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Rows of a query, which is asked for piece by piece when one answer cannot hold them; what went wrong beside rows that came is reported.</summary>
    /// <param name="kql">The query of a question.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public IEnumerable<LogsRow> Rows(Func<AnalyticsQuestion, string> kql, CancellationToken cancellation)
    {
        var windows = new LogsWindows(logs, place.Workspaces, (start, end) => kql(question.Within(start, end)))
        {
            ServerTimeout = serverTimeout,
            Partial = Miss,
        };
        var said = new HashSet<string>();
        foreach (var answer in windows.Answers(Start, question.End ?? question.Now, cancellation))
        {
            foreach (var warning in answer.Warnings.Where(said.Add))
                say("Log Analytics remarks: " + warning);
            foreach (var row in answer.Primary.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return row;
            }
        }
    }

    /// <summary>What the tables hold of the time, whoever's it is.</summary>
    public AnalyticsPresence Presence(CancellationToken cancellation)
    {
        var request = new LogsRequest { Query = AnalyticsPresence.Query(question.Tables, Start, question.End), Workspaces = place.Workspaces, ServerTimeout = serverTimeout };
        return AnalyticsPresence.Of(logs.Query(request, cancellation), question.Tables);
    }

    /// <summary>Why nothing came, as a sentence.</summary>
    /// <param name="nothing">What did not.</param>
    /// <param name="presence">What there is.</param>
    /// <param name="time">From when until when it was asked for.</param>
    public string WhyNothing(string nothing, AnalyticsPresence presence, TimeRange time) =>
        $"{nothing}: {presence.Reason(question.Filter.Scope.ToString(), place.ToString(), time.ToString())}";

    /// <summary>The failure as a user should see it: the service names a table that is not there in words about the query, not about Traffic Analytics.</summary>
    public NsgFlowException Explained(NsgFlowException failure, CancellationToken cancellation) =>
        failure.ErrorId == "LogsQueryInvalid" ? Or(failure, () => Presence(cancellation).Error(place.ToString())) : failure;

    /// <summary>The same where topology was asked for, which has a table of its own.</summary>
    public NsgFlowException ExplainedTopology(NsgFlowException failure, CancellationToken cancellation)
    {
        if (failure.ErrorId != "LogsQueryInvalid")
            return failure;
        var request = new LogsRequest { Query = TopologyPresence.Query(question.Tables, Start), Workspaces = place.Workspaces, ServerTimeout = serverTimeout };
        return Explained(Or(failure, () => TopologyPresence.Error(logs.Query(request, cancellation), question.Tables, place.ToString())), cancellation);
    }

    // Whoever cannot be asked about the tables either leaves the first failure as it is: that is what the user's question came to.
    private static NsgFlowException Or(NsgFlowException failure, Func<NsgFlowException?> explanation)
    {
        try
        {
            return explanation() ?? failure;
        }
        catch (NsgFlowException)
        {
            return failure;
        }
    }

    private void Miss(NsgFlowException partial)
    {
        IsPartial = true;
        report(FlowErrors.Failure(partial, place.ToString()));
    }
}
