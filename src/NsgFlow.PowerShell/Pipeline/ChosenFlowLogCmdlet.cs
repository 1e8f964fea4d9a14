using System.Collections.Generic;
using System.Management.Automation;
using NsgFlow.PowerShell.Completion;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet about flow logs that there are. Ids from the pipeline are gathered, so that each network watcher is asked once.</summary>
public abstract class ChosenFlowLogCmdlet : FlowLogCmdlet
{
    private readonly List<string> _ids = [];
    private FlowLogLister? _lister;
    private int _errors;

    /// <summary>Names of flow logs.</summary>
    [Parameter(Position = 0, ParameterSetName = FlowLogSets.Target)]
    [Alias("FlowLogName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FlowLogCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Regions.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [ValidateNotNullOrEmpty]
    public string[] Location { get; set; } = [];

    /// <summary>Lists flow logs.</summary>
    internal FlowLogLister Lister => _lister ??= new FlowLogLister(Arm, Finder);

    /// <inheritdoc/>
    protected override void ProcessRecord() => _ids.AddRange(ResourceId);

    /// <summary>What the parameters and the pipeline say.</summary>
    internal FlowLogChoice Chosen(FlowLogKind? kind = null, bool? enabled = null) => Choice(Name, Location, _ids, kind, enabled);

    /// <summary>The flow logs that are meant; the watchers must be found, or nothing goes on.</summary>
    internal IEnumerable<FlowLog> List(FlowLogChoice choice)
    {
        using var logs = Lister.List(choice, Fail, Cancellation).GetEnumerator();
        while (Needed(null, logs.MoveNext))
        {
            Tick();
            yield return logs.Current;
        }
    }

    /// <summary>Says that no flow log was meant, so that nothing is not taken for done; what an error has said already is not said again.</summary>
    /// <param name="advice">What to do, in sentences.</param>
    internal void WarnOfNone(string advice = "")
    {
        if (_errors > 0)
            return;
        var none = Lister.WatchersAsked == 0
            ? "There is no network watcher where you look, so there is no flow log. Get-NsgFlowContext shows who you are signed in as."
            : $"No flow log is like that in the {Lister.WatchersAsked} network watcher(s) that you may read.";
        WriteWarning(advice.Length == 0 ? none : $"{none} {advice}");
    }

    /// <inheritdoc/>
    private protected override void Report(ErrorRecord error)
    {
        _errors++;
        base.Report(error);
    }
}
