using System.IO;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.AzureTests.Arm;

/// <summary>What Azure answered the Azure CLI in 2020, answered to us: our requests must be the recorded ones.</summary>
public sealed class RecordedTests
{
    [SamplesFact]
    public void A_flow_log_is_made_as_recorded()
    {
        var exchanges = ArmNode.Parse(File.ReadAllText(Path.Combine(SharedSamples.Folder!, "arm_recorded_flowlog_create_lro_azurecli_2020.json")))["exchanges"].Items.ToList();
        var arm = new ScriptedArm();
        foreach (var exchange in exchanges)
        {
            var response = exchange["response"];
            var headers = response["headers"].Members.Where(h => h.Key != "content-type").Select(h => (h.Key, h.Value.Text!)).ToArray();
            arm.Answer((int)response["status"].Number!, response["body"].Json, headers);
        }

        var adapter = arm.Open();
        const string Subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
        const string Version = "2019-11-01";

        var watcher = adapter.List(Subscription + "/providers/Microsoft.Network/networkWatchers", Version, default).Single(w => w.Location == "eastus");
        var workspace = adapter.Get(Subscription + "/resourcegroups/test_nw_flow_log_000001/providers/Microsoft.OperationalInsights/workspaces/workspace0424", "2015-11-01-preview", default);
        var body = exchanges[2]["request"]["body"].Json;
        var made = adapter.Put(watcher.Id + "/flowLogs/flow_log_test", Version, body, ArmWait.ToTheEnd, default);

        Assert.Equal(exchanges.Select(e => e["request"]["method"].Text + " " + e["request"]["uri"].Text![ScriptedArm.Host.Length..]), arm.Lines);
        Assert.Equal(body, arm.Asked[2].Body);
        Assert.Equal("45d0c39a-046e-4a55-bbea-a026747f4496", workspace!.Properties["customerId"].Text);
        Assert.Equal("Succeeded", made.Properties["provisioningState"].Text);
        Assert.Equal("W/\"2a802496-e5db-4aaa-a7ef-9318d5389458\"", made.Root["etag"].Text);
        Assert.False(made.Properties["flowAnalyticsConfiguration"]["networkWatcherFlowAnalyticsConfiguration"]["enabled"].Flag);
    }
}
