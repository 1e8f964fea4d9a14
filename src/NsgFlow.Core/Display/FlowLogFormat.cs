using System;
using System.ComponentModel;
using System.Globalization;

namespace NsgFlow.Display;

/// <summary>What the views of flow logs show.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FlowLogFormat
{
    /// <summary>What is logged, in one short word.</summary>
    public static string Kind(FlowLogTargetKind kind) => kind switch
    {
        FlowLogTargetKind.Nsg => "NSG",
        FlowLogTargetKind.VirtualNetwork => "VNet",
        FlowLogTargetKind.Subnet => "Subnet",
        FlowLogTargetKind.NetworkInterface => "NIC",
        _ => "?",
    };

    /// <summary>Whether it logs; or that it is changing or has failed, which counts more.</summary>
    public static string State(FlowLog log)
    {
        var state = Checked(log).ProvisioningState;
        return string.IsNullOrEmpty(state) || string.Equals(state, "Succeeded", StringComparison.OrdinalIgnoreCase)
            ? log.Enabled ? "On" : "Off"
            : FlowFormat.Text(state);
    }

    /// <summary>How long blobs are kept: <c>30 d</c>, <c>ever</c>.</summary>
    public static string Retention(int days) => days == 0 ? "ever" : days.ToString(CultureInfo.InvariantCulture) + " d";

    /// <summary>How often Traffic Analytics runs: <c>10 min</c>; <c>off</c>.</summary>
    public static string Analytics(FlowLog log) => !Checked(log).TrafficAnalytics ? "off"
        : log.TrafficAnalyticsInterval is { } minutes ? minutes.ToString(CultureInfo.InvariantCulture) + " min" : "on";

    /// <summary>When Azure deletes it: <c>2027-09-30</c>; empty when nobody says so.</summary>
    public static string Ends(FlowLog log) => Checked(log).RetirementDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty;

    private static FlowLog Checked(FlowLog log) => log ?? throw new ArgumentNullException(nameof(log));
}
