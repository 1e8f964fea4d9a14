using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System;
using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>A target with what is around it, whichever flow log is looked at: its watcher, the flow logs there, the networks.</summary>
internal sealed class CheckedPlace
{
    private readonly ArmMemory _memory;
    private readonly ResourceId _target;
    private readonly Fact<ArmResource> _resource;
    private readonly Fact<ArmResource> _watcher;
    private readonly Fact<IReadOnlyList<FlowLog>> _neighbours;
    private readonly Fact<NetworkLayout> _layout;
    private readonly CancellationToken _cancellation;

    /// <param name="memory">Azure.</param>
    /// <param name="target">ARM id of the target.</param>
    /// <param name="location">Where to look for its watcher when the target does not tell, being gone or hidden.</param>
    /// <param name="cancellation">Ends the looking.</param>
    public CheckedPlace(ArmMemory memory, ResourceId target, string? location, CancellationToken cancellation)
    {
        _memory = memory;
        _target = target;
        _cancellation = cancellation;
        _resource = Resource();
        var here = _resource.Value?.Location ?? location;
        _watcher = here is null && _resource.Refusal is { } refusal ? refusal : Watchers().Then(list => list.FirstOrDefault(watcher => Region.Same(watcher.Location, here)));
        _neighbours = _watcher.ThenLook(watcher => memory.List(watcher.Id.TrimEnd('/') + "/flowLogs", ResourceKind.FlowLog.ApiVersion, cancellation))
            .Then<IReadOnlyList<FlowLog>>(static rows => rows.Select(static row => new FlowLog(row)).Where(static log => !log.IsBeingDeleted).ToList());
        _layout = Fact<NetworkLayout>.Of(Layout);
    }

    /// <summary>The target's own flow log.</summary>
    public Fact<FlowLog> Own => _neighbours.Then(logs => logs.FirstOrDefault(log => new ResourceId(log.TargetResourceId) == _target));

    /// <summary>The flow logs of other targets that write flows of this one's network interfaces.</summary>
    public IReadOnlyList<FlowLog> Covering
    {
        get
        {
            if (_neighbours.Value is not { } logs || _layout.Value is not { } layout)
                return [];
            var precedence = new FlowLogPrecedence(logs);
            return
            [
                .. layout.NicsOf(_target).Select(precedence.Of).Concat(layout.SubnetsOf(_target).Select(subnet => precedence.Over(subnet, null).FirstOrDefault()))
                    .OfType<FlowLog>().Concat(layout.NsgLogsOver(_target, logs.Where(static log => log.Enabled))).GroupBy(static log => new ResourceId(log.Id)).Select(static group => group.First())
                    .OrderBy(static log => log.Id, StringComparer.OrdinalIgnoreCase),
            ];
        }
    }

    /// <summary>What is known without a flow log.</summary>
    public CheckFacts Facts(DateTime now) => new()
    {
        TargetId = _target,
        Now = now,
        Target = _resource,
        Watcher = _watcher,
        FlowLog = _neighbours.Refusal is { } refusal ? refusal : default(Fact<FlowLog>),
        Neighbours = _neighbours,
        Layout = _layout,
        Insights = _memory.Get($"/subscriptions/{_target.SubscriptionId}/providers/Microsoft.Insights", ResourceKind.Provider.ApiVersion, _cancellation),
        TargetLocks = _resource.Value is null ? default
            : _memory.List(_target.Text + "/providers/Microsoft.Authorization/locks", ResourceKind.Lock.ApiVersion, _cancellation),
    };

    // A subnet has no region; its network has.
    private Fact<ArmResource> Resource() =>
        _target.Nsg is not null ? _memory.Get(_target.Text, ResourceKind.Nsg.ApiVersion, _cancellation)
        : _target.VirtualNetwork is not null ? _memory.Get(NetworkGatherer.NetworkOf(_target).Text, ResourceKind.VirtualNetwork.ApiVersion, _cancellation)
        : _memory.Get(_target.Text, ResourceKind.NetworkInterface.ApiVersion, _cancellation);

    private Fact<IReadOnlyList<ArmResource>> Watchers() => _memory.List(
        $"/subscriptions/{_target.SubscriptionId}/providers/Microsoft.Network/networkWatchers", ResourceKind.NetworkWatcher.ApiVersion, _cancellation);

    private NetworkLayout? Layout()
    {
        if (_resource.Refusal is { } refusal)
            throw refusal;
        var gatherer = new NetworkGatherer(_memory);
        gatherer.Add(_target, _cancellation);
        // What NSGs are on network interfaces, only the NSGs tell; those that are not logged do not matter.
        if (_target.Nsg is null)
        {
            foreach (var log in (_neighbours.Value ?? []).Where(static log => log is { Kind: FlowLogKind.Nsg, Enabled: true }))
                gatherer.AddNsgAlone(new ResourceId(log.TargetResourceId), _cancellation);
        }

        return gatherer.Layout;
    }
}
