using Xunit;

namespace NsgFlow.Unit.Sessions;

/// <summary>Joining allocates the sessions it gives out and nothing for a record.</summary>
public sealed class SessionAllocationTests
{
    [Fact]
    public void Tuples_of_open_sessions_allocate_nothing()
    {
        var joiner = new SessionJoiner(static _ => { });
        var groups = new[] { Joined.Group(), Joined.Group(mac: "0022481234AB") };
        for (var flow = 0; flow < 100; flow++)
            joiner.Add(Joined.Tuple(0, FlowState.Begin, flow), groups[flow % 2]);

        Assert.InRange(
            Allocation.Of(() =>
            {
                for (var round = 1; round < 1000; round++)
                {
                    for (var flow = 0; flow < 100; flow++)
                        joiner.Add(Joined.Tuple(round, FlowState.Continue, flow), groups[flow % 2]);
                }
            }),
            0,
            1000);
    }
}
