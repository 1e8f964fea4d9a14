using System;
using System.Linq;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Sessions;

/// <summary>What is held does not grow with what has passed.</summary>
public sealed class SessionMemoryTests
{
    [Fact]
    public void Flows_that_only_begin_are_held_for_the_timeout()
    {
        // Inbound TCP by a rule of one's own: a Begin and nothing more. 50 a second, for hours.
        const int ASecond = 50;
        var idle = TimeSpan.FromMinutes(5);
        var joiner = new SessionJoiner(static _ => { }, idle);
        var group = Joined.Group();
        var most = 0;
        var seconds = Scale.Of(20_000);
        for (var i = 0; i < seconds * ASecond; i++)
        {
            var tuple = Joined.Tuple(i / ASecond, FlowState.Begin, i % 65536);
            tuple.Source = new FlowAddress((uint)i);
            joiner.Add(in tuple, group);
            most = Math.Max(most, joiner.OpenCount);
        }

        Assert.InRange(most, 1, (300 + 120 + 2) * ASecond);
        Assert.Equal(seconds * ASecond, joiner.Sessions + joiner.OpenCount);
    }

    [Fact]
    public void Finished_sessions_leave_nothing_behind()
    {
        var joiner = new SessionJoiner(static _ => { });
        var group = Joined.Group();
        for (var i = 0; i < Scale.Of(200_000); i++)
        {
            joiner.Add(Joined.Tuple(i, FlowState.Begin, i % 65536), group);
            joiner.Add(Joined.Tuple(i + 1, FlowState.End, i % 65536), group);
            Assert.Equal(0, joiner.OpenCount);
        }

        Assert.Equal(Scale.Of(200_000), joiner.SessionsIn(FlowSessionState.Complete));
    }

    [Fact]
    public void A_log_read_backwards_costs_memory_but_breaks_nothing()
    {
        var joined = new Joined();
        for (var hour = 9; hour >= 0; hour--)
        {
            for (var flow = 1; flow <= 100; flow++)
                joined.Add((hour * 3600) + flow, FlowState.Begin, flow).Add((hour * 3600) + flow + 5, FlowState.End, flow, [1, 2, 3, 4]);
        }

        Assert.Equal(1000, joined.End().Count(static session => session.State == FlowSessionState.Complete));
        Assert.Equal(1800, joined.Joiner.OutOfOrder);
    }

    [Fact]
    public void Many_open_sessions_are_found_again()
    {
        var count = Scale.Of(100_000);
        var joined = new Joined();
        var group = Joined.Group();
        foreach (var state in new[] { FlowState.Begin, FlowState.Continue, FlowState.End })
        {
            for (var i = 0; i < count; i++)
            {
                var tuple = Joined.Tuple((int)state, state, 443, [1, 1, 1, 1]);
                // Addresses that differ in a few bits only, in either half.
                tuple.Source = i % 2 == 0 ? new FlowAddress((uint)i << 8) : new FlowAddress((ulong)i << 32, 0);
                joined.Joiner.Add(in tuple, group);
            }
        }

        Assert.Equal(count, joined.Sessions.Count);
        Assert.All(joined.Sessions, static session => Assert.Equal(FlowSessionState.Complete, session.State));
        Assert.Equal(count, joined.Sessions.Select(static session => session.SourceAddress).Distinct().Count());
    }

    [Fact]
    public void What_a_callback_throws_comes_out_and_the_session_is_gone()
    {
        var joiner = new SessionJoiner(static _ => throw new InvalidOperationException("stop"));
        var group = Joined.Group();
        joiner.Add(Joined.Tuple(0, FlowState.Begin), group);
        Assert.Throws<InvalidOperationException>(() => joiner.Add(Joined.Tuple(1, FlowState.End), group));
        Assert.Equal(0, joiner.OpenCount);
    }
}
