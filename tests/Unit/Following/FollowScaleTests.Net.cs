using System;
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
