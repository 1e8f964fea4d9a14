using System;
using System.Globalization;
using System.Linq;
using System.Text;
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
        var time = TimeSpan.FromHours(1);
        var store = new MemoryStore { Writing = () => time += TimeSpan.FromMilliseconds(20) };
        using var checkpoint = Checkpoint.Open(store, null);
        checkpoint.Clock = () => time;
        checkpoint.SaveIfDue();
        Assert.Equal(1, store.Writes);

        // At once it is not saved again, but after a while it is.
        checkpoint.SaveIfDue();
        time += TimeSpan.FromMilliseconds(379);
        checkpoint.SaveIfDue();
        Assert.Equal(1, store.Writes);
        time += TimeSpan.FromMilliseconds(1);
        checkpoint.SaveIfDue();
        Assert.Equal(2, store.Writes);
    }

    [Fact]
    public void What_could_not_be_read_again_is_not_saved()
    {
        var store = new MemoryStore();
        using var checkpoint = Checkpoint.Open(store, null);
        checkpoint.Save();
        checkpoint.Most = 100;
        checkpoint.State.Set("a", FlowBlobPosition.Start);
        var failure = Assert.Throws<NsgFlowException>(checkpoint.Save);
        Assert.Equal("CheckpointUnusable", failure.ErrorId);
        Assert.Contains("1 blobs", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, store.Writes);
    }

    [Theory]
    [InlineData("\u001b[2J\u001b]0;x\u0007")]
    [InlineData("\r\nWARNING: all is well\u2028\u2029\u0085")]
    [InlineData("\u202edesrever\u2066\u200b\ufeff\u00ad")]
    [InlineData("\U000E0041\uD800")]
    public void What_somebody_wrote_into_it_does_nothing_to_a_terminal(string text)
    {
        // A lone surrogate cannot be written.
        var store = new MemoryStore();
        using (var first = Checkpoint.Open(store, "before" + text.TrimEnd('\uD800') + "after"))
            first.Save();
        var message = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(store, text)).Message;
        Assert.Contains("before ", message, StringComparison.Ordinal);
        for (var at = 0; at < message.Length; at++)
        {
            Assert.False(
                CharUnicodeInfo.GetUnicodeCategory(message, at) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate && !char.IsLowSurrogate(message[at]),
                $"U+{(int)message[at]:X4} in {message}");
        }
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
        var time = TimeSpan.Zero;
        checkpoint.Clock = () => time;
        checkpoint.Save();
        var before = store.Bytes;
        checkpoint.State.Set("a", FlowBlobPosition.Start);
        store.Failure = new NsgFlowException("CheckpointLost", "gone", "");
        Assert.Same(store.Failure, Assert.Throws<NsgFlowException>(checkpoint.Save));
        time += TimeSpan.FromHours(1);
        Assert.Same(store.Failure, Assert.Throws<NsgFlowException>(checkpoint.SaveIfDue));
        Assert.Same(before, store.Bytes);
    }

    private sealed class MemoryStore : ICheckpointStore
    {
        public string Name => "memory";

        public byte[]? Bytes { get; set; }

        public int Writes { get; private set; }

        public bool IsDisposed { get; private set; }

        public Action Writing { get; set; } = static () => { };

        public NsgFlowException? Failure { get; set; }

        public byte[]? Read() => Bytes;

        public void Write(byte[] bytes)
        {
            if (Failure is not null)
                throw Failure;
            Writing();
            Bytes = bytes;
            Writes++;
        }

        public void Dispose() => IsDisposed = true;
    }
}
