using System;
using System.Linq;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public partial class FlowFilterTests
{
    [Fact]
    public void MatchingAllocatesNothing()
    {
        var random = new Random(5);
        var tuples = Enumerable.Range(0, 100_000).Select(_ => RandomTuple(random)).ToArray();
        var filter = new FlowFilter
        {
            Start = _hour.AddDays(-1),
            End = _hour.AddDays(1),
            Address = AddressSet.Parse(["10.0.0.0/8", "192.168.0.0/16", "2001:db8::/32"]),
            ExcludeAddress = AddressSet.Parse(["10.0.0.1", "10.0.0.3"]),
            Port = PortSet.Parse(["0-65535"]),
            ExcludePort = PortSet.Parse(["1"]),
            Protocol = ProtocolSet.Parse(["tcp", "udp"]),
            Encryption = EncryptionSet.Parse(["X", "NX_ALL"]),
            Direction = [FlowDirection.Inbound, FlowDirection.Outbound],
            State = [FlowState.Begin, FlowState.End],
            MinBytes = 0,
        };
        var kept = Count(filter, tuples) + Count(FlowFilter.Everything, tuples);
        var again = 0;
        Assert.Equal(0, Allocation.Of(() => again = Count(filter, tuples) + Count(FlowFilter.Everything, tuples)));
        Assert.Equal(kept, again);
        Assert.True(kept > tuples.Length);
    }

    private static int Count(FlowFilter filter, FlowTuple[] tuples)
    {
        var count = 0;
        for (var i = 0; i < tuples.Length; i++)
        {
            count += filter.Matches(in tuples[i]) ? 1 : 0;
        }

        return count;
    }
}
