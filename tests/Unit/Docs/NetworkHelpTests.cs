using System;
using System.IO;
using System.Runtime.CompilerServices;
using NsgFlow.Network;
using Xunit;

namespace NsgFlow.Unit.Docs;

/// <summary>The inventory that the help shows is one.</summary>
public class NetworkHelpTests
{
    [Fact]
    public void The_example_is_an_inventory()
    {
        var page = File.ReadAllText(Page());
        var begin = page.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        var map = new NetworkMapBuilder().Add(NetworkInventory.Parse(page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)])).Build();
        Assert.True(FlowAddress.TryParse("203.0.113.10", out var own));
        Assert.True(FlowAddress.TryParse("10.2.0.1", out var spoke));
        Assert.Equal("vm1", map.PlaceOf(in own).VirtualMachine);
        Assert.Equal(FlowType.InterVNet, map.TypeOf(map.IndexOf(in own), map.IndexOf(in spoke)));
    }

    private static string Page([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "en-US", "about_NsgFlow_Network.md");
}
