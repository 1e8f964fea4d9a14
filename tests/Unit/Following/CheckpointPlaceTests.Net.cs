using System;
using System.Diagnostics;
using System.IO;
using NsgFlow.Following;
using NsgFlow.Unit.Blobs;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>What lies where a checkpoint was to be, and what lies beside it.</summary>
public sealed class CheckpointPlaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Name => In("flows.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_is_refused_so_that_two_runs_cannot_have_one_file(bool isThere)
    {
        if (isThere)
            Save(Name);
        File.CreateSymbolicLink(In("link"), Name);
        Assert.Contains("link", Refused("link").Message, StringComparison.Ordinal);
        Assert.False(File.Exists(In("link.lock")));
        Assert.Equal(isThere, File.Exists(Name));
        Assert.NotNull(new FileInfo(In("link")).LinkTarget);
    }

    [Fact]
    public void Through_a_folder_that_is_a_link_it_is_one_checkpoint()
    {
        Directory.CreateDirectory(In("real"));
        Directory.CreateSymbolicLink(In("linked"), In("real"));
        using (Checkpoint.Open(CheckpointFile.Open(In("linked", "c")), null))
            Assert.Equal("CheckpointBusy", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(In("real", "c"))).ErrorId);
    }

    [Fact]
    public void A_lock_that_is_a_link_is_refused()
    {
        File.CreateSymbolicLink(Name + ".lock", In("victim"));
        Refused("flows.checkpoint");
        Assert.False(File.Exists(In("victim")));
    }

    [Fact]
    public void What_lies_in_the_way_of_saving_is_not_written_through()
    {
        File.WriteAllText(In("victim"), "precious");
        File.CreateSymbolicLink(Name + ".partial", In("victim"));
        Save(Name);
        Assert.Equal("precious", File.ReadAllText(In("victim")));
        Assert.Null(new FileInfo(Name).LinkTarget);

        // Half a file of a run that was killed.
        File.WriteAllText(Name + ".partial", "half");
        Save(Name);
        using var again = Checkpoint.Open(CheckpointFile.Open(Name), "q");
        Assert.False(again.IsNew);
    }

    [UnixTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    public void Whoever_could_read_it_can_afterwards(UnixFileMode mode)
    {
        Save(Name);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Name, mode);
        Save(Name);
        Assert.Equal(mode, OperatingSystem.IsWindows() ? mode : File.GetUnixFileMode(Name));
    }

    [UnixFact]
    public void A_pipe_is_refused_and_not_waited_for()
    {
        using (var make = Process.Start("mkfifo", [In("pipe")]))
            make.WaitForExit();
        Assert.True(File.Exists(In("pipe")));
        Assert.Equal("CheckpointDamaged", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(In("pipe"))).ErrorId);
        Assert.Equal([In("pipe")], Directory.GetFileSystemEntries(_folder.Path));
    }

    [UnixTheory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void A_device_is_refused_and_nothing_is_put_beside_it(string device)
    {
        Assert.Equal("CheckpointDamaged", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(device)).ErrorId);
        Assert.False(File.Exists(device + ".lock"));
    }

    [Fact]
    public void A_folder_is_refused_and_nothing_is_put_beside_it()
    {
        Directory.CreateDirectory(Name);
        Refused("flows.checkpoint");
        Assert.Equal([Name], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("CheckpointUnusable", Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(Path.GetPathRoot(Name)!)).ErrorId);
    }

    [Fact]
    public void Of_a_folder_that_is_missing_what_was_given_is_named()
    {
        var failure = Refused("no", "flows.checkpoint");
        Assert.Contains($"'{In("no", "flows.checkpoint")}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("folder", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".lock", failure.Message, StringComparison.Ordinal);
    }

    private static void Save(string name)
    {
        using var checkpoint = Checkpoint.Open(CheckpointFile.Open(name), "q");
        checkpoint.Save();
    }

    private string In(params string[] names) => Path.Combine([_folder.Path, .. names]);

    private NsgFlowException Refused(params string[] names)
    {
        var failure = Assert.Throws<NsgFlowException>(() => CheckpointFile.Open(In(names)));
        Assert.Equal("CheckpointUnusable", failure.ErrorId);
        return failure;
    }

    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Not on Windows." : null;
    }

    private sealed class UnixTheoryAttribute : TheoryAttribute
    {
        public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Not on Windows." : null;
    }
}
