using System.Linq;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.Unit.Blobs;

/// <summary>What two block lists of a blob tell about what happened between them. A block is a letter, its size the number behind it.</summary>
public sealed class FlowBlockListTests
{
    [Theory]
    [InlineData("a1 z2", "a1 z2", 2, true)]
    [InlineData("a1 z2", "a1 b3 z2", 1, true)]
    [InlineData("a1 b3 z2", "a1 b3 c4 d5 z2", 2, true)]
    [InlineData("a1 b3", "a1 b3 c4", 2, true)]
    [InlineData("a1 b3 z2", "a1 b3 y2", 2, true)]
    [InlineData("a1 b3 z2", "a1 z2", 1, false)]
    [InlineData("a1 b3 c4 z2", "a1 b3 z2", 2, false)]
    [InlineData("a1 b3 z2", "a1 b4 c4 z2", 1, false)]
    [InlineData("a1 b3 z2", "a1 x3 c4 z2", 1, false)]
    [InlineData("a1 b3 z2", "x1 b3 c4 z2", 0, false)]
    [InlineData("a1 b3 z2", "", 0, false)]
    [InlineData("", "a1 z2", 0, false)]
    [InlineData("", "", 0, false)]
    [InlineData("a9", "x9 z2", 0, false)]
    public void A_list_continues_another_when_only_its_last_block_may_have_gone(string earlier, string later, int common, bool continues)
    {
        var list = new FlowBlockList("e", Blocks(later));
        Assert.Equal(common, list.CommonWith(Blocks(earlier)));
        Assert.Equal(continues, list.Continues(Blocks(earlier)));
        Assert.Equal(Blocks(later).Sum(static block => block.Size), list.Length);
    }

    private static FlowBlock[] Blocks(string text) =>
        [.. text.Split(' ').Where(static t => t.Length > 0).Select(static t => new FlowBlock(t.Substring(0, 1), t[1] - '0'))];
}
