using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>One name, pattern or id of a <see cref="FlowLogChoice"/>.</summary>
internal sealed class FlowLogSelector
{
    private readonly Func<FlowLog, string?> _name;
    private readonly Func<FlowLog, string?> _id;
    private readonly NamePattern _pattern;
    private readonly FlowLogTargetKind? _kind;

    private FlowLogSelector(string what, string text, FlowLogTargetKind? kind, Func<FlowLog, string?> name, Func<FlowLog, string?> id)
    {
        What = what;
        _pattern = new NamePattern(IsId(text) ? "/" + text.Trim('/', ' ') : text);
        _kind = kind;
        _name = name;
        _id = id;
    }

    /// <summary>What is looked for: <c>virtual network</c>.</summary>
    public string What { get; }

    /// <summary>Whether the flow log of an NSG is looked for.</summary>
    public bool IsNsg => _kind == FlowLogTargetKind.Nsg || (IsId(Text) && FlowLog.KindOf(new ResourceId(Text)) == FlowLogTargetKind.Nsg);

    /// <summary>The text as given.</summary>
    public string Text => _pattern.Text;

    /// <summary>The only name or id meant; null for a pattern.</summary>
    public string? Literal => _pattern.Literal;

    /// <summary>A flow log's own name.</summary>
    public static FlowLogSelector OfName(string text) => new("flow log", text, null, static log => log.Name, static log => log.Id);

    /// <summary>A target's name; a subnet's may be <c>network/subnet</c>.</summary>
    public static FlowLogSelector OfTarget(FlowLogTargetKind kind, string text) => new(
        FlowLogTarget.KindOf(kind)!.Word,
        text,
        kind,
        kind == FlowLogTargetKind.Subnet && text.IndexOf('/') > 0 ? static log => SubnetName(log) : static log => log.Target,
        static log => log.TargetResourceId);

    /// <summary>The id of a target, or of a flow log itself.</summary>
    public static FlowLogSelector OfId(string text) => IsFlowLog(text)
        ? new("flow log", text, null, static log => log.Name, static log => log.Id)
        : new("resource", text, null, static log => log.Target, static log => log.TargetResourceId);

    /// <summary>Whether a text is an ARM id (and no name).</summary>
    public static bool IsId(string text) => NameChoice.IsId(text);

    /// <summary>Whether an id names a flow log.</summary>
    public static bool IsFlowLog(string id) => new ResourceId(id).Segment("flowLogs") is not null;

    /// <summary>Whether a flow log is meant.</summary>
    public bool Matches(FlowLog log) => (_kind is null || _kind == log.TargetKind) && _pattern.Matches(IsId(Text) ? _id(log)?.TrimEnd('/') : _name(log));

    /// <summary>Why it cannot be used to write: a name without wildcards that several have. Null when it can.</summary>
    public NsgFlowException? Ambiguity(IEnumerable<FlowLog> logs)
    {
        var meant = Literal is null ? [] : logs.Where(Matches).ToList();
        return meant.Count < 2
            ? null
            : new NsgFlowException(
                "ResourceAmbiguous",
                $"There are {meant.Count} flow logs that {What} '{Text}' may mean: {string.Join(", ", meant.Select(static log => log.Id))}.",
                "Give the ARM id, or narrow it down with -ResourceGroupName, -SubscriptionId or -Location.");
    }

    private static string SubnetName(FlowLog log)
    {
        var id = new ResourceId(log.TargetResourceId);
        return $"{id.VirtualNetwork}/{id.Subnet}";
    }
}
