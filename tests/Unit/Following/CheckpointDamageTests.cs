using System;
using System.IO;
using System.Text;
using NsgFlow.Following;
using NsgFlow.Unit.Blobs;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>A checkpoint that is not what was written is an error, never a beginning, and never taken for another state.</summary>
public sealed class CheckpointDamageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Name => Path.Combine(_folder.Path, "flows.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_prefix_is_damaged()
    {
        var whole = Saved();
        for (var length = 0; length < whole.Length; length++)
            IsDamaged(whole.AsSpan(0, length).ToArray());
        Opens(whole);
    }

    [Fact]
    public void Every_byte_that_is_another_is_found()
    {
        var whole = Saved();
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var flip in new[] { 1, 2, 16, 32, 128 })
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= (byte)flip;

                // "version":1 becomes another version's, which is told as such.
                IsDamaged(changed);
            }
        }

        Opens(whole);
    }

    [Fact]
    public void What_an_editor_would_leave_is_damaged()
    {
        var text = Encoding.UTF8.GetString(Saved());
        IsDamaged([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);
        IsDamaged(Encoding.UTF8.GetBytes(text + "\n"));
        IsDamaged(Encoding.Unicode.GetBytes(text));
        IsDamaged(Encoding.UTF8.GetBytes(text.Replace("\"offset\":99", "\"offset\":98")));
        IsDamaged(Encoding.UTF8.GetBytes(text.Replace("2026-11-23", "2026-11-24")));
        IsDamaged(Encoding.UTF8.GetBytes(text + text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("{\"records\":[]}")]
    [InlineData("{\"version\":1,\"blobs\":{}}")]
    public void Other_files_are_no_checkpoints(string text) => IsDamaged(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void So_are_those_that_nest_without_end_or_are_all_zero()
    {
        IsDamaged(Encoding.UTF8.GetBytes(new string('[', 100_000)));
        IsDamaged(new byte[100_000]);
    }

    private byte[] Saved()
    {
        using (var checkpoint = Checkpoint.Open(CheckpointFile.Open(Name), "flows of web-nsg"))
        {
            checkpoint.State.From = FollowWorld.At(9, 0);
            checkpoint.State.Set("st/insights/a", new FlowBlobPosition { State = "0x1", Length = 101, Offset = 99, Blocks = 2, BlocksHash = "AB", AnchorLength = 64, AnchorHash = "CD" });
            checkpoint.State.Set("st/insights/b", new FlowBlobPosition { FailedSince = FollowWorld.At(9, 30), IsPending = true });
            checkpoint.Save();
        }

        return File.ReadAllBytes(Name);
    }

    private void Opens(byte[] bytes)
    {
        File.WriteAllBytes(Name, bytes);
        using var checkpoint = Checkpoint.Open(CheckpointFile.Open(Name), "flows of web-nsg");
        Assert.Equal(2, checkpoint.State.Positions.Count);
        Assert.Equal(FollowWorld.At(9, 30), checkpoint.State.Positions["st/insights/b"].FailedSince);
    }

    private void IsDamaged(byte[] bytes)
    {
        File.WriteAllBytes(Name, bytes);
        var failure = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(CheckpointFile.Open(Name), "flows of web-nsg"));
        Assert.True(failure.ErrorId is "CheckpointDamaged" or "CheckpointTooNew", failure.Message);

        // What a person may still save from it is left to the person.
        Assert.Equal(bytes, File.ReadAllBytes(Name));
    }
}
