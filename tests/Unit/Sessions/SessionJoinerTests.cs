using System;
using System.Linq;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Sessions;

/// <summary>Every rule of the joiner, by itself.</summary>
public sealed class SessionJoinerTests
{
    private const FlowState B = FlowState.Begin;
    private const FlowState C = FlowState.Continue;
    private const FlowState E = FlowState.End;

    [Fact]
    public void Begin_continue_and_end_are_one_session()
    {
        // Microsoft's worked example (NSG flow logs overview): 9,125 packets, 5,256,000 bytes.
        var joined = new Joined().Add(0, B).Add(300, C, counters: [1021, 588096, 8005, 4610880]);
        Assert.Empty(joined.Sessions);
        Assert.Equal(1, joined.Joiner.OpenCount);

        joined.Add(310, E, counters: [52, 29952, 47, 27072]);
        var session = Assert.Single(joined.Sessions);
        Assert.Equal("Complete 0 310 310 3", Joined.Line(session));
        Assert.Equal(TimeSpan.FromSeconds(310), session.Duration);
        Assert.Equal(1073, session.PacketsSent);
        Assert.Equal(618048, session.BytesSent);
        Assert.Equal(8052, session.PacketsReceived);
        Assert.Equal(4637952, session.BytesReceived);
        Assert.Equal(9125, session.PacketsSent + session.PacketsReceived);
        Assert.Equal(5_256_000, session.Bytes);
        Assert.Equal(0, joined.Joiner.OpenCount);
        Assert.Empty(joined.End().Skip(1));
    }

    [Fact]
    public void A_session_tells_what_its_first_tuple_told()
    {
        var joined = new Joined();
        var first = Joined.Group(FlowLogKind.VirtualNetwork, target: Texts.VnetId, rule: "first");
        var begin = Joined.Tuple(0, B);
        begin.EncryptionCode = (ushort)FlowEncryption.NotEncrypted;
        joined.Joiner.Add(in begin, first);
        joined.Joiner.Add(Joined.Tuple(5, E, counters: [1, 2, 3, 4]), Joined.Group(FlowLogKind.VirtualNetwork, target: Texts.VnetId.ToUpperInvariant(), rule: "second"));

        var session = Assert.Single(joined.Sessions);
        Assert.Equal("first", session.Rule);
        Assert.Equal(FlowRuleKind.User, session.RuleKind);
        Assert.Equal("10.0.0.4", session.SourceAddress);
        Assert.Equal(1, session.SourcePort);
        Assert.Equal("10.1.0.5", session.DestinationAddress);
        Assert.Equal(443, session.DestinationPort);
        Assert.Equal(FlowProtocol.Tcp, session.Protocol);
        Assert.Equal("6", session.ProtocolCode);
        Assert.Equal(FlowDirection.Outbound, session.Direction);
        Assert.Equal(FlowEncryption.NotEncrypted, session.Encryption);
        Assert.Equal("NX", session.EncryptionCode);
        Assert.Equal(Joined.Mac, session.MacAddress);
        Assert.Equal(Texts.VnetId, session.TargetResourceId);
        Assert.Equal("rg", session.ResourceGroup);
        Assert.Equal("11111111-2222-3333-4444-555555555555", session.SubscriptionId);
        Assert.Null(session.Nsg);
        Assert.Null(session.AclId);
        Assert.Equal(4, session.FormatVersion);
        Assert.Equal("2026-11-01T08:00:00.000Z Tcp 10.0.0.4:1 -> 10.1.0.5:443 Outbound Complete", session.ToString());
    }

    [Fact]
    public void Without_an_end_a_session_is_open()
    {
        var session = Assert.Single(new Joined().Add(0, B).Add(300, C, counters: [1, 2, 3, 4]).End());
        Assert.Equal("Open 0 300 - 2", Joined.Line(session));
        Assert.Null(session.EndTime);
        Assert.Equal(TimeSpan.FromMinutes(5), session.Duration);
    }

    [Theory]
    [InlineData(E, "HeadMissing 7 7 7 1")]
    [InlineData(C, "HeadMissing 7 7 - 1")]
    public void Without_a_begin_the_head_is_missing(FlowState state, string expected)
    {
        var session = Assert.Single(new Joined().Add(7, state, counters: [1, 2, 3, 4]).End());
        Assert.Equal(expected, Joined.Line(session));
        Assert.Equal(TimeSpan.Zero, session.Duration);
        Assert.Equal(6, session.Bytes);
    }

