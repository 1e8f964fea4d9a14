using System.Linq;
using System.Text;
using System.Text.Json;

namespace NsgFlow.SimulatorTests.Analytics;

/// <summary>Flow logs as their documentation shows them, around given lines.</summary>
internal static class LogText
{
    /// <summary>12:00 on a day in 2026, in seconds.</summary>
    public const long Noon = 1_793_102_400;

    /// <summary>An NSG flow log; of each rule, its lines.</summary>
    public static byte[] Nsg(string nsg, string mac, int version, params (string Rule, string[] Lines)[] rules) => Text(new
    {
        time = "2026-10-27T12:01:00.1234567Z",
        macAddress = mac,
        category = "NetworkSecurityGroupFlowEvent",
        resourceId = nsg.ToUpperInvariant(),
        properties = new { Version = version, flows = rules.Select(rule => new { rule = rule.Rule, flows = new[] { new { mac, flowTuples = rule.Lines } } }) },
    });

    public static byte[] VirtualNetwork(string target, string acl, string mac, params (string Rule, string[] Lines)[] rules) => Text(new
    {
        time = "2026-10-27T12:01:00.1234567Z",
        flowLogVersion = 4,
        macAddress = mac,
        category = "FlowLogFlowEvent",
        flowLogResourceID = "/SUBSCRIPTIONS/5E0F3C1A-7B2D-4C68-9A41-D3B2F6E81C07/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/SPOKE",
        targetResourceID = target,
        flowRecords = new { flows = new[] { new { aclID = acl, flowGroups = rules.Select(static rule => new { rule = rule.Rule, flowTuples = rule.Lines }) } } },
    });

    private static byte[] Text(object entry) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { records = new[] { entry } }));
}
