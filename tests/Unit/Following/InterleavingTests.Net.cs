using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>A writer that appends before any step of the reader: every order in which that can happen is tried.</summary>
public class InterleavingTests
{
    // One blob grows, the next hour begins, both hours grow, as at the turn of an hour.
    private static readonly Action<FollowWorld>[] s_turnOfHour =
    [
        static world => world.Append(1, 9, 2),
        static world => world.Append(1, 9),
        static world => world.Append(1, 10),
        static world => world.Append(1, 10, 2),
    ];

    // A new interface appears beside one that is there.
    private static readonly Action<FollowWorld>[] s_newNic =
    [
        static world => world.Append(2, 9),
        static world => world.Append(1, 9),
        static world => world.Append(2, 9),
    ];

    // The last minutes of an hour come when the next hour's blob is there already.
    private static readonly Action<FollowWorld>[] s_lateMinutes =
    [
        static world => world.Append(1, 10),
        static world => world.Append(1, 9),
        static world => world.Append(1, 10),
        static world => world.Append(1, 9),
    ];

    // The usual case: one blob, which is read as it was listed.
    private static readonly Action<FollowWorld>[] s_oneHour =
    [
        static world => world.Append(1, 9),
        static world => world.Append(1, 9, 2),
        static world => world.Append(1, 9),
        static world => world.Append(1, 9),
    ];

    // As a client does that puts the newest minutes and the closing into one block.
    private static readonly Action<FollowWorld>[] s_lastBlock =
    [
        static world => world.Extend(1, 9),
        static world => world.Extend(1, 9),
        static world => world.Extend(1, 9),
        static world => world.Extend(1, 9),
    ];

    // Somebody puts something else in the blob's place, longer or shorter than what was read.
    private static readonly Action<FollowWorld>[] s_rewritten =
    [
        static world => world.Append(1, 9),
        static world => world.Rewrite(1, 9, 1),
        static world => world.Append(1, 9),
        static world => world.Rewrite(1, 9, 3),
    ];

    // The newest minute is replaced by another of the same length.
    private static readonly Action<FollowWorld>[] s_shrunk =
    [
        static world => world.Append(1, 9),
        static world => world.Append(1, 9),
        static world => world.Shrink(1, 9),
        static world => world.Append(1, 9),
    ];

    [Fact]
    public void Of_one_blob_each_tuple_comes_once_and_in_order() => TryAll(s_oneHour, lastStep: 10, InOrder);

    [Fact]
    public void When_the_last_block_is_replaced_each_tuple_comes_once_and_in_order() => TryAll(s_lastBlock, lastStep: 10, InOrder);

    [Fact]
    public void A_blob_that_is_rewritten_is_read_again_whole_and_said_so() => TryAll(s_rewritten, lastStep: 10, IsReadAgain);

    [Fact]
    public void A_blob_that_shrank_and_grew_again_is_read_again_whole_and_said_so() => TryAll(s_shrunk, lastStep: 10, IsReadAgain);

    [Fact]
    public void At_the_turn_of_an_hour_each_tuple_comes_once_and_in_order() => TryAll(s_turnOfHour, lastStep: 12, InOrder);

    [Fact]
    public void With_a_new_interface_each_tuple_comes_once_and_in_order() => TryAll(s_newNic, lastStep: 18, InOrder);

    /// <summary>Nobody can put what is not there yet before what was read; but what was there before comes before.</summary>
    [Fact]
    public void Nothing_overtakes_what_an_older_hour_got_before() => TryAll(s_lateMinutes, lastStep: 12, static world =>
        world.Read[1].OrderBy(static number => number).SequenceEqual(world.Written[1]) && IsBefore(world, 1, 2) && IsBefore(world, 3, 4) && IsBefore(world, 2, 4) && IsBefore(world, 3, 5));

    private static bool InOrder(FollowWorld world) => world.Written.Keys.All(nic => world.Written[nic].SequenceEqual(world.Read[nic]))
        && world.Batches.All(static batch => batch.Rewritten is null);

    /// <summary>What the blob holds at last came last, without a gap; when more came before that was not it, a batch said that it began anew.</summary>
    private static bool IsReadAgain(FollowWorld world)
    {
        var (written, read) = (world.Written[1], world.Read[1]);
        return written.SequenceEqual(read.Skip(read.Count - written.Count)) && (read.Count > written.Count) == world.Batches.Any(static batch => batch.Rewritten is not null);
    }

    private static bool IsBefore(FollowWorld world, long first, long second) => world.Read[1].IndexOf(first) < world.Read[1].IndexOf(second);

    private static void TryAll(Action<FollowWorld>[] writes, int lastStep, Func<FollowWorld, bool> isRight)
    {
        var runs = 0;
        var gone = 0;
        foreach (var schedule in Schedules(writes.Length, 0, lastStep))
        {
            var world = new FollowWorld { FirstHour = 9, LastHour = 10 };
            world.Append(1, 9);
            var next = 0;
            world.BeforeStep = step =>
            {
                while (next < writes.Length && schedule[next] <= step)
                    writes[next++](world);
            };
            var follower = world.Follower();
            while (next < writes.Length)
                world.Poll(follower);
            world.Poll(follower);

            Assert.All(world.Batches, batch => Assert.True(batch.Failure is null && batch.Issues.Count == 0, Text(schedule)));
            Assert.True(isRight(world), $"{Text(schedule)}: {string.Join("; ", world.Read.Values.Select(static numbers => string.Join(",", numbers)))}");
            var requests = world.Store.Requests;
            world.Poll(follower);
            Assert.Equal(requests, world.Store.Requests);
            gone += world.Store.Gone;
            runs++;
        }

        Assert.True(runs >= 1000, $"{runs} runs");
        Assert.True(gone > 0, "Nothing was written between a listing, or a block list, and its range.");
    }

    /// <summary>All ways to put so many writes, in their order, before steps.</summary>
    private static IEnumerable<int[]> Schedules(int count, int from, int to)
    {
        if (count == 0)
        {
            yield return [];
            yield break;
        }

        for (var step = from; step <= to; step++)
        {
            foreach (var rest in Schedules(count - 1, step, to))
                yield return [step, .. rest];
        }
    }

    private static string Text(int[] schedule) => "writes before steps " + string.Join(",", schedule);
}
