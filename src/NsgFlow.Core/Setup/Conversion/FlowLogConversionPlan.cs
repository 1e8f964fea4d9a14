using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>Which flow logs take over from which, and which cannot be replaced.</summary>
internal sealed class FlowLogConversionPlan
{
    public FlowLogConversionPlan(ConversionRound round, IReadOnlyList<FlowLog> converted, IReadOnlyList<(FlowLog Log, string Reason)> kept)
    {
        Replacements = [.. round.Replacements.OrderBy(static replacement => replacement.Target.Id.Text, StringComparer.OrdinalIgnoreCase)];
        Converted = [.. converted.Select(log => (log, round.ReplacementsOf(log)))];
        Kept = kept;
    }

    /// <summary>The new flow logs, and those that are there already.</summary>
    public IReadOnlyList<Replacement> Replacements { get; }

    /// <summary>NSG flow logs, each with all that takes its place.</summary>
    public IReadOnlyList<(FlowLog Log, IReadOnlyList<Replacement> By)> Converted { get; }

    /// <summary>NSG flow logs that stay, and why.</summary>
    public IReadOnlyList<(FlowLog Log, string Reason)> Kept { get; }

    /// <summary>The plan step by step: all new flow logs, then proof that they write, and only then the old ones.</summary>
    /// <param name="verify">Whether to wait for proof. Without it, no old one is disabled.</param>
    /// <param name="keepOld">Whether the old ones stay on all the same.</param>
    public IReadOnlyList<FlowLogConversionStep> Steps(bool verify, bool keepOld)
    {
        var steps = new List<FlowLogConversionStep>();
        foreach (var replacement in Replacements.Where(static replacement => replacement.Existing is null))
            steps.Add(FlowLogConversionStep.Create(steps.Count + 1, replacement));
        if (verify)
        {
            // What replaces only logs that are off already has nothing to prove.
            var waiting = Converted.Where(static item => item.Log.Enabled).SelectMany(static item => item.By).Distinct().ToList();
            foreach (var replacement in Replacements.Where(waiting.Contains))
                steps.Add(FlowLogConversionStep.Verify(steps.Count + 1, replacement));
        }

        foreach (var (log, by) in Converted.Where(static item => item.Log.Enabled))
        {
            steps.Add(keepOld ? FlowLogConversionStep.Keep(steps.Count + 1, log, "-KeepNsgFlowLog; its network interfaces are logged twice, and paid twice, until it is disabled")
                : verify ? FlowLogConversionStep.Disable(steps.Count + 1, log, by)
                : FlowLogConversionStep.Keep(steps.Count + 1, log, "without verification (-VerifyTimeout 0) nothing is disabled; convert again when the new flow logs write"));
        }

        foreach (var (log, reason) in Kept)
            steps.Add(FlowLogConversionStep.Keep(steps.Count + 1, log, reason));
        return steps;
    }
}
