using NsgFlow.Display;
using NsgFlow.Filtering;
using NsgFlow.Network;
using Xunit;

namespace NsgFlow.Unit.Display;

public sealed class InventoryFormatTests
{
    [Theory]
    [InlineData("168.63.129.16", "Microsoft virtual public IP")]
    [InlineData("8.8.8.8", "")]
    [InlineData("10.0.0.4", "")]
    public void What_an_address_is_without_any_inventory(string address, string what)
    {
        Assert.True(AddressSet.TryParse(address, out var range, out _));
        Assert.Equal(what, InventoryFormat.What(new AddressResolver(NetworkMap.Default, []).Resolve(range.First)));
    }

    [Theory]
    [InlineData("prod", "pool", "prod/pool")]
    [InlineData("prod", "", "prod")]
    [InlineData("", "", "")]
    [InlineData(null, null, "")]
    public void A_pool_stands_behind_its_cluster(string? cluster, string? pool, string shown) => Assert.Equal(shown, InventoryFormat.Aks(cluster, pool));
}
