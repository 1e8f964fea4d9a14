using System;
using System.Globalization;
using System.Linq;
using NsgFlow.Blobs;

namespace NsgFlow.Soak.Writing;

/// <summary>Names and texts of one network interface. Every second one is logged by an NSG flow log, the others by those of virtual networks.</summary>
internal sealed class NicText(int number)
{
    private const string Subscription = "11111111-2222-3333-4444-555555555555";

    public int Number => number;

    public string Mac { get; } = "000D3A" + number.ToString("X6", CultureInfo.InvariantCulture);

    public bool IsNsg => number % 2 == 0;

    public string Container => IsNsg ? FlowContainers.Nsg : FlowContainers.VirtualNetwork;

    // Three targets of each format.
    private int Target => number / 2 % 3;

    private string NsgId => $"/SUBSCRIPTIONS/{Subscription}/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/NSG-{Target}";

    public string BlobName(DateTime hour)
    {
        var folder = IsNsg ? "resourceId=" + NsgId : $"flowLogResourceID=/{Subscription}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_VNET-{Target}";
        return string.Create(CultureInfo.InvariantCulture, $"{folder}/y={hour:yyyy}/m={hour:MM}/d={hour:dd}/h={hour:HH}/m=00/macAddress={Mac}/PT1H.json");
    }

    public string Entry(TruthEntry entry) => IsNsg ? NsgEntry(entry) : VNetEntry(entry);

    private string NsgEntry(TruthEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"time":"{{{entry.Time.AddSeconds(62):yyyy-MM-ddTHH:mm:ss}}}.1234567Z","macAddress":"{{{Mac}}}","category":"NetworkSecurityGroupFlowEvent","resourceId":"{{{NsgId}}}","operationName":"NetworkSecurityGroupFlowEvents","properties":{"Version":2,"flows":[{"rule":"UserRule_web","flows":[{"mac":"{{{Mac}}}","flowTuples":[{{{Tuples(entry)}}}]}]}]}}""");

    private string VNetEntry(TruthEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"time":"{{{entry.Time.AddSeconds(62):yyyy-MM-ddTHH:mm:ss}}}.1234567Z","flowLogVersion":4,"macAddress":"{{{Mac}}}","category":"FlowLogFlowEvent","targetResourceID":"/subscriptions/{{{Subscription}}}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-{{{Target}}}","operationName":"FlowLogFlowEvent","flowRecords":{"flows":[{"aclID":"00000000-0000-0000-0000-000000000000","flowGroups":[{"rule":"PlatformRule","flowTuples":[{{{Tuples(entry)}}}]}]}]}}""");

    private string Tuples(TruthEntry entry) => string.Join(",", Enumerable.Range(entry.First, entry.Count).Select(number =>
    {
        var seconds = new DateTimeOffset(entry.TimeOf(number)).ToUnixTimeSeconds();
        var (time, protocol, state) = IsNsg ? (seconds, "T", "A,E") : (seconds * 1000, "6", "E,NX");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\"{time},{TruthEntry.SourceOf(number)},203.0.113.7,{TruthEntry.SourcePortOf(number)},443,{protocol},O,{state},1,{number},2,132\"");
    }));
}
