using System;
using System.IO;
using System.Linq;
using NsgFlow.Following;
using NsgFlow.Unit.Blobs;
using Xunit;

namespace NsgFlow.Unit.Following;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Name => Path.Combine(_folder.Path, "flows.checkpoint");

    public void Dispose() => _folder.Dispose();

    private Checkpoint Open(string? question = null) => Checkpoint.Open(CheckpointFile.Open(Name), question);

    [Fact]
    public void What_is_saved_is_what_the_next_run_goes_on_from()
    {
        var world = new FollowWorld();
        world.Append(1, 9);
        world.Append(2, 9);
        using (var first = Open())
        {
            Assert.True(first.IsNew);
            world.State = first.State;
            first.State.From = FollowWorld.At(9, 0);
            world.Poll(world.Follower());
            first.Save();
        }

        world.Append(2, 9);
        using var second = Open();
        Assert.False(second.IsNew);
        Assert.Equal(world.State.From, second.State.From);
        Assert.Equal(DateTimeKind.Utc, second.State.From!.Value.Kind);
        Assert.Equal(world.State.Positions.OrderBy(static pair => pair.Key), second.State.Positions.OrderBy(static pair => pair.Key));
        world.State = second.State;
        world.Poll(world.Follower());
        Assert.Equal(world.Written[1], world.Read[1]);
        Assert.Equal(world.Written[2], world.Read[2]);
    }

    [Fact]
    public void A_second_run_is_kept_out_until_the_first_ends()
    {
        using (Open())
            Assert.Equal("CheckpointBusy", Assert.Throws<NsgFlowException>(() => Open()).ErrorId);
        Open().Dispose();
    }

    [Fact]
    public void What_cannot_be_opened_is_let_go()
    {
        File.WriteAllText(Name, "no JSON");
        Assert.Throws<NsgFlowException>(() => Open());
        File.Delete(Name);
        Open().Dispose();
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_an_error()
    {
        Assert.Equal("CheckpointUnusable", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(Path.Combine(_folder.Path, "no", "x"))).ErrorId);
        using var file = Open();
        Directory.CreateDirectory(Name);
        Assert.Equal("CheckpointUnusable", Assert.Throws<NsgFlowException>(file.Save).ErrorId);
    }
}
