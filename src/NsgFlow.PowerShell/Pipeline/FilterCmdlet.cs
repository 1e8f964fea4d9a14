using System;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet that is given flow logs by the pipeline and asks about their tuples.</summary>
// The parameters repeat those of FilteredSourceCmdlet: a class has one base only, and that one also finds blobs.
public abstract class FilterCmdlet : CancellableCmdlet, IFilterParameters
{
    private long? _minBytes;
    private DateTime? _startTime;
    private DateTime? _endTime;
    private TimeSpan? _last;

    /// <summary>Addresses, prefixes (10.0.0.0/8) or ranges (10.0.0.1-10.0.0.9) at either end.</summary>
    [Parameter]
    [Alias("Ip", "IpAddress")]
    [ValidateNotNullOrEmpty]
    [AddressTransformation]
    public string[] Address { get; set; } = [];

    /// <summary>Addresses of the side that opened the connection.</summary>
    [Parameter]
    [Alias("SourceIp", "SrcIp")]
    [ValidateNotNullOrEmpty]
    [AddressTransformation]
    public string[] SourceAddress { get; set; } = [];

    /// <summary>Addresses of the other side.</summary>
    [Parameter]
    [Alias("DestinationIp", "DestIp")]
    [ValidateNotNullOrEmpty]
    [AddressTransformation]
    public string[] DestinationAddress { get; set; } = [];

    /// <summary>Ports, ranges (8000-8100) or service names (https) at either end.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PortTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[] Port { get; set; } = [];

    /// <summary>Source ports.</summary>
    [Parameter]
    [Alias("SrcPort")]
    [ValidateNotNullOrEmpty]
    [PortTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[] SourcePort { get; set; } = [];

    /// <summary>Destination ports.</summary>
    [Parameter]
    [Alias("DestPort")]
    [ValidateNotNullOrEmpty]
    [PortTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[] DestinationPort { get; set; } = [];

    /// <summary>Protocols: Tcp, Udp, T, U, or IANA numbers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ProtocolTransformation]
    [ArgumentCompleter(typeof(ProtocolCompleter))]
    public string[] Protocol { get; set; } = [];

    /// <summary>Inbound (I, In, Ingress) or Outbound (O, Out, Egress), as seen from the logging network interface.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [DirectionTransformation]
    public FlowDirection[] Direction { get; set; } = [];

    /// <summary>Allow (A, Allowed) or Deny (D, Denied).</summary>
    [Parameter]
    [Alias("Action")]
    [ValidateNotNullOrEmpty]
    [DecisionTransformation]
    public FlowDecision[] Decision { get; set; } = [];

    /// <summary>Begin (B), Continue (C), End (E) or, in VNet logs, Deny (D).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [StateTransformation]
    // Without None, which is no state of a record; and the engine completes from this.
    [ValidateSet(nameof(FlowState.Begin), nameof(FlowState.Continue), nameof(FlowState.End), nameof(FlowState.Deny))]
    public FlowState[] State { get; set; } = [];

    /// <summary>Encryption states of VNet logs, by name or code (NX).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [EncryptionTransformation]
    [ArgumentCompleter(typeof(EncryptionCompleter))]
    public string[] Encryption { get; set; } = [];

    /// <summary>Names of the rules that decided.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[] Rule { get; set; } = [];

    /// <summary>Addresses, prefixes or ranges at neither end.</summary>
    [Parameter]
    [Alias("ExcludeIp")]
    [ValidateNotNullOrEmpty]
    [AddressTransformation]
    public string[] ExcludeAddress { get; set; } = [];

    /// <summary>Ports, ranges or service names at neither end.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PortTransformation]
    [ArgumentCompleter(typeof(PortCompleter))]
    public string[] ExcludePort { get; set; } = [];

    /// <summary>Names of rules whose flows are left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>Least bytes both ways since the flow's last update; flows without counters do not match.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long MinBytes { get => _minBytes.GetValueOrDefault(); set => _minBytes = value; }

    /// <inheritdoc/>
    long? IFilterParameters.LeastBytes => _minBytes;

    /// <summary>MAC addresses of logging network interfaces, in any spelling.</summary>
    [Parameter]
    [Alias("Mac")]
    [ValidateNotNullOrEmpty]
    [MacAddressTransformation]
    [ArgumentCompleter(typeof(MacAddressCompleter))]
    public string[] MacAddress { get; set; } = [];

    /// <summary>Flows from this moment on: 2026-11-23T09 (UTC), 6h (ago), or a DateTime.</summary>
    [Parameter]
    [Alias("Since")]
    [TimeTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DateTime StartTime { get => _startTime.GetValueOrDefault(); set => _startTime = value; }

    /// <summary>Flows before this moment.</summary>
    [Parameter]
    [Alias("Until")]
    [TimeTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DateTime EndTime { get => _endTime.GetValueOrDefault(); set => _endTime = value; }

    /// <summary>Flows of this long before now (or before -EndTime): 90m, 6h, 7d, or a TimeSpan.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Last { get => _last.GetValueOrDefault(); set => _last = value; }

    /// <summary>From when until when; known once processing began.</summary>
    internal TimeRange Time { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Time = TimeRange.Choose(_startTime, _endTime, _last, byDefault: null, out var error);
        if (error is not null)
            ThrowTerminatingError(error);
    }
}
