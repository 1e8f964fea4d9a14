using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>
/// One network interface of the networks in question; or a subnet that has an NSG and no interface yet, where what comes later would
/// have been logged.
/// </summary>
internal sealed class ConvertedPlace
{
    public ConvertedPlace(LayoutSubnet subnet, LayoutNic? nic, IEnumerable<FlowLog> nsgLogs, FlowLogPrecedence networkLogs)
    {
        Subnet = subnet;
        Nic = nic;
        // One that writes before one that does not, the subnet's before the interface's own: it says what its neighbours are logged as.
        Logs =
        [
            .. nsgLogs.OrderByDescending(static log => log.Enabled)
                .ThenByDescending(log => new ResourceId(log.TargetResourceId) == subnet.Nsg),
        ];
        Settings = Logs.Count == 0 ? null : KeptSettings.Of(Logs[0]);
        Existing = networkLogs.Over(subnet, nic).FirstOrDefault(log => log.Enabled || Settings is not { Enabled: true });
    }

    public LayoutSubnet Subnet { get; }

    /// <summary>The network interface; null for an empty subnet.</summary>
    public LayoutNic? Nic { get; }

    /// <summary>The NSG flow logs over it, first the one whose settings are kept.</summary>
    public IReadOnlyList<FlowLog> Logs { get; }

    /// <summary>How it is logged; null when no NSG flow log is over it.</summary>
    public KeptSettings? Settings { get; }

    /// <summary>The flow log of the new kind that logs it already, or null.</summary>
    public FlowLog? Existing { get; }

    /// <summary>Whether something new must log it.</summary>
    public bool IsOpen => Settings is not null && Existing is null;

    /// <summary>Whether nobody logs it, so that a new flow log over it would log more than before.</summary>
    public bool IsUnlogged => Nic is not null && Settings is null && Existing is null;
}
