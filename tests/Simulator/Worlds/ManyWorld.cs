using System.Globalization;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>A large tenant: NSGs spread over subscriptions and regions, every second one with a flow log.</summary>
public static class ManyWorld
{
    public static SimulatedWorld Create(int nsgs = 500, int subscriptions = 20, int regions = 30)
    {
        var world = new SimulatedWorld();
        var places = Enumerable.Range(0, subscriptions).Select(i => world.AddSubscription(Name("sub", i))).ToArray();
        for (var i = 0; i < nsgs; i++)
        {
            var subscription = places[i % subscriptions];

            // Every subscription is in many regions, and every region has some.
            var region = Region.All[((i / subscriptions) + i) % regions].Name;
            var group = $"{subscription.Scope}/resourceGroups/rg-{region}";
            var storage = $"{group}/providers/Microsoft.Storage/storageAccounts/{Name("st" + region, i % subscriptions)}";
            var watcher = $"{subscription.Scope}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_{region}";
            if (world.State.Find(group) is null)
            {
                world.AddGroup(subscription, "rg-" + region, region);
                world.AddStorageAccount(group, ResourceId.Parse(storage).Name);
                world.AddWatcher(subscription, region);
            }

            var nsg = world.AddNsg(group, Name("nsg", i));
            var network = world.AddVirtualNetwork(group, Name("vnet", i), [Prefix(i, 16)]);
            var subnet = world.AddSubnet(network, "default", Prefix(i, 24), nsg);
            var mac = "000D3A" + i.ToString("X6", CultureInfo.InvariantCulture);
            world.AddNetworkInterface(group, Name("nic", i), subnet, mac, [string.Create(CultureInfo.InvariantCulture, $"10.{i % 256}.0.4")]);
            if (i % 2 == 0)
            {
                world.AddFlowLog(watcher, Name("nsg", i) + "-flowlog", nsg, storage);
            }
        }

        return world;
    }

    private static string Name(string word, int number) => word + number.ToString("D3", CultureInfo.InvariantCulture);

    private static string Prefix(int number, int length) => string.Create(CultureInfo.InvariantCulture, $"10.{number % 256}.0.0/{length}");
}