    [Fact]
    public void A_session_without_a_head_goes_on_to_its_end()
    {
        var joined = new Joined().Add(0, C, counters: [1, 1, 1, 1]).Add(300, C, counters: [1, 1, 1, 1]).Add(310, E, counters: [1, 1, 1, 1]);
        Assert.Equal(["HeadMissing 0 310 310 3"], joined.Sessions.Select(Joined.Line));
        Assert.Equal(6, joined.Sessions[0].Bytes);
    }

    [Fact]
    public void A_second_begin_finishes_the_first_without_an_end()
    {
        var joined = new Joined().Add(0, B).Add(100, B);
        Assert.Equal(["Open 0 0 - 1"], joined.Sessions.Select(Joined.Line));
        joined.Add(105, E, counters: [1, 2, 3, 4]);
        Assert.Equal(["Open 0 0 - 1", "Complete 100 105 105 2"], joined.End().Select(Joined.Line));
    }

    [Fact]
    public void Begin_and_end_may_have_the_same_time_and_the_port_may_come_back()
    {
        var joined = new Joined().Add(0, B).Add(0, E, counters: [1, 2, 3, 4]).Add(0, B).Add(0, E, counters: [1, 2, 3, 4]);
        Assert.Equal(["Complete 0 0 0 2", "Complete 0 0 0 2"], joined.Sessions.Select(Joined.Line));
        Assert.All(joined.Sessions, static session => Assert.Equal(TimeSpan.Zero, session.Duration));
    }

    [Fact]
    public void What_comes_after_the_end_is_another_session() =>
        Assert.Equal(
            ["Complete 0 5 5 2", "HeadMissing 6 6 6 1", "HeadMissing 7 7 - 1"],
            new Joined().Add(0, B).Add(5, E).Add(6, E).Add(7, C).End().Select(Joined.Line));

    [Fact]
    public void Time_can_go_back_within_an_entry_but_no_session_has_a_negative_length()
    {
        var session = Assert.Single(new Joined().Add(50, B).Add(10, E, counters: [1, 2, 3, 4]).End());
        Assert.Equal("Complete 50 50 10 2", Joined.Line(session));
        Assert.Equal(TimeSpan.Zero, session.Duration);
    }

    [Fact]
    public void Network_interfaces_are_kept_apart()
    {
        // Both ends of one connection, logged with the same five-tuple.
        var joined = new Joined().Add(0, B).Add(0, B, mac: "0022481234AB", direction: FlowDirection.Inbound)
            .Add(5, E, counters: [1, 2, 3, 4]).Add(6, E, mac: "0022481234AB", direction: FlowDirection.Inbound, counters: [1, 2, 3, 4]);
        Assert.Equal(["Complete 0 5 5 2", "Complete 0 6 6 2"], joined.Sessions.Select(Joined.Line));
        Assert.Equal([Joined.Mac, "0022481234AB"], joined.Sessions.Select(static session => session.MacAddress));
    }

    [Fact]
    public void Two_logs_of_one_network_interface_are_kept_apart()
    {
        var joined = new Joined().Add(0, B).Add(0, B, kind: FlowLogKind.VirtualNetwork, target: Texts.VnetId).Add(0, B, target: "/subscriptions/s/other")
            .Add(5, E).Add(6, E, kind: FlowLogKind.VirtualNetwork, target: Texts.VnetId).Add(7, E, target: "/SUBSCRIPTIONS/S/OTHER");
        Assert.Equal(["Complete 0 5 5 2", "Complete 0 6 6 2", "Complete 0 7 7 2"], joined.Sessions.Select(Joined.Line));
    }

    [Fact]
    public void Without_a_mac_the_target_tells_network_interfaces_apart_and_without_both_there_is_one()
    {
        var joined = new Joined().Add(0, B, mac: null, target: "/a").Add(0, B, mac: null, target: "/b").Add(0, B, mac: null, target: null)
            .Add(5, E, mac: null, target: "/b").Add(6, E, mac: null, target: null).Add(7, E, mac: null, target: "/A");
        Assert.Equal(["Complete 0 5 5 2", "Complete 0 6 6 2", "Complete 0 7 7 2"], joined.Sessions.Select(Joined.Line));
    }

