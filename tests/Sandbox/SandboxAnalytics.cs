using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Simulator;

namespace NsgFlow.Sandbox;

/// <summary>What Traffic Analytics made of the sandbox's flow logs. It is in the workspace at once: nobody has to wait the hour that it may take in Azure.</summary>
internal static class SandboxAnalytics
{
    public static KqlDatabase Of(SimulatedWorld world, IEnumerable<byte[]> blobs)
    {
        // Of those who scan the sample networks, a few have a name for it.
        var threats = Enumerable.Range(1, 12).Select(static host => (
            Address: "192.0.2." + host.ToString(CultureInfo.InvariantCulture),
            Type: host % 3 == 0 ? "Botnet" : "Malware",
            Description: "Scans for open ports",
            Domain: string.Create(CultureInfo.InvariantCulture, $"host{host}.scanner.example")));
        var reducer = new TrafficAnalyticsReducer(world, new AnalyticsOptions { Interval = 10, Lag = TimeSpan.Zero, Threats = [.. threats] });
        foreach (var blob in blobs)
        {
            reducer.Add(blob);
        }

        return reducer.Tables();
    }
}
