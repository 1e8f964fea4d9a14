using System;
using System.Globalization;

namespace NsgFlow.Samples;

/// <summary>The sample's resources, and the names its blobs have.</summary>
internal sealed class SampleNames
{
    private const string Watcher = "NetworkWatcher_westeurope";
    private const string WatcherGroup = "NetworkWatcherRG";
    private readonly string _folder;

    public SampleNames(FlowSampleOptions options)
    {
        var subscription = options.SubscriptionId.ToString("D");
        var providers = "/subscriptions/" + subscription + "/resourceGroups/" + options.ResourceGroup + "/providers/Microsoft.Network/";
        NsgId = providers + "networkSecurityGroups/" + options.Nsg;
        VirtualNetworkId = providers + "virtualNetworks/" + options.VirtualNetwork;

        // Azure's own default name for a flow log, cut as Azure cuts it.
        var flowLog = options.VirtualNetwork + "-" + options.ResourceGroup + "-flowlog";
        flowLog = flowLog.Length > 80 ? flowLog.Substring(0, 80) : flowLog;
        FlowLogId = ("/subscriptions/" + subscription + "/resourceGroups/" + WatcherGroup
            + "/providers/Microsoft.Network/networkWatchers/" + Watcher + "/flowLogs/" + flowLog).ToUpperInvariant();
        if (options.Format == FlowSampleFormat.VNet4)
        {
            Container = "insights-logs-flowlogflowevent";
            _folder = "flowLogResourceID=/" + (subscription + "_" + WatcherGroup + "/" + Watcher + "_" + flowLog).ToUpperInvariant();
        }
        else
        {
            Container = "insights-logs-networksecuritygroupflowevent";
            _folder = "resourceId=" + NsgId.ToUpperInvariant();
        }
    }

    public string Container { get; }

    public string NsgId { get; }

    public string VirtualNetworkId { get; }

    public string FlowLogId { get; }

    public string Blob(DateTime hour, string mac) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}/y={1:yyyy}/m={1:MM}/d={1:dd}/h={1:HH}/m=00/macAddress={2}/PT1H.json",
        _folder,
        hour,
        mac);

    /// <summary>MAC of a network interface: one of Azure's prefixes, and 24 bits that no two of a sample share.</summary>
    public static string Mac(int seed, int nic)
    {
        var random = new SampleRandom(seed, SampleRandomUse.Macs);

        // An odd step visits every 24-bit number once before it repeats.
        var host = (random.Next(1 << 24) + (nic * 0x9E_3779L)) & 0xFF_FFFF;
        var vendor = (nic & 3) switch { 0 => "000D3A", 1 => "6045BD", 2 => "002248", _ => "7C1E52" };
        return vendor + host.ToString("X6", CultureInfo.InvariantCulture);
    }

    public static Guid NewGuid(SampleRandom random)
    {
        var low = random.Next();
        var high = random.Next();
        var bytes = new byte[16];
        for (var i = 0; i < 8; i++)
        {
            bytes[i] = (byte)(low >> (8 * i));
            bytes[8 + i] = (byte)(high >> (8 * i));
        }

        // Marks of a random (version 4) GUID.
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }
}
