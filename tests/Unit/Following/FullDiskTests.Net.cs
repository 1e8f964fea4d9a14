using System;
using System.IO;
using NsgFlow.Following;
using NsgFlow.Unit.Blobs;
using Xunit;

namespace NsgFlow.Unit.Following;

public sealed class FullDiskTests
{
    [FullDiskFact]
    public void A_full_disk_is_an_error_and_leaves_what_was_saved()
    {
        using var folder = new TempFolder();
        var name = Path.Combine(folder.Path, "flows.checkpoint");
        var store = CheckpointFile.Open(name);
        using var checkpoint = Checkpoint.Open(store, "q");
        checkpoint.Save();
        var before = File.ReadAllBytes(name);

        // What is written goes to a device that has no room.
        var create = store.Create;
        store.Create = static (_, _) => new FileStream(FullDiskFactAttribute.Device, FileMode.Open, FileAccess.Write);
        checkpoint.State.Set("a", FlowBlobPosition.Start);
        var failure = Assert.Throws<NsgFlowException>(checkpoint.Save);
        Assert.Equal("CheckpointUnusable", failure.ErrorId);
        Assert.Contains("space", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, File.ReadAllBytes(name));

        store.Create = create;
        checkpoint.Save();
        Assert.NotEqual(before, File.ReadAllBytes(name));
    }

    private sealed class FullDiskFactAttribute : FactAttribute
    {
        public const string Device = "/dev/full";

        public FullDiskFactAttribute() => Skip = File.Exists(Device) ? null : "There is no " + Device + " here.";
    }
}
