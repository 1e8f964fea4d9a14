using NsgFlow.Setup;
using Xunit;

namespace NsgFlow.Unit.Setup;

public class FlowLogNameTests
{
    [Theory]
    [InlineData(Place.Hub, "hub-vnet-net-flowlog")]
    [InlineData(Place.Nic, "web-nic-net-flowlog")]
    [InlineData(Place.Apps, "apps-hub-vnet-net-flowlog")]
    public void Follows_the_scheme_of_Microsoft(string target, string name) => Assert.Equal(name, FlowLogName.For(new ResourceId(target)));

    [Fact]
    public void Is_cut_to_80_characters()
    {
        var network = new string('n', 64);
        var name = FlowLogName.For(new ResourceId($"/subscriptions/s/resourceGroups/group-of-some-length/providers/Microsoft.Network/virtualNetworks/{network}"));
        Assert.Equal(network + "-group-of-some-l", name);
        Assert.Equal(80, name.Length);
    }

    [Fact]
    public void Does_not_end_with_what_a_name_may_not_end_with()
    {
        var network = new string('n', 64);
        // Cut after "group-of-some-": the hyphen goes, too.
        var name = FlowLogName.For(new ResourceId($"/subscriptions/s/resourceGroups/group-of-some1-length/providers/Microsoft.Network/virtualNetworks/{network}"));
        Assert.Equal(network + "-group-of-some1", name);
    }

    [Fact]
    public void Has_no_character_that_only_groups_may_have() => Assert.Equal(
        "hub-net--prod--flowlog",
        FlowLogName.For(new ResourceId("/subscriptions/s/resourceGroups/net-(prod)/providers/Microsoft.Network/virtualNetworks/hub")));

    [Theory]
    [InlineData("a", true)]
    [InlineData("Microsoft.Networkgroup-nsg", true)]
    [InlineData("log_", true)]
    [InlineData("9lives", true)]
    [InlineData("", false)]
    [InlineData("-log", false)]
    [InlineData("_log", false)]
    [InlineData("log-", false)]
    [InlineData("log.", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("l\u00f6g", false)]
    public void Names_are_checked(string name, bool isValid) => Assert.Equal(isValid, FlowLogName.IsValid(name));

    [Fact]
    public void Eighty_characters_are_the_most()
    {
        Assert.True(FlowLogName.IsValid(new string('a', 80)));
        Assert.False(FlowLogName.IsValid(new string('a', 81)));
    }
}
