using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Blobs;

/// <summary>What a listing is asked for.</summary>
public sealed class FlowBlobQuery
{
    private readonly DateTime? _start;
    private readonly DateTime? _end;

    /// <summary>Everything.</summary>
    public static FlowBlobQuery Everything { get; } = new();

    /// <summary>Whose flows.</summary>
    public FlowScope Scope { get; init; } = FlowScope.Everything;

    /// <summary>Flows from when, UTC, inclusive; null for no limit.</summary>
    public DateTime? Start { get => _start; init => _start = value is { } time ? FlowTime.ToUtc(time) : null; }

    /// <summary>Flows until when, UTC, exclusive; null for no limit.</summary>
    public DateTime? End { get => _end; init => _end = value is { } time ? FlowTime.ToUtc(time) : null; }

    /// <summary>MACs (12 upper-case hex digits) to look for; empty for all.</summary>
    public IReadOnlyList<string> MacAddresses { get; init; } = [];

    /// <summary>The flow logs that wrote the blobs; empty for any. Others of the same storage account are then left out by their names.</summary>
    public IReadOnlyList<FlowLog> FlowLogs { get; init; } = [];

    /// <summary>
    /// How old the knowledge of which targets there are may be, when the same question is asked of a store again. Zero: they are looked for in each
    /// listing. Whoever lists every few seconds need not look for new NSGs each time; their first blobs come so much later.
    /// </summary>
    public TimeSpan MaxTargetAge { get; init; }

    /// <summary>The same question from another moment on.</summary>
    /// <param name="start">UTC, inclusive; null for no limit.</param>
    public FlowBlobQuery From(DateTime? start) => new()
    {
        Scope = Scope, Start = start, End = End, MacAddresses = MacAddresses, FlowLogs = FlowLogs, MaxTargetAge = MaxTargetAge,
    };

    /// <summary>
    /// True only when a blob's name proves that it holds nothing of what is asked for. A blob counts from <see cref="FlowBlobName.Lead"/>
    /// before its hour to its hour's end.
    /// </summary>
    public bool Excludes(FlowBlob blob)
    {
        if (blob is null)
        {
            throw new ArgumentNullException(nameof(blob));
        }

        return ExcludesPeriod(blob.Hour?.Ticks, blob.Hour?.Ticks + TimeSpan.TicksPerHour) || ExcludesMac(blob.MacAddress)
            || ExcludesFlowLog(blob.Kind, blob.ResourceId, blob.SubscriptionId, blob.Target) || Scope.Excludes(blob);
    }

    /// <summary>The same for a name that may be the beginning of one, as a folder's is.</summary>
    internal bool Excludes(FlowBlobName name) =>
        ExcludesPeriod(name.PeriodStart?.Ticks, name.PeriodEnd?.Ticks) || ExcludesMac(name.MacAddress)
        || ExcludesFlowLog(name.Kind, name.ResourceId, name.SubscriptionId, name.Target) || Scope.Answer(name) == ScopeAnswer.No;

    // In ticks, since a hostile name may lie at the end of what a DateTime can add to. A null compares false: what is not told excludes nothing.
    private bool ExcludesPeriod(long? start, long? end) => end <= _start?.Ticks || start - FlowBlobName.Lead.Ticks >= _end?.Ticks;

    private bool ExcludesFlowLog(FlowLogKind? kind, string? id, string? subscription, string? target)
    {
        foreach (var flowLog in FlowLogs)
        {
            if (FlowBlobOwner.IsPossible(flowLog, kind, id, subscription, target))
                return false;
        }

        return FlowLogs.Count > 0;
    }

    private bool ExcludesMac(string? mac)
    {
        if (mac is null || MacAddresses.Count == 0)
        {
            return false;
        }

        foreach (var wanted in MacAddresses)
        {
            if (string.Equals(wanted, mac, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
