using System;
using System.Linq;
using NsgFlow.Blobs;
using NsgFlow.Unit.Parsing;
using NsgFlow.Unit.Saving;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>Faults at every step of the reader, and runs that end anywhere: nothing is lost, nothing comes twice.</summary>
public class FollowFaultTests
{
    public static TheoryData<string> Faults => ["throttled", "unavailable", "not found", "another state", "cut", "written"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_at_any_step_loses_and_repeats_nothing(string fault)
    {
        for (var step = 0; step < 60; step++)
        {
            var world = new FollowWorld { FirstHour = 9, LastHour = 10 };
            Break(world, fault, step);
            var follower = world.Follower();
            for (var minute = 0; minute < 4; minute++)
            {
                world.Append(1, minute < 2 ? 9 : 10, 3);
                world.Append(2, 9);
                TryPoll(world, follower);
            }

            TryPoll(world, follower);
            world.BeforeStep = static _ => { };
            world.Store.Answer = static range => range;
            TryPoll(world, follower);
            Check(world, $"{fault} before step {step}");
        }
    }

    [Fact]
    public void Runs_that_end_anywhere_with_writes_and_faults_between_lose_and_repeat_nothing()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new TestRandom((ulong)seed);
            var world = new FollowWorld { FirstHour = 9, LastHour = 11 };
            var hour = 9;
            world.BeforeStep = _ =>
            {
                var dice = random.Next(20);
                hour += hour < 11 && random.Next(60) == 0 ? 1 : 0;
                if (dice < 4 && world.Steps < 300)
                    world.Append(1 + random.Next(3), hour, 1 + random.Next(3));
                else if (dice == 4)
                    throw new NsgFlowException("StorageUnavailable", "The service is busy.", string.Empty);
                else if (dice == 5 && world.Store.Names.Count > 0)
                    world.Store[world.Store.Names.First()].Touch();
            };
            world.Store.Answer = range => random.Next(20) == 0 ? Cut(range) : range;
            while (world.Steps < 300)
            {
                // A new run goes on from what was acknowledged.
                world.State = FlowFollowerTests.Copy(world.State);
                TryPoll(world, world.Follower(throttle: 1));
            }

            world.BeforeStep = static _ => { };
            world.Store.Answer = static range => range;
            world.Poll(world.Follower());
            Check(world, $"seed {seed}");
        }
    }

    [Fact]
    public void Failures_are_told_and_hold_up_what_comes_behind()
    {
        var world = new FollowWorld();
        world.Append(1, 9);
        world.Append(1, 10);
        world.Append(2, 10);
        world.Store.BeforeRequest = (_, name) =>
        {
            if (name == ModelStore.Name(1, 9))
                throw new NsgFlowException("StorageAccessDenied", "No.", string.Empty);
        };
        var follower = world.Follower();
        world.Now = FollowWorld.At(23, 0);
        var failure = Assert.Single(world.Poll(follower), static batch => batch.Failure is not null);
        Assert.Equal("StorageAccessDenied", ((NsgFlowException)failure.Failure!).ErrorId);
        Assert.False(world.Read[1].Count > 0);
        Assert.Equal(world.Written[2], world.Read[2]);
        Assert.Equal(FollowWorld.At(9, 0), world.State.From);

        world.Store.BeforeRequest = static (_, _) => { };
        world.Poll(world.Follower());
        Assert.Equal(world.Written[1], world.Read[1]);
        Assert.True(world.State.From >= FollowWorld.At(5, 0));
    }

    private static void Break(FollowWorld world, string fault, int at)
    {
        var isDone = false;
        world.BeforeStep = step =>
        {
            if (step != at)
                return;
            switch (fault)
            {
                case "throttled":
                    throw new NsgFlowException("StorageThrottled", "429", string.Empty);
                case "unavailable":
                    throw new NsgFlowException("StorageUnavailable", "The connection was reset.", string.Empty);
                case "not found":
                    throw new NsgFlowException("BlobNotFound", "404", string.Empty);
                case "another state":
                    foreach (var name in world.Store.Names)
                        world.Store[name].Touch();
                    break;
                case "written":
                    world.Append(2, 9, 2);
                    world.Append(3, 10);
                    break;
            }
        };
        world.Store.Answer = range =>
        {
            var isNow = fault == "cut" && !isDone && world.Steps > at;
            isDone |= isNow;
            return isNow ? Cut(range) : range;
        };
    }

    private static FlowRange Cut(FlowRange range) =>
        new() { Count = range.Count / 2, Length = range.Length, ETag = range.ETag, LastModified = range.LastModified };

    private static void TryPoll(FollowWorld world, NsgFlow.Following.FlowFollower follower)
    {
        try
        {
            world.Poll(follower);
        }
        catch (NsgFlowException)
        {
            // The listing failed.
        }
    }

    private static void Check(FollowWorld world, string what)
    {
        Assert.All(world.Batches, batch => Assert.True(batch.Rewritten is null && batch.Issues.Count == 0, what));
        foreach (var (nic, written) in world.Written.Select(static pair => (pair.Key, pair.Value)))
        {
            var read = world.Read.TryGetValue(nic, out var numbers) ? numbers : [];
            Assert.True(written.SequenceEqual(read), $"{what}: {string.Join(",", read)} of {written.Count}");
        }
    }
}
