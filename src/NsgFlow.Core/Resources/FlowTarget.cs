using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>Something whose flows are wanted: what flow logs of it may be on, and how they call it.</summary>
internal sealed class FlowTarget(ResourceKind kind, ArmResource resource)
{
    public ResourceKind Kind => kind;

    public ArmResource Resource => resource;

    public string Subscription => resource.SubscriptionId ?? string.Empty;

    /// <summary>The region; null when it is not known.</summary>
    public string? Location { get; set; } = resource.Location;

    /// <summary>Whether somebody named it, without wildcards: then it is an error when nothing logs it.</summary>
    public bool IsNamed { get; set; }

    /// <summary>What a flow log may be on to write flows of it.</summary>
    public HashSet<ResourceId> Targets { get; } = [];

    /// <summary>Virtual networks all of whose subnets and network interfaces count, too.</summary>
    public HashSet<ResourceId> Networks { get; } = [];

    /// <summary>Subnets all of whose network interfaces count, too.</summary>
    public HashSet<ResourceId> Subnets { get; } = [];

    /// <summary>Virtual networks that can be logged, for advice.</summary>
    public HashSet<ResourceId> Loggable { get; } = [];

    /// <summary>NSGs whose flow logs have flows of it, for advice.</summary>
    public HashSet<ResourceId> NsgsNearby { get; } = [];

    /// <summary>ARM ids by which logs call it.</summary>
    public HashSet<string> Ids { get; } = new(System.StringComparer.OrdinalIgnoreCase);

    public List<string> NsgGuids { get; } = [];

    public List<string> Macs { get; } = [];

    public List<ScopePart> Parts { get; } = [];

    /// <summary>The flow logs that write flows of it.</summary>
    public List<FlowLog> FlowLogs { get; } = [];

    /// <summary>The kind and the name.</summary>
    public string Text => $"{kind.Word} '{(kind == ResourceKind.Subnet ? resource.ResourceId.VirtualNetwork + "/" + resource.Name : resource.Name)}'";

    /// <summary>Whether a flow log writes flows of it.</summary>
    /// <param name="log">The flow log.</param>
    /// <param name="subnetsOfInterface">Asked for the subnets of the network interface that a flow log is on.</param>
    public bool IsLoggedBy(FlowLog log, System.Func<string, IEnumerable<string>> subnetsOfInterface)
    {
        var target = new ResourceId(log.TargetResourceId);
        if (Targets.Contains(target))
            return true;
        if (log.TargetKind == FlowLogTargetKind.Subnet)
            return Networks.Contains(target.Parent);
        return log.TargetKind == FlowLogTargetKind.NetworkInterface && (Networks.Count > 0 || Subnets.Count > 0)
            && subnetsOfInterface(log.TargetResourceId).Select(static id => new ResourceId(id)).Any(subnet => Subnets.Contains(subnet) || Networks.Contains(subnet.Parent));
    }

    /// <summary>Adds a flow log that writes flows of it.</summary>
    public void Add(FlowLog log)
    {
        FlowLogs.Add(log);
        // The log of an interface in it names the interface only.
        if (log.TargetKind == FlowLogTargetKind.NetworkInterface && kind != ResourceKind.Nsg)
            Ids.Add(log.TargetResourceId);
    }
}
