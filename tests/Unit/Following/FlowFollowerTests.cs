using System.Linq;
using NsgFlow.Following;
using NsgFlow.Unit.Saving;
using Xunit;

namespace NsgFlow.Unit.Following;

public class FlowFollowerTests
{
    [Fact]
    public void Only_new_bytes_are_read()
    {
        var world = new FollowWorld();
        var follower = world.Follower();
        for (var minute = 0; minute < 55; minute++)
        {
            world.Now = FollowWorld.At(9, minute);
            world.Append(1, 9, 20);
            world.Append(2, 9, 20);
            world.Poll(follower);
        }

        Assert.Equal(world.Written[1], world.Read[1]);
        Assert.Equal(world.Written[2], world.Read[2]);
        Assert.InRange(world.Store.Bytes, world.WrittenBytes - 8, world.WrittenBytes * 1.05);

        // The block list of each is asked for once, when it is new.
        Assert.Equal((2, 2 * 55), (world.Store.BlockLists, world.Store.Ranges));
    }

    [Fact]
    public void What_did_not_change_costs_no_request()
    {
        var world = new FollowWorld();
        var follower = world.Follower();
        for (var nic = 1; nic <= 20; nic++)
            world.Append(nic, 9);
        world.Poll(follower);
        var requests = world.Store.Requests;

        world.Append(7, 9);
        Assert.Equal([8], world.Poll(follower).SelectMany(static batch => batch.Records).Select(static record => (int)record.BytesSent! - 13));

        Assert.Equal(requests + 1, world.Store.Requests);
        Assert.Empty(world.Poll(follower));
        Assert.Equal(requests + 1, world.Store.Requests);
    }

    [Fact]
    public void Late_blocks_of_a_closed_hour_are_found_within_the_window()
    {
        var world = new FollowWorld();
        world.Append(1, 9);
        world.Now = FollowWorld.At(12, 5);
        var follower = world.Follower();
        world.Append(1, 12);
        world.Poll(follower);
        world.Append(1, 9);

        world.Now = FollowWorld.At(12, 6);
        Assert.Empty(world.Poll(follower));
        world.Now = FollowWorld.At(12, 16);
        world.Poll(follower);

        Assert.Equal(world.Written[1], world.Read[1]);
    }

