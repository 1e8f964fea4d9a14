using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Reading;
using NsgFlow.Unit.Saving;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>Failures that do not pass: of one blob, which must not keep the others for ever, and of a whole container, which is told once.</summary>
public class FollowFailureTests
{
    private static readonly string s_broken = ModelStore.Name(1, 9);

    [Theory]
    [InlineData("BlobDamaged")]
    [InlineData("StorageAccessDenied")]
    [InlineData("StorageUnavailable")]
    public void Newer_hours_wait_for_a_blob_that_fails_only_for_a_while(string id)
    {
        var world = World(9, 12);
        world.Append(1, 9);
        world.Append(1, 12);
        world.Append(2, 12);
        Break(world, id, static name => name == s_broken);

        // Each time a new run.
        Assert.Equal([id], Failures(Run(world)));
        Assert.Equal([2], world.Read.Where(static nic => nic.Value.Count > 0).Select(static nic => nic.Key));
        world.Now = FollowWorld.At(12, 39);
        Assert.Equal([id], Failures(Run(world)));
        Assert.Empty(world.Read[1]);

        world.Now = FollowWorld.At(12, 40);
        Assert.Equal([id], Failures(Run(world)));
        Assert.Equal(world.Written[1].Skip(1), world.Read[1]);
        Assert.Equal(FollowWorld.At(9, 0), world.State.From);

        // What was passed by comes when it can be read.
        Mend(world);
        world.Append(1, 12);
        Assert.Empty(Failures(Run(world)));
        Assert.Equal([2, 1, 4], world.Read[1]);
        Assert.All(world.State.Positions.Values, static position => Assert.Null(position.FailedSince));
    }

    [Fact]
    public void A_blob_that_fails_until_its_hour_is_long_over_is_given_up_and_named_once()
    {
        var world = World(9, 20);
        world.Append(1, 9);
        Break(world, "BlobDamaged", static name => name == s_broken);
        var told = new List<FlowRecordBatch>();
        for (var minute = 0; minute < 10 * 60; minute += 7)
        {
            world.Now = FollowWorld.At(10, 0).AddMinutes(minute);
            world.Append(1, world.Now.Hour);
            world.Append(2, world.Now.Hour);
            told.AddRange(Run(world).Where(static batch => batch.Failure is not null));
        }

        Assert.Equal(world.Written[1].Skip(1), world.Read[1]);
        Assert.Equal(world.Written[2], world.Read[2]);
        var givenUp = Assert.Single(told, static batch => Id(batch) == "BlobGivenUp");
        Assert.Same(told[told.Count - 1], givenUp);
        Assert.Equal(s_broken, givenUp.Blob.Name);
        Assert.Contains("since 2026-11-23 10:00 UTC", givenUp.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("is broken", givenUp.Failure.Message, StringComparison.Ordinal);
        Assert.True(world.State.From > FollowWorld.At(13, 0));
        Assert.DoesNotContain(world.State.Positions.Keys, static key => key.Contains("/h=09/"));
    }

    [Fact]
    public void Whether_a_failure_is_the_blobs_own_is_asked_of_the_next_hour_when_there_is_no_other_interface()
    {
        var world = World(9, 20);
        world.Append(1, 9);
        world.Append(1, 10);
        world.Append(1, 11);
        world.Now = FollowWorld.At(14, 0);
        Break(world, "BlobDamaged", static name => name == s_broken);
        Run(world);
        Assert.Empty(world.Read[1]);
        world.Now = FollowWorld.At(15, 0);
        Run(world);
        Assert.Equal([2, 3], world.Read[1]);
    }

    [Fact]
    public void A_container_that_refuses_is_told_once_and_its_blobs_are_not_asked_for_in_vain()
    {
        const int Nics = 50;
        var world = World(9, 12);
        for (var nic = 1; nic <= Nics; nic++)
            world.Append(nic, 9);
        Run(world);
        for (var nic = 1; nic <= Nics; nic++)
            world.Append(nic, 9);

        // A SAS expires after some were read.
        var left = 20;
        world.Store.BeforeRequest = (_, _) =>
        {
            if (left-- <= 0)
                throw new NsgFlowException("StorageAccessDenied", "The SAS is expired.", string.Empty);
        };
        var batches = Run(world);
        var failure = Assert.Single(batches, static batch => batch.Failure is not null);
        Assert.True(failure.IsOfContainer);
        Assert.InRange(-left, 5, 10);
        Assert.Equal(FollowWorld.At(9, 0), world.State.From);

        // A new one.
        Mend(world);
        Assert.Empty(Failures(Run(world)));
        Assert.All(world.Written, written => Assert.Equal(written.Value, world.Read[written.Key]));
    }

    [Theory]
    [InlineData("StorageUnavailable")]
    [InlineData("StorageAccessDenied")]
    [InlineData("ContainerNotFound")]
    public void A_container_that_is_away_for_days_is_none_of_its_blobs_fault(string id)
    {
        var world = World(9, 20);
        for (var nic = 1; nic <= 10; nic++)
            world.Append(nic, 9);
        Break(world, id, static _ => true);
        for (var minute = 0; minute < 20; minute++)
        {
            world.Now = FollowWorld.At(9, 0).AddHours(minute * 3);
            Assert.Equal([id], Failures(Run(world)));
        }

        Assert.Equal(FollowWorld.At(9, 0), world.State.From);
        Mend(world);
        Assert.Empty(Failures(Run(world)));
        Assert.All(world.Written, written => Assert.Equal(written.Value, world.Read[written.Key]));
    }

    private static FollowWorld World(int first, int last) => new() { FirstHour = first, LastHour = last, Now = FollowWorld.At(last, 30) };

    /// <summary>A run of its own, which goes on from what the one before acknowledged.</summary>
    private static IReadOnlyList<FlowRecordBatch> Run(FollowWorld world)
    {
        world.State = NsgFlow.Following.FollowStateJson.Read(NsgFlow.Following.FollowStateJson.Write(world.State), out _);
        return world.Poll(world.Follower());
    }

    private static void Break(FollowWorld world, string id, Func<string, bool> isBroken) => world.Store.BeforeRequest = (_, name) =>
    {
        if (isBroken(name))
            throw new NsgFlowException(id, "It is broken.", string.Empty);
    };

    private static void Mend(FollowWorld world) => world.Store.BeforeRequest = static (_, _) => { };

    private static string? Id(FlowRecordBatch batch) => (batch.Failure as NsgFlowException)?.ErrorId;

    private static List<string?> Failures(IEnumerable<FlowRecordBatch> batches) => [.. batches.Where(static batch => batch.Failure is not null).Select(Id)];
}