    [Fact]
    public void An_appliance_that_forwards_by_one_network_interface_has_two_sessions()
    {
        var joined = new Joined().Add(0, B, direction: FlowDirection.Inbound).Add(0, B, direction: FlowDirection.Outbound)
            .Add(5, E, direction: FlowDirection.Inbound).Add(6, E, direction: FlowDirection.Outbound);
        Assert.Equal(["Complete 0 5 5 2", "Complete 0 6 6 2"], joined.Sessions.Select(Joined.Line));
    }

    [Fact]
    public void A_gap_as_long_as_the_timeout_joins_and_a_longer_one_does_not()
    {
        var idle = TimeSpan.FromMinutes(10);
        Assert.Equal(["Complete 0 600 600 2"], new Joined(idle).Add(0, B).Add(600, E).End().Select(Joined.Line));
        Assert.Equal(["Open 0 0 - 1", "HeadMissing 601 601 601 1"], new Joined(idle).Add(0, B).Add(601, E).End().Select(Joined.Line));
        // However much else is logged meanwhile, and back in time too.
        Assert.Equal(
            ["Open 0 0 - 1", "HeadMissing 601 601 601 1"],
            new Joined(idle).Add(0, B).Add(601, C, flow: 2).Add(601, E).End().Where(static s => s.SourcePort == 1).Select(Joined.Line));
        Assert.Equal(["Open 601 601 - 1", "HeadMissing 0 0 0 1"], new Joined(idle).Add(601, B).Add(0, E).Sessions.Select(Joined.Line));
    }

    [Fact]
    public void Idle_sessions_are_finished_when_their_log_moves_on_and_no_other()
    {
        var joined = new Joined(TimeSpan.FromMinutes(10));
        joined.Add(0, B, flow: 1).Add(30, B, flow: 2).Add(0, B, flow: 3, mac: "0022481234AB");
        joined.Add(400, C, flow: 1, counters: [1, 2, 3, 4]);

        // Two minutes more than the timeout: the tuples of an entry are not in order.
        joined.Add(30 + 720, B, flow: 4);
        Assert.Empty(joined.Sessions);
        joined.Add(30 + 721, B, flow: 5);
        Assert.Equal([2], joined.Sessions.Select(static session => session.SourcePort));
        Assert.Equal("Open 30 30 - 1", Joined.Line(joined.Sessions[0]));

        // Denied flows are time as well.
        joined.Add(400 + 721, B, flow: 6, decision: FlowDecision.Deny);
        Assert.Equal([2, 1], joined.Sessions.Select(static session => session.SourcePort));
        Assert.Equal(3, joined.Joiner.OpenCount);
    }

    [Fact]
    public void A_wrong_year_in_one_tuple_ends_no_other_session()
    {
        var joined = new Joined();
        var group = Joined.Group(written: Joined.Start.AddMinutes(1));
        joined.Joiner.Add(Joined.Tuple(0, B, flow: 1), group);
        joined.Joiner.Add(Joined.Tuple(1e9, B, flow: 2), group);
        Assert.Empty(joined.Sessions);
        joined.Joiner.Add(Joined.Tuple(30, E, flow: 1), group);
        Assert.Equal(["Complete 0 30 30 2"], joined.Sessions.Select(Joined.Line));
    }

    [Theory]
    [InlineData(600, 0)]
    [InlineData(601, 1)]
    public void A_log_that_goes_back_is_told_and_network_interfaces_that_alternate_are_not(double back, long expected)
    {
        var joined = new Joined().Add(3600, B).Add(0, B, mac: "0022481234AB").Add(3600 - back, B, flow: 2).Add(3601, E).Add(1, E, mac: "0022481234AB");
        Assert.Equal(expected, joined.Joiner.OutOfOrder);
    }

    [Fact]
    public void Denied_tuples_and_those_without_a_state_are_left_out_and_counted()
    {
        var joined = new Joined().Add(0, B).Add(1, B, decision: FlowDecision.Deny).Add(2, FlowState.None).Add(3, FlowState.Deny, decision: FlowDecision.Deny)
            .Add(4, FlowState.None, decision: FlowDecision.Deny).Add(5, E);
        Assert.Equal(["Complete 0 5 5 2"], joined.End().Select(Joined.Line));
        Assert.Equal(6, joined.Joiner.Tuples);
        Assert.Equal(3, joined.Joiner.Denied);
        Assert.Equal(1, joined.Joiner.Stateless);
    }

