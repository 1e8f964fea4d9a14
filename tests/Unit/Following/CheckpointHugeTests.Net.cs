using System;
using System.IO;
using NsgFlow.Following;
using NsgFlow.Unit.Blobs;
using Xunit;

namespace NsgFlow.Unit.Following;

public sealed class CheckpointHugeTests
{
    [Theory]
    [InlineData(1L << 30)]
    [InlineData(3L << 30)]
    public void A_file_of_gigabytes_is_an_error_and_is_not_read_into_memory(long length)
    {
        using var folder = new TempFolder();
        var name = Path.Combine(folder.Path, "flows.checkpoint");
        using (var file = File.Create(name))
            file.SetLength(length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(CheckpointFile.Open(name), null));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
        Assert.Equal("CheckpointUnusable", failure.ErrorId);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.Equal([name], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void One_that_grows_while_it_is_read_is_read_no_further_than_that()
    {
        using var endless = new Endless();
        Assert.Equal("CheckpointUnusable", Assert.Throws<NsgFlowException>(() => Checkpoint.ReadAll(endless, "endless", 1 << 20)).ErrorId);
        Assert.InRange(endless.Given, 1 << 20, 2 << 20);
    }

    private sealed class Endless : MemoryStream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }
    }
}
