using System.IO;
using NsgFlow.Following;
using NsgFlow.Unit.Blobs;
using Xunit;

namespace NsgFlow.Unit.Following;

public sealed class CheckpointHugeTests
{
    [Fact]
    public void A_file_of_gigabytes_is_an_error_and_is_not_read_into_memory()
    {
        using var folder = new TempFolder();
        var name = Path.Combine(folder.Path, "flows.checkpoint");
        using (var file = File.Create(name))
            file.SetLength(3L << 30);
        var failure = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(CheckpointFile.Open(name), null));
        Assert.Equal("CheckpointUnusable", failure.ErrorId);
    }
}
