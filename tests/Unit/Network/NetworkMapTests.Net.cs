using System.Linq;
using NsgFlow.Network;
using Xunit;
using static NsgFlow.Unit.Network.NetworkTestData;

namespace NsgFlow.Unit.Network;

public class NetworkMapAllocationTests
{
    [Fact]
    public void AskingAllocatesNothing()
    {
        var map = Full();
        FlowAddress[] addresses = [.. new[] { "10.1.1.4", "20.60.0.1", "8.8.8.8", "203.0.113.7", "2603:1000:1::1", "fd00:1::1", "::" }.Select(Address)];
        var sum = Ask(map, addresses);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                sum += Ask(map, addresses);
            }
        }));
        Assert.True(sum > 0);
    }

    private static long Ask(NetworkMap map, FlowAddress[] addresses)
    {
        long sum = 0;
        for (var i = 1; i < addresses.Length; i++)
        {
            var source = map.IndexOf(in addresses[i - 1]);
            var destination = map.IndexOf(in addresses[i]);
            sum += (int)map.TypeOf(source, destination) + (int)map.TypeOf(source, destination, FlowDirection.Outbound) + map.PlaceOf(in addresses[i]).Index;
        }

        return sum;
    }
}