    [Fact]
    public void Hours_before_the_window_are_forgotten_and_not_read_again()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0));
        for (var hour = 0; hour < 20; hour++)
        {
            world.Now = FollowWorld.At(hour, 30);
            world.Append(1, hour);
            world.Poll(world.Follower());
        }

        Assert.Equal(world.Written[1], world.Read[1]);
        Assert.Equal(FollowWorld.At(13, 30), world.State.From);
        Assert.Equal(7, world.State.Positions.Count);
        world.State = Copy(world.State);
        Assert.Empty(world.Poll(world.Follower()));
    }

    [Fact]
    public void A_late_block_is_found_although_short_listings_come_between()
    {
        var world = new FollowWorld(FollowWorld.At(3, 0));
        var follower = world.Follower();
        world.Append(1, 3);
        world.Append(1, 9);
        world.Now = FollowWorld.At(9, 55);
        world.Poll(follower);

        // Less than six hours after its hour has ended.
        world.Append(2, 3);
        world.Now = FollowWorld.At(10, 1);
        world.Append(1, 10);
        world.Poll(follower);
        world.Now = FollowWorld.At(10, 6);
        world.Poll(follower);
        Assert.Equal(world.Written[2], world.Read[2]);
    }

    [Fact]
    public void A_long_history_of_which_the_first_listing_had_a_part_comes_whole()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0)) { IsWhole = static () => false };
        var follower = new FlowFollower(world.State) { Now = () => world.Now, MostGathered = 2 };
        for (var hour = 0; hour <= 20; hour++)
            world.Append(1, hour);
        world.Now = FollowWorld.At(20, 30);
        world.Poll(follower);
        for (var hour = 0; hour <= 20; hour++)
            world.Append(2, hour);
        world.IsWhole = static () => true;
        world.Poll(follower);

        Assert.Equal(world.Written[1], world.Read[1]);
        Assert.Equal(world.Written[2], world.Read[2]);
        Assert.Equal(FollowWorld.At(14, 30), world.State.From);
    }

    [Fact]
    public void What_was_read_of_a_long_history_need_not_be_read_again_by_a_run_that_was_ended()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0));
        for (var hour = 0; hour <= 20; hour++)
            world.Append(1, hour);
        world.Now = FollowWorld.At(20, 30);
        var follower = new FlowFollower(world.State) { Now = () => world.Now, MostGathered = 2 };
        Assert.Equal(10, follower.Poll(world.List(follower.NextStart()), null, default).Take(10).Count());
        Assert.Equal(FollowWorld.At(2, 0), world.State.From);
    }

    [Fact]
    public void A_listing_that_is_not_whole_passes_over_nothing()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0)) { IsWhole = static () => false };
        world.Append(1, 20);
        world.Now = FollowWorld.At(20, 30);
        world.Poll(world.Follower());
        world.Append(2, 3);
        world.IsWhole = static () => true;
        world.Poll(world.Follower());

        Assert.Equal(world.Written[2], world.Read[2]);
        Assert.Equal(FollowWorld.At(14, 30), world.State.From);
    }

    [Fact]
    public void A_poll_that_broke_off_leaves_no_hour_behind()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0));
        for (var hour = 0; hour <= 20; hour++)
            world.Append(1, hour);
        world.Now = FollowWorld.At(20, 30);
        var follower = world.Follower();
        world.BeforeStep = static step =>
        {
            if (step == 2)
                throw new NsgFlowException("StorageUnavailable", "The connection was reset.", string.Empty);
        };
        Assert.Throws<NsgFlowException>(() => world.Poll(follower));
        world.Poll(follower);

        Assert.Equal(world.Written[1], world.Read[1]);
    }

    [Fact]
    public void An_hour_of_which_a_blob_failed_is_not_passed_over_by_polls_of_newer_hours()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0));
        world.Append(1, 3);
        world.Append(2, 20);
        world.Now = FollowWorld.At(20, 30);
        var follower = world.Follower();
        world.Store.BeforeRequest = static (_, name) =>
        {
            if (name == ModelStore.Name(1, 3))
                throw new NsgFlowException("StorageUnavailable", "The connection was reset.", string.Empty);
        };
        world.Poll(follower);
        world.Store.BeforeRequest = static (_, _) => { };
        world.Now = FollowWorld.At(20, 31);
        world.Append(2, 20);
        world.Poll(follower);
        Assert.Equal(world.Written[2], world.Read[2]);
        Assert.Equal(FollowWorld.At(0, 0).AddHours(3), world.State.From);

        world.Now = FollowWorld.At(20, 41);
        world.Poll(follower);
        Assert.Equal(world.Written[1], world.Read[1]);
        Assert.Equal(FollowWorld.At(14, 41), world.State.From);
    }

    [Fact]
    public void A_clock_that_is_ahead_passes_over_nothing()
    {
        var world = new FollowWorld(FollowWorld.At(0, 0));
        world.Append(1, 2);
        world.Now = FollowWorld.At(23, 0);
        var follower = world.Follower();
        world.Poll(follower);
        world.Append(1, 2);
        world.Append(1, 3);
        world.Poll(follower);

        Assert.Equal(world.Written[1], world.Read[1]);
    }

    [Fact]
    public void A_batch_counts_when_the_next_is_asked_for()
    {
        var world = new FollowWorld();
        for (var nic = 1; nic <= 3; nic++)
            world.Append(nic, 9);
        foreach (var batch in world.Follower().Poll(world.List(null), null, default))
        {
            if (batch.Blob.MacAddress == "000000000002")
                break;
        }

        world.State = Copy(world.State);
        world.Poll(world.Follower());
        Assert.Equal([2, 3], world.Read.Keys.OrderBy(static nic => nic));
    }

    [Fact]
    public void A_long_history_comes_in_batches_each_with_its_position()
    {
        var world = new FollowWorld();
        for (var minute = 0; minute < 20; minute++)
            world.Append(1, 9, 700);
        var read = 0;

        // Every batch but the last is left unacknowledged by a new run.
        for (var run = 0; run < 100 && read < 14_000; run++)
        {
            var follower = world.Follower();
            using var batches = follower.Poll(world.List(null), null, default).GetEnumerator();
            Assert.True(batches.MoveNext());
            Assert.Equal(read + 1, batches.Current.Records[0].BytesSent);
            read += batches.Current.Records.Count;
            batches.MoveNext();
            world.State = Copy(world.State);
        }

        Assert.Equal(14_000, read);
    }

    [Fact]
    public void A_blob_that_shrank_or_was_rewritten_is_read_again_and_said_so()
    {
        var world = new FollowWorld();
        world.Append(1, 9);
        world.Append(1, 9);
        var follower = world.Follower();
        world.Poll(follower);

        world.Shrink(1, 9);
        var shrunk = Assert.Single(world.Poll(follower));
        Assert.Equal("it is shorter than it was", shrunk.Rewritten);
        Assert.Equal([1, 2, 1], world.Read[1]);

        world.Rewrite(1, 9, 2);
        var rewritten = Assert.Single(world.Poll(follower));
        Assert.Equal("what was read of it is no longer what it begins with", rewritten.Rewritten);
        Assert.Equal([1, 2, 1, 3, 4], world.Read[1]);

        // When the next hour has begun, both blobs are looked at.
        world.Append(1, 10);
        world.Rewrite(1, 9, 2);
        rewritten = Assert.Single(world.Poll(follower), static batch => batch.Rewritten is not null);
        Assert.Equal("its blocks are others than before", rewritten.Rewritten);
        Assert.Equal([1, 2, 1, 3, 4, 6, 7, 5], world.Read[1]);
    }

    [Fact]
    public void A_blob_that_is_rewritten_between_two_ranges_is_not_mixed()
    {
        var world = new FollowWorld();
        world.Append(1, 9);
        var follower = world.Follower();
        world.Poll(follower);
        world.Append(1, 9, 80_000);
        var ranges = world.Store.Ranges;
        world.Store.BeforeRequest = (_, _) =>
        {
            if (world.Store.Ranges != ranges + 1)
                return;
            ranges = int.MaxValue;
            world.Rewrite(1, 9, 1, 90_000);
        };
        world.Poll(follower);
        Assert.Equal(int.MaxValue, ranges);
        world.Poll(follower);

        Assert.All(world.Batches, static batch => Assert.Empty(batch.Issues));
        Assert.Single(world.Batches, static batch => batch.Rewritten is not null);
        Assert.Equal(world.Written[1], world.Read[1].Skip(world.Read[1].Count - 90_000));
        Assert.InRange(world.Read[1].Count, 90_001, 170_000);
    }

    [Fact]
    public void A_deleted_blob_is_passed_over_and_forgotten()
    {
        var world = new FollowWorld();
        world.State.From = null;
        world.Append(1, 9);
        world.Append(2, 9);
        var follower = world.Follower();
        world.Poll(follower);
        world.Append(1, 9);
        world.Append(2, 9);

        // Between the listing and the range.
        var steps = world.Steps;
        world.BeforeStep = step =>
        {
            if (step == steps + 24)
                world.Delete(1, 9);
        };
        world.Poll(follower);
        Assert.All(world.Batches, static batch => Assert.Null(batch.Failure));
        Assert.Equal(world.Written[2], world.Read[2]);

        // Not before a week: what a share had that was away for a while must not come again.
        foreach (var (days, kept) in new[] { (0, 2), (6, 2), (7, 1) })
        {
            world.Now = FollowWorld.At(20, 0).AddDays(days);
            follower.NextStart();
            world.Poll(follower);
            follower.ForgetUnlisted();
            Assert.Equal(kept, world.State.Positions.Count);
        }
    }

    internal static FollowState Copy(FollowState state)
    {
        var copy = new FollowState { From = state.From, Start = state.Start };
        foreach (var (key, position) in state.Positions.Select(static pair => (pair.Key, pair.Value)))
            copy.Set(key, position);
        return copy;
    }
}
