using System;
using System.Linq;
using NsgFlow.Unit.Parsing;
using NsgFlow.Unit.Saving;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>Clocks of readers, writers and the service that differ: by minutes or hours, for good or for a while.</summary>
public class FollowClockTests
{
    [Fact]
    public void A_clock_that_jumps_loses_and_repeats_nothing()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new TestRandom((ulong)seed);
            var world = new FollowWorld();
            var follower = world.Follower();
            for (var minute = 0; minute < 90; minute += 3)
            {
                var time = FollowWorld.At(9, 0).AddMinutes(minute);
                world.Append(1, time.Hour, 2);
                world.Append(2, time.Hour);

                // Hours ahead, hours back, or right; now and then another run.
                world.Now = time.AddHours(random.Next(5) switch { 0 => 9, 1 => -5, 2 => 2, _ => 0 });
                if (random.Next(4) == 0)
                    follower = world.Follower();
                world.Poll(follower);
            }

            world.Now = FollowWorld.At(10, 31);
            world.Poll(world.Follower());
            IsRight(world, $"seed {seed}");
        }
    }

    [Fact]
    public void A_writer_whose_clock_is_ahead_takes_nothing_from_the_others()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0));
        for (var hour = 0; hour < 12; hour++)
        {
            for (var minute = 0; minute < 60; minute += 20)
            {
                world.Now = FollowWorld.At(hour, minute);
                world.Append(1, hour);
                world.Append(2, hour + 11);
                if (minute == 0 && hour > 2)
                    world.Append(1, hour - 2);
                world.Poll(world.Follower());
            }
        }

        Assert.Equal(world.Written[1].OrderBy(static number => number), world.Read[1].OrderBy(static number => number));
        Assert.Equal(world.Written[2], world.Read[2]);
    }

    [Fact]
    public void A_blob_that_was_changed_in_the_future_is_read_as_any_other()
    {
        var world = new FollowWorld();
        var follower = world.Follower();
        for (var minute = 0; minute < 20; minute++)
        {
            // Its time goes on by a minute with each change.
            world.Append(1, 9);
            world.Now = FollowWorld.At(3, 0);
            for (var i = 0; i < 60; i++)
                world.Store[ModelStore.Name(1)].Touch();
            world.Poll(follower);
        }

        Assert.True(world.Store[ModelStore.Name(1)].Modified > world.Now.AddHours(20));
        IsRight(world, "future");
        world.Now = FollowWorld.At(23, 0).AddDays(2);
        Assert.Empty(world.Poll(world.Follower()));
    }

    private static void IsRight(FollowWorld world, string what)
    {
        Assert.All(world.Batches, batch => Assert.True(batch.Failure is null && batch.Rewritten is null && batch.Issues.Count == 0, what));
        foreach (var nic in world.Written.Keys)
            Assert.True(world.Written[nic].SequenceEqual(world.Read[nic]), $"{what}: {string.Join(",", world.Read[nic])}");
    }
}
