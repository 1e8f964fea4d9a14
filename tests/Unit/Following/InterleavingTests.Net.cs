using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Following;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>
/// A writer that appends before any step of the reader (a listing's hour, a block list, a range), and runs that end before any: every order in which
/// that can happen is tried.
/// </summary>
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

    // Two interfaces turn the hour, one before the other.
    private static readonly Action<FollowWorld>[] s_twoNics =
    [
        static world => world.Append(2, 9),
        static world => world.Append(1, 10),
        static world => world.Append(2, 10, 2),
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
    public void Of_one_blob_each_tuple_comes_once_and_in_order() => TryAll(s_oneHour, lastStep: 10, InOrder, turnsHour: false);

    [Fact]
    public void A_blob_that_is_rewritten_is_read_again_whole_and_said_so() => TryAll(s_rewritten, lastStep: 10, IsReadAgain, turnsHour: false);

    [Fact]
    public void A_blob_that_shrank_and_grew_again_is_read_again_whole_and_said_so() => TryAll(s_shrunk, lastStep: 10, IsReadAgain, turnsHour: false);

    [Fact]
    public void At_the_turn_of_an_hour_each_tuple_comes_once_and_in_order() => TryAll(s_turnOfHour, lastStep: 12, InOrder);

    [Fact]
    public void With_a_new_interface_each_tuple_comes_once_and_in_order() => TryAll(s_newNic, lastStep: 18, InOrder);

    [Fact]
    public void When_two_interfaces_turn_the_hour_each_tuple_comes_once_and_in_order() => TryAll(s_twoNics, lastStep: 17, InOrder, nics: 2);

    /// <summary>Nobody can put what is not there yet before what was read; but what was there before comes before.</summary>
    [Fact]
    public void Nothing_overtakes_what_an_older_hour_got_before() => TryAll(s_lateMinutes, lastStep: 12, static world =>
        world.Read[1].OrderBy(static number => number).SequenceEqual(world.Written[1]) && IsBefore(world, 1, 2) && IsBefore(world, 3, 4) && IsBefore(world, 2, 4) && IsBefore(world, 3, 5));

    [Fact]
    public void Of_a_writer_that_replaces_its_last_block_each_tuple_comes_once_and_in_order() => TryAll(s_turnOfHour, lastStep: 11, InOrder, replacesLast: true);

    [Fact]
    public void Runs_that_end_before_any_step_leave_a_state_from_which_the_next_loses_and_repeats_nothing()
    {
        var runs = 0;
        for (var end = 0; end <= 9; end++)
        {
            foreach (var schedule in Schedules(s_twoNics.Length, 0, 8))
            {
                var world = Start(s_twoNics, schedule, nics: 2, replacesLast: runs % 2 == 1, out var isDone, out var beforeStep);
                var isEnded = false;
                var last = end;
                world.BeforeStep = step =>
                {
                    beforeStep(step);
                    isEnded |= step == last;
                    if (isEnded)
                        throw new NsgFlowException("StorageUnavailable", "The run ends here.", string.Empty);
                };
                while (!isEnded)
                    TryPoll(world);
                (isEnded, last) = (false, -1);
                while (!isDone())
                    TryPoll(world);

                // What changed under its range comes with the poll after.
                TryPoll(world);
                TryPoll(world);

                Assert.True(InOrder(world), $"{Text(schedule)}, end before step {end}: {Text(world)}");
                Assert.All(world.Batches, static batch => Assert.True(batch.Rewritten is null && batch.Issues.Count == 0));
                runs++;
            }
        }

        Assert.True(runs > 1500, $"{runs} runs");
    }

    private static bool InOrder(FollowWorld world) => world.Written.Keys.All(nic => world.Written[nic].SequenceEqual(world.Read[nic]))
        && world.Batches.All(static batch => batch.Rewritten is null);

    /// <summary>What the blob holds at last came last, without a gap; when more came before that was not it, a batch said that it began anew.</summary>
    private static bool IsReadAgain(FollowWorld world)
    {
        var (written, read) = (world.Written[1], world.Read[1]);
        return written.SequenceEqual(read.Skip(read.Count - written.Count)) && (read.Count > written.Count) == world.Batches.Any(static batch => batch.Rewritten is not null);
    }

    private static bool IsBefore(FollowWorld world, long first, long second) => world.Read[1].IndexOf(first) < world.Read[1].IndexOf(second);

    /// <summary>A run of its own, that goes on from what was saved.</summary>
    private static void TryPoll(FollowWorld world)
    {
        world.State = FollowStateJson.Read(FollowStateJson.Write(world.State), out _);
        try
        {
            world.Poll(world.Follower());
        }
        catch (NsgFlowException)
        {
            // It ended in the listing.
        }
    }

    private static FollowWorld Start(Action<FollowWorld>[] writes, int[] schedule, int nics, bool replacesLast, out Func<bool> isDone, out Action<int> beforeStep)
    {
        var world = new FollowWorld { FirstHour = 9, LastHour = 10, ReplacesLast = replacesLast };
        for (var nic = 1; nic <= nics; nic++)
            world.Append(nic, 9);
        var next = 0;
        isDone = () => next == writes.Length;
        beforeStep = step =>
        {
            while (next < writes.Length && schedule[next] <= step)
                writes[next++](world);
        };
        return world;
    }

    private static void TryAll(Action<FollowWorld>[] writes, int lastStep, Func<FollowWorld, bool> isRight, int nics = 1, bool replacesLast = false, bool turnsHour = true)
    {
        var runs = 0;
        var gone = 0;
        var writtenBefore = new int[3];
        foreach (var schedule in Schedules(writes.Length, 0, lastStep))
        {
            var world = Start(writes, schedule, nics, replacesLast, out var isDone, out var beforeStep);
            world.BeforeStep = step =>
            {
                writtenBefore[(int)world.Kind] += schedule.Count(at => at == step);
                beforeStep(step);
            };
            var follower = world.Follower();
            while (!isDone())
                world.Poll(follower);
            world.Poll(follower);

            // What changed under its range comes with the poll after.
            if (replacesLast)
                world.Poll(follower);

            Assert.All(world.Batches, batch => Assert.True(batch.Failure is null && batch.Issues.Count == 0, Text(schedule)));
            Assert.True(isRight(world), $"{Text(schedule)}: {Text(world)}");
            var requests = world.Store.Requests;
            world.Poll(follower);
            Assert.Equal(requests, world.Store.Requests);
            gone += world.Store.Gone;
            runs++;
        }

        Assert.True(runs >= 1000, $"{runs} runs");
        Assert.True(gone > 0, "Nothing was written between a listing, or a block list, and its range.");
        Assert.All(writtenBefore, count => Assert.True(count > 100 || (count == 0 && !turnsHour), $"{count} writes"));
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

    private static string Text(FollowWorld world) => string.Join("; ", world.Read.Values.Select(static numbers => string.Join(",", numbers)));
}
