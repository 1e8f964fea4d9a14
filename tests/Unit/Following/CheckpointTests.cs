using System;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Following;
using Xunit;

namespace NsgFlow.Unit.Following;

public sealed class CheckpointTests
{
    [Fact]
    public void All_of_a_position_is_kept()
    {
        var position = new FlowBlobPosition
        {
            State = "0x1", Length = 9, Offset = 99, Blocks = 2, BlocksHash = "AB", AnchorLength = 64, AnchorHash = "CD", IsPending = true, IsDamaged = true, IsPacked = true,
        };
        var state = new FollowState { Start = new DateTime(2026, 11, 1, 0, 3, 0, DateTimeKind.Utc) };
        state.Set("a", position);
        state.Set("ü\"\\", FlowBlobPosition.Start);
        var read = FollowStateJson.Read(FollowStateJson.Write(state, "q"), out var question);
        Assert.Equal("q", question);
        Assert.Equal(position, read.Positions["a"]);
        Assert.Equal(FlowBlobPosition.Start, read.Positions["ü\"\\"]);
        Assert.Null(read.From);
        Assert.Equal(state.Start, read.Start);
    }

    [Fact]
    public void Saving_takes_little_of_the_time()
    {
        var store = new MemoryStore { Pause = TimeSpan.FromMilliseconds(20) };
        using var checkpoint = Checkpoint.Open(store, null);
        checkpoint.SaveIfDue();
        Assert.Equal(1, store.Writes);

        // At once it is not saved again, but after a while it is.
        checkpoint.SaveIfDue();
        Assert.Equal(1, store.Writes);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                checkpoint.SaveIfDue();
                return store.Writes > 1;
            },
            60_000));
    }

    [Theory]
    [InlineData("{\"version\":2}", "CheckpointTooNew")]
    [InlineData("", "CheckpointDamaged")]
    [InlineData("{\"version\":\"x\"}", "CheckpointDamaged")]
    [InlineData("[]", "CheckpointDamaged")]
    [InlineData("{\"version\":1}", "CheckpointDamaged")]
    [InlineData("{\"version\":1,\"question\":1,\"blobs\":{}}", "CheckpointDamaged")]
    [InlineData("{\"version\":1,\"from\":\"yesterday\",\"blobs\":{}}", "CheckpointDamaged")]
    [InlineData("{\"version\":1,\"start\":\"yesterday\",\"blobs\":{}}", "CheckpointDamaged")]
    [InlineData("{\"version\":1,\"blobs\":{\"a\":{\"length\":1,\"offset\":1,\"blocks\":-1,\"blocksHash\":\"\",\"anchor\":0,\"anchorHash\":\"\"}}}", "CheckpointDamaged")]
    public void What_cannot_be_understood_is_an_error_and_the_store_is_let_go(string text, string id)
    {
        var store = new MemoryStore { Bytes = text.EndsWith("}", StringComparison.Ordinal) ? FollowStateJson.Seal(Encoding.UTF8.GetBytes(text)) : Encoding.UTF8.GetBytes(text) };
        var failure = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(store, null));
        Assert.Equal(id, failure.ErrorId);
        Assert.Contains("'memory'", failure.Message, StringComparison.Ordinal);
        Assert.True(store.IsDisposed);
        Assert.Equal(0, store.Writes);
    }

    [Fact]
    public void Another_question_than_before_is_an_error_that_names_both()
    {
        var store = new MemoryStore();
        using (var first = Checkpoint.Open(store, "denied flows of web-nsg"))
            first.Save();

        using (var same = Checkpoint.Open(store, "denied flows of web-nsg"))
            Assert.False(same.IsNew);
        var failure = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(store, "all flows of \"db-nsg\""));
        Assert.Equal("CheckpointOfAnother", failure.ErrorId);
        Assert.Contains("'denied flows of web-nsg'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'all flows of \"db-nsg\"'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("delete", failure.RecommendedAction, StringComparison.Ordinal);

        // Who does not say what is asked takes it as it is, and leaves it so.
        using (var any = Checkpoint.Open(store, null))
            any.Save();
        Assert.Throws<NsgFlowException>(() => Checkpoint.Open(store, "another"));
    }

    [Fact]
    public void A_checkpoint_that_tells_no_question_is_taken_and_tells_it_from_then_on()
    {
        var store = new MemoryStore { Bytes = FollowStateJson.Seal(Encoding.UTF8.GetBytes("{\"version\":1,\"blobs\":{}}")) };
        using (var first = Checkpoint.Open(store, "one"))
            first.Save();
        Assert.Equal("CheckpointOfAnother", Assert.Throws<NsgFlowException>(() => Checkpoint.Open(store, "two")).ErrorId);
    }

    [Fact]
    public void Of_long_questions_the_difference_is_shown()
    {
        var store = new MemoryStore();
        var addresses = string.Concat(Enumerable.Range(0, 5000).Select(static i => $" 10.0.{i / 250}.{i % 250}"));
        using (var first = Checkpoint.Open(store, "flows of" + addresses + " port 443" + addresses))
            first.Save();
        var failure = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(store, "flows of" + addresses + " port 80" + addresses));
        Assert.Contains("port 443", failure.Message, StringComparison.Ordinal);
        Assert.Contains("port 80", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 300, 800);
    }

    [Fact]
    public void What_could_not_be_saved_is_an_error_and_leaves_what_was_saved()
    {
        var store = new MemoryStore();
        using var checkpoint = Checkpoint.Open(store, null);
        checkpoint.Save();
        var before = store.Bytes;
        checkpoint.State.Set("a", FlowBlobPosition.Start);
        store.Failure = new NsgFlowException("CheckpointLost", "gone", "");
        Assert.Same(store.Failure, Assert.Throws<NsgFlowException>(checkpoint.Save));
        Assert.Same(store.Failure, Assert.Throws<NsgFlowException>(() => SpinWait.SpinUntil(
            () =>
            {
                checkpoint.SaveIfDue();
                return false;
            },
            60_000)));
        Assert.Same(before, store.Bytes);
    }

    private sealed class MemoryStore : ICheckpointStore
    {
        public string Name => "memory";

        public byte[]? Bytes { get; set; }

        public int Writes { get; private set; }

        public bool IsDisposed { get; private set; }

        public TimeSpan Pause { get; set; }

        public NsgFlowException? Failure { get; set; }

        public byte[]? Read() => Bytes;

        public void Write(byte[] bytes)
        {
            if (Failure is not null)
                throw Failure;
            Thread.Sleep(Pause);
            Bytes = bytes;
            Writes++;
        }

        public void Dispose() => IsDisposed = true;
    }
}
