using System.Collections.Generic;
using System.Management.Automation;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet about flow logs that there are. Ids from the pipeline are gathered, so that each network watcher is asked once.</summary>
public abstract class ChosenFlowLogCmdlet : FlowLogCmdlet
{
    private readonly List<string> _ids = [];
    private FlowLogLister? _lister;

    /// <summary>Names of flow logs.</summary>
    [Parameter(Position = 0, ParameterSetName = FlowLogSets.Target)]
    [Alias("FlowLogName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
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
}