    [Fact]
    public void A_counter_that_no_tuple_recorded_is_null_and_a_recorded_zero_is_zero()
    {
        // VNet logs write zeros where NSG logs write nothing: when a flow begins nothing has been counted in either.
        var sessions = new Joined().Add(0, B, flow: 1).Add(0, B, flow: 2, counters: [0, 0, 0, 0])
            .Add(0, B, flow: 3, counters: [0, 0, 0, 0]).Add(5, E, flow: 3, counters: [0, 0, 0, 0])
            .Add(0, B, flow: 4, counters: [1, 60, 0, 0]).Add(0, B, flow: 5).Add(5, C, flow: 5, counters: [-1, 7, -1, -1]).End().OrderBy(static s => s.SourcePort).ToList();
        Assert.Null(sessions[0].Bytes);
        Assert.Null(sessions[0].PacketsReceived);
        Assert.Null(sessions[1].Bytes);
        Assert.Null(sessions[1].BytesSent);
        Assert.Equal(0, sessions[2].Bytes);
        Assert.Equal(0, sessions[2].PacketsSent);
        Assert.Equal(60, sessions[3].Bytes);
        Assert.Null(sessions[3].BytesReceived);
        Assert.Equal(7, sessions[4].Bytes);
        Assert.Null(sessions[4].PacketsSent);
        Assert.Null(sessions[4].BytesReceived);
    }

    [Fact]
    public void Forged_counters_stop_at_the_largest_number()
    {
        var session = Assert.Single(new Joined().Add(0, B).Add(1, C, counters: [long.MaxValue, long.MaxValue, 1, long.MaxValue - 1])
            .Add(2, E, counters: [long.MaxValue, 1, long.MaxValue, 1]).End());
        Assert.Equal(long.MaxValue, session.PacketsSent);
        Assert.Equal(long.MaxValue, session.BytesSent);
        Assert.Equal(long.MaxValue, session.PacketsReceived);
        Assert.Equal(long.MaxValue, session.BytesReceived);
        Assert.Equal(long.MaxValue, session.Bytes);
    }

    [Fact]
    public void The_rest_comes_by_start_and_then_as_it_came()
    {
        var joined = new Joined().Add(9, B, flow: 1).Add(3, B, flow: 2, mac: "0022481234AB").Add(9, C, flow: 3).Add(1, B, flow: 4).Add(3, B, flow: 5).Add(10, C, flow: 4);
        Assert.Equal([4, 2, 5, 1, 3], joined.End().Select(static session => session.SourcePort));
        Assert.Equal(0, joined.Joiner.OpenCount);
        Assert.Equal(5, joined.Joiner.Sessions);
        Assert.Equal(4, joined.Joiner.SessionsIn(FlowSessionState.Open));
        Assert.Equal(1, joined.Joiner.SessionsIn(FlowSessionState.HeadMissing));
        Assert.Equal(0, joined.Joiner.SessionsIn(FlowSessionState.Complete));

        // It can be used again, and starts anew.
        Assert.Equal("HeadMissing 20 20 20 1", Joined.Line(joined.Add(20, E, flow: 4).Sessions[^1]));
    }

    [Fact]
    public void A_session_given_out_does_not_change()
    {
        var joined = new Joined().Add(0, B).Add(5, E, counters: [1, 2, 3, 4]);
        var session = joined.Sessions[0];
        joined.Add(6, B).Add(7, C, counters: [5, 5, 5, 5]).Add(8, E, counters: [5, 5, 5, 5]).End();
        Assert.Equal("Complete 0 5 5 2", Joined.Line(session));
        Assert.Equal(6, session.Bytes);
    }

    [Fact]
    public void Nothing_gives_nothing_and_nonsense_is_refused()
    {
        Assert.Empty(new Joined().End());
        Assert.Throws<ArgumentNullException>(static () => new SessionJoiner(null!));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SessionJoiner(static _ => { }, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SessionJoiner(static _ => { }, TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentNullException>(static () => new Joined().Joiner.Add(null!));
        Assert.Equal(TimeSpan.FromMinutes(15), new SessionJoiner(static _ => { }).IdleTimeout);
        Assert.Single(new Joined(TimeSpan.MaxValue).Add(0, B).Add(1e9, E).End());
    }

    [Fact]
    public void States_can_be_told_by_their_first_letter() =>
        Assert.Equal(3, Enum.GetNames<FlowSessionState>().Select(static name => name[0]).Distinct().Count());
}
