using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query;

public class AddressBlocksTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1/32")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("10.0.0.1-10.0.0.6", "10.0.0.1/32 10.0.0.2/31 10.0.0.4/31 10.0.0.6/32")]
    [InlineData("5.6.7.8-5.6.7.100", "5.6.7.8/29 5.6.7.16/28 5.6.7.32/27 5.6.7.64/27 5.6.7.96/30 5.6.7.100/32")]
    [InlineData("255.255.255.254-255.255.255.255", "255.255.255.254/31")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:db8::1-2001:db8::4", "2001:db8::1/128 2001:db8::2/127 2001:db8::4/128")]
    [InlineData("2001:db8::-2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8::/63")]
    [InlineData("fc00::/7", "fc00::/7")]
    public void RangesAreTheFewestPrefixes(string range, string expected) =>
        Assert.Equal(expected, string.Join(" ", AddressSet.Parse([range]).Ranges.SelectMany(AddressBlocks.Of)));

    [Fact]
    public void PrefixesCoverTheirRangeAndNothingElse()
    {
        // Every range of 64 addresses on each side of a carry.
        const uint Base = 0x0A0000E0;
        for (uint first = 0; first < 64; first++)
        {
            for (var last = first; last < 64; last++)
            {
                var range = new AddressRange(new FlowAddress(Base + first), new FlowAddress(Base + last));
                var set = AddressSet.Parse(AddressBlocks.Of(range));
                Assert.Equal(range, Assert.Single(set.Ranges));
            }
        }
    }
}
