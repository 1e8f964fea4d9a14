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

    [Fact]
    public void What_is_saved_is_what_the_next_run_goes_on_from()
    {
        var world = new FollowWorld();
        world.Append(1, 9);
        world.Append(2, 9);
        using (var first = CheckpointFile.Open(Name))
        {
            Assert.True(first.IsNew);
            world.State = first.State;
            first.State.From = FollowWorld.At(9, 0);
            world.Poll(world.Follower());
            first.Save();
        }

        world.Append(2, 9);
        using var second = CheckpointFile.Open(Name);
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
    public void Saving_takes_little_of_the_time()
    {
        using var file = CheckpointFile.Open(Name);
        for (var blob = 0; blob < 20_000; blob++)
            file.State.Set("blob " + blob, FlowBlobPosition.Start);
        file.SaveIfDue();
        var saved = new FileInfo(Name).Length;
        Assert.True(saved > 0);

        // At once it is not saved again, but after a while it is.
        file.State.Set("one more", FlowBlobPosition.Start);
        file.SaveIfDue();
        Assert.Equal(saved, new FileInfo(Name).Length);
        Assert.True(System.Threading.SpinWait.SpinUntil(
            () =>
            {
                file.SaveIfDue();
                return new FileInfo(Name).Length > saved;
            },
            60_000));
    }

    [Fact]
    public void All_of_a_position_is_kept()
    {
        var position = new FlowBlobPosition
        {
            State = "0x1", Length = 9, Offset = 99, Blocks = 2, BlocksHash = "AB", AnchorLength = 64, AnchorHash = "CD", IsPending = true, IsDamaged = true, IsPacked = true,
        };
        var state = new FollowState();
        state.Set("a", position);
        state.Set("ü\"\\", FlowBlobPosition.Start);
        var read = FollowStateJson.Read(FollowStateJson.Write(state));
        Assert.Equal(position, read.Positions["a"]);
        Assert.Equal(FlowBlobPosition.Start, read.Positions["ü\"\\"]);
        Assert.Null(read.From);
    }

    [Fact]
    public void A_second_run_is_kept_out_until_the_first_ends()
    {
        using (CheckpointFile.Open(Name))
            Assert.Equal("CheckpointBusy", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(Name)).ErrorId);
        CheckpointFile.Open(Name).Dispose();
    }

    [Fact]
    public void A_file_cut_anywhere_is_damaged_and_not_a_beginning()
    {
        using (var file = CheckpointFile.Open(Name))
        {
            file.State.Set("a", FlowBlobPosition.Start);
            file.Save();
        }

        var whole = File.ReadAllBytes(Name);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Name, whole.AsSpan(0, length).ToArray());
            Assert.Equal("CheckpointDamaged", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(Name)).ErrorId);
        }

        File.WriteAllBytes(Name, whole);
        CheckpointFile.Open(Name).Dispose();
    }

    [Theory]
    [InlineData("{\"version\":2}", "CheckpointTooNew")]
    [InlineData("{\"version\":\"x\"}", "CheckpointDamaged")]
    [InlineData("[]", "CheckpointDamaged")]
    [InlineData("{\"version\":1,\"blobs\":{},\"count\":1}", "CheckpointDamaged")]
    [InlineData("{\"version\":1,\"from\":\"yesterday\",\"blobs\":{},\"count\":0}", "CheckpointDamaged")]
    [InlineData("{\"version\":1,\"blobs\":{\"a\":{\"length\":1,\"offset\":1,\"blocks\":-1,\"blocksHash\":\"\",\"anchor\":0,\"anchorHash\":\"\"}},\"count\":1}", "CheckpointDamaged")]
    public void What_cannot_be_understood_is_an_error(string text, string id)
    {
        File.WriteAllText(Name, text);
        Assert.Equal(id, Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(Name)).ErrorId);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_an_error()
    {
        Assert.Equal("CheckpointUnusable", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(Path.Combine(_folder.Path, "no", "x"))).ErrorId);
        using var file = CheckpointFile.Open(Name);
        Directory.CreateDirectory(Name);
        Assert.Equal("CheckpointUnusable", Assert.Throws<NsgFlowException>(file.Save).ErrorId);
    }
}
