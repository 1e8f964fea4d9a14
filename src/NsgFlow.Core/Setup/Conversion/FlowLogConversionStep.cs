using System.Collections.Generic;
using System.Linq;
using NsgFlow.Display;
using NsgFlow.Setup;

namespace NsgFlow;

/// <summary>One step on the way from NSG flow logs to those of virtual networks.</summary>
public sealed class FlowLogConversionStep
{
    private FlowLogConversionStep(int step, FlowLogConversionAction action, FlowLogTarget target, KeptSettings settings)
    {
        Step = step;
        Action = action;
        LogTarget = target;
        Settings = settings;
    }

    /// <summary>Number of the step.</summary>
    public int Step { get; private init; }

    /// <summary>What it does.</summary>
    public FlowLogConversionAction Action { get; }

    /// <summary>Name of what the flow log is on; a subnet's with its network's.</summary>
    public string Target => LogTarget.Kind == FlowLogTargetKind.Subnet ? $"{LogTarget.Id.VirtualNetwork}/{LogTarget.Id.Subnet}" : LogTarget.Name;

    /// <summary>What sort of thing that is.</summary>
    public FlowLogTargetKind TargetKind => LogTarget.Kind;

    /// <summary>Name of the flow log.</summary>
    public string FlowLog { get; private init; } = string.Empty;

    /// <summary>The NSGs whose flow logs are replaced, wholly or in part.</summary>
    public IReadOnlyList<string> Replaces { get; private init; } = [];

    /// <summary>How many network interfaces it takes over from them; null for a step that has nothing to do with that.</summary>
    public int? NetworkInterfaces { get; private init; }

    /// <summary>How many network interfaces will be logged that were not; more than none with -AllowMore only.</summary>
    public int? Added { get; private init; }

    /// <summary>Name of the storage account.</summary>
    public string? StorageAccount => Settings.Storage.Name;

    /// <summary>Days that blobs are kept; 0 for ever.</summary>
    public int RetentionDays => Settings.RetentionDays;

    /// <summary>Whether Traffic Analytics is on.</summary>
    public bool TrafficAnalytics => Settings.TrafficAnalytics;

    /// <summary>Minutes between two runs of Traffic Analytics; null when it is off.</summary>
    public int? TrafficAnalyticsInterval => Settings.Interval;

    /// <summary>Name of the workspace of Traffic Analytics; null when it is off.</summary>
    public string? Workspace => Settings.Workspace.Name;

    /// <summary>How far it is.</summary>
    public FlowLogConversionState State { get; private init; }

    /// <summary>What there is to say: a choice that was made, why something was not done; empty when all is plain.</summary>
    public string Message { get; private init; } = string.Empty;

    /// <summary>ARM id of what the flow log is on.</summary>
    public string TargetResourceId => LogTarget.Id.Text;

    internal FlowLogTarget LogTarget { get; }

    internal KeptSettings Settings { get; }

    /// <summary>The new flow log of a Create or Verify step.</summary>
    internal Replacement? Replacement { get; private init; }

    /// <summary>The NSG flow log of a Disable or Keep step.</summary>
    internal FlowLog? NsgLog { get; private init; }

    /// <summary>What must write before this one is disabled.</summary>
    internal IReadOnlyList<Replacement> By { get; private init; } = [];

    /// <summary>What is done to what.</summary>
    public override string ToString() => $"{Action} {FlowLog} ({FlowLogTarget.Words(LogTarget.Id)}): {State}";

    internal static FlowLogConversionStep Create(int step, Replacement replacement) => new(step, FlowLogConversionAction.Create, replacement.Target, replacement.Settings)
    {
        FlowLog = replacement.Name,
        Replacement = replacement,
        Replaces = NsgsOf(replacement),
        NetworkInterfaces = replacement.Nics,
        Added = replacement.Added,
        Message = replacement.Words,
    };

    internal static FlowLogConversionStep Verify(int step, Replacement replacement) => new(step, FlowLogConversionAction.Verify, replacement.Target, replacement.Settings)
    {
        FlowLog = replacement.Name,
        Replacement = replacement,
        Replaces = NsgsOf(replacement),
        NetworkInterfaces = replacement.Nics,
        Message = replacement.Difference,
    };

    internal static FlowLogConversionStep Disable(int step, FlowLog log, IReadOnlyList<Replacement> by) => Of(step, FlowLogConversionAction.Disable, log, by);

    internal static FlowLogConversionStep Keep(int step, FlowLog log, string reason) =>
        Of(step, FlowLogConversionAction.Keep, log, []).With(FlowLogConversionState.Skipped, $"Stays as it is: {reason}.");

    /// <summary>The same step, further.</summary>
    internal FlowLogConversionStep With(FlowLogConversionState state, string message) => new(Step, Action, LogTarget, Settings)
    {
        FlowLog = FlowLog,
        Replaces = Replaces,
        NetworkInterfaces = NetworkInterfaces,
        Added = Added,
        Replacement = Replacement,
        NsgLog = NsgLog,
        By = By,
        State = state,
        Message = message,
    };

    private static FlowLogConversionStep Of(int step, FlowLogConversionAction action, FlowLog log, IReadOnlyList<Replacement> by) =>
        new(step, action, new FlowLogTarget(log.TargetResourceId, log.Location), KeptSettings.Of(log))
        {
            FlowLog = log.Name,
            NsgLog = log,
            By = by,
            Message = string.Join(" ", by.Select(one => one.DifferenceFrom([log])).Where(static words => words.Length > 0)),
        };

    private static ShownList<string> NsgsOf(Replacement replacement) =>
        ShownList<string>.Of([.. replacement.Replaces.Select(static log => log.Target ?? log.Name)]);
}
