using System;
using System.Linq;
using NsgFlow.Following;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>Many blobs: what is kept, and what is asked for, does not grow with what was.</summary>
[Collection(AloneCollection.Name)]
public class FollowScaleTests
{
    private const int Nics = 1000;
    private const int FirstHour = 10;
    private const int Hours = 12;

    [Fact]
    public void Twelve_thousand_blobs_are_followed_in_flat_memory_and_with_requests_for_what_is_new()
    {
        var world = new FollowWorld(FollowWorld.At(FirstHour, 0));
        var follower = world.Follower(throttle: 8);
        var kept = 0L;
        for (var hour = FirstHour; hour < FirstHour + Hours; hour++)
        {
            world.Now = FollowWorld.At(hour, 30);
            for (var nic = 1; nic <= Nics; nic++)
                world.Append(nic, hour);
            var requests = world.Store.Requests;
            foreach (var batch in follower.Poll(world.List(follower.NextStart()), null, default))
                Assert.Single(batch.Records);
            Assert.Equal(2 * Nics, world.Store.Requests - requests);
            Assert.InRange(world.State.Positions.Count, Nics, 7 * Nics);

            // From when on as many are forgotten as come.
            if (hour == FirstHour + 8)
                kept = Heap(world);
        }

        // What the model itself holds of each blob, and the follower does not.
        var grown = Heap(world) - kept;
        Assert.True(grown < 3L * 1000 * 1000, $"{grown:N0} bytes more after {3 * Nics} more blobs");
        Assert.Equal(7 * Nics, world.State.Positions.Count);
    }

    /// <summary>Everything that is alive is weighed, not the state only: whatever a poll kept would show.</summary>
    [Fact]
    public void Polls_of_ten_thousand_blobs_keep_nothing_and_those_with_nothing_new_cost_little()
    {
        const int Blobs = 10_000;
        const int Growing = 200;
        var store = new GrowingStore(Blobs);
        var follower = new FlowFollower(new FollowState { From = store.Hour }) { Now = () => store.Hour.AddMinutes(30) };
        Assert.Equal(Blobs, Poll());
        Assert.Equal(2 * Blobs, store.Requests);

        // Of each blob its key is made (the name with the account's and the container's, some 220 letters), and little else.
        var blobs = store.List();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var allocated = Allocation.Of(() => Assert.Empty(follower.Poll(blobs, static () => true, default)));
        Assert.InRange(allocated / Blobs, 1, 800);

        GrowAndPoll(5);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        GrowAndPoll(50);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1_000_000);

        int Poll() => follower.Poll(store.List(), static () => true, default).Sum(static batch => batch.Records.Count);

        void GrowAndPoll(int times)
        {
            for (var time = 0; time < times; time++)
            {
                var requests = store.Requests;
                for (var blob = 0; blob < Growing; blob++)
                    store.Grow(blob);
                Assert.Equal(Growing, Poll());
                Assert.Equal(Growing, store.Requests - requests);
            }
        }
    }

    /// <summary>Bytes of the state alone.</summary>
    private static long Heap(FollowWorld world)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var copy = FollowStateJson.Read(FollowStateJson.Write(world.State), out _);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(copy);
        return bytes;
    }
}
