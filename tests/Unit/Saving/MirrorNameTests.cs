using System;
using System.IO;
using System.Linq;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.Unit.Saving;

/// <summary>No name leaves the folder, reaches a device, or is another blob's.</summary>
public sealed class MirrorNameTests : IDisposable
{
    private readonly MirrorFolder _folder = new();
    private readonly ModelStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../x.json")]
    [InlineData("a/../../x.json")]
    [InlineData("a/..")]
    [InlineData("./x.json")]
    [InlineData("/x.json")]
    [InlineData("//x.json")]
    [InlineData("a//x.json")]
    [InlineData("a/")]
    [InlineData("..\\x.json")]
    [InlineData("a\\..\\x.json")]
    [InlineData("\\\\server\\share\\x.json")]
    [InlineData("C:/x.json")]
    [InlineData("C:x.json")]
    [InlineData("x.json:stream")]
    [InlineData("x.json::$DATA")]
    [InlineData("CON")]
    [InlineData("a/nul.json")]
    [InlineData("NUL .json")]
    [InlineData("a/COM1.json")]
    [InlineData("a/com\u00B9")]
    [InlineData("LPT9/x.json")]
    [InlineData("AUX.a.b.json")]
    [InlineData("conin$")]
    [InlineData("a./x.json")]
    [InlineData("a /x.json")]
    [InlineData("x.json.")]
    [InlineData("x.json ")]
    [InlineData("...")]
    [InlineData("a\u0000b.json")]
    [InlineData("a\u001Fb.json")]
    [InlineData("a\nb.json")]
    [InlineData("a\u0085b.json")]
    [InlineData("a*b.json")]
    [InlineData("a?b.json")]
    [InlineData("a|b.json")]
    [InlineData("a<b.json")]
    [InlineData("a\"b.json")]
    [InlineData("x.json.blocks")]
    [InlineData("x.json.BLOCKS")]
    [InlineData("x.json.partial")]
    public void What_could_leave_the_folder_or_be_no_file_is_refused(string name)
    {
        Refused(name);
        Assert.Empty(_folder.Files());
        Assert.False(Directory.Exists(_folder.Outside));
    }

    [Fact]
    public void So_is_what_is_too_long_or_no_text()
    {
        // Not as data of a theory: a half character does not survive the runner.
        Refused("a\uD800b.json");
        Refused(new string('a', 300) + ".json");
        Refused(new string('\u4E2D', 100) + ".json");
        Refused(string.Empty);
        Saved(new string('a', 200) + ".json");
    }

    [Theory]
    [InlineData("x.json")]
    [InlineData("..x.json")]
    [InlineData(".hidden/x.json")]
    [InlineData("a b/x y.json")]
    [InlineData("rg (1)/COM10/CONSOLE/nulls.json")]
    [InlineData("\u00E4\u4E2D/x.json")]
    public void Other_names_are_saved(string name) => Saved(name);

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("NUL")]
    public void A_container_is_held_to_the_same(string container)
    {
        _store.Add("x.json", "1");
        var listed = _store.Listed("x.json");
        var blob = new FlowBlob { Account = "a", Container = container, Name = "x.json", Length = listed.Length, ETag = listed.ETag, Store = _store };
        Assert.Equal("BlobNameUnsafe", Assert.IsType<NsgFlowException>(Assert.Single(_folder.Save([blob])).Failure).ErrorId);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_not_one_file()
    {
        var name = ModelStore.Name(10);
        _store.Add(name, "1");
        _store.Add(name.Replace("RESOURCEGROUPS", "resourceGroups"), "2");
        var results = _folder.Save(_store);
        Assert.NotNull(results[0].Saved);
        Assert.Equal("BlobNameCollides", Assert.IsType<NsgFlowException>(results[1].Failure).ErrorId);
        Assert.Equal(_store[name].Content, _folder.Text(name));
    }

    [Fact]
    public void A_packed_and_a_plain_blob_of_one_name_are_not_one_file()
    {
        _folder.Gzip = true;
        var name = ModelStore.Name(10);
        _store.Add(name, "1");
        _store.Add(name + ".gz", "2");
        Assert.Equal([null, "BlobNameCollides"], _folder.Save(_store).Select(static r => (r.Failure as NsgFlowException)?.ErrorId));
        Assert.Equal(_store[name].Content, _folder.Text(name));
    }

    [Fact]
    public void The_copy_of_another_account_is_not_overwritten()
    {
        var name = ModelStore.Name(1);
        _store.Add(name, "1");
        _folder.SaveOne(_store);
        var other = new ModelStore { Account = "other" };
        other.Add(name, "2");
        var failure = Assert.IsType<NsgFlowException>(_folder.Save(other).Single().Failure);
        Assert.Equal("BlobNameCollides", failure.ErrorId);
        Assert.Contains("stflow/", failure.Message, StringComparison.Ordinal);
        Assert.Equal(_store[name].Content, _folder.Text(name));
    }

    [Fact]
    public void Links_in_the_folder_are_not_followed()
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            // Making one needs rights there that a test has not.
            return;
        }

        var name = ModelStore.Name(1);
        var blob = _store.Add(name, "1");
        var saved = _folder.SaveOne(_store);

        // The folder of the container, one in the middle, and the last.
        foreach (var depth in new[] { 0, 4, 12 })
        {
            var folders = name.Split('/');
            var at = Path.Combine([_folder.Path, FlowContainers.Nsg, .. folders.Take(depth)]);
            Directory.Move(at, _folder.Outside);
            Directory.CreateSymbolicLink(at, _folder.Outside);
            var before = Directory.GetFiles(_folder.Outside, "*", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
            blob.Append("2");
            Assert.Equal("MirrorLinkRefused", Assert.IsType<NsgFlowException>(_folder.Save(_store).Single().Failure).ErrorId);
            Assert.Equal(before, Directory.GetFiles(_folder.Outside, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
            File.Delete(at);
            Directory.Move(_folder.Outside, at);
        }

        // The copy itself, what is known of it, what is written next, and the lock.
        Directory.CreateDirectory(_folder.Outside);
        var victim = Path.Combine(_folder.Outside, "victim");
        foreach (var file in new[] { saved.Path, saved.Path + ".blocks", saved.Path + ".partial", Path.Combine(_folder.Path, ".nsgflow.lock") })
        {
            File.WriteAllText(victim, "precious");
            File.Delete(file);
            Directory.CreateSymbolicLink(file, victim);
            blob.Append("3");
            if (file.EndsWith(".partial", StringComparison.Ordinal))
            {
                _folder.SaveOne(_store);
            }
            else if (file.EndsWith(".lock", StringComparison.Ordinal))
            {
                Assert.Equal("MirrorLinkRefused", Assert.Throws<NsgFlowException>(() => _folder.Save(_store)).ErrorId);
            }
            else
            {
                Assert.Equal("MirrorLinkRefused", Assert.IsType<NsgFlowException>(_folder.Save(_store).Single().Failure).ErrorId);
            }

            Assert.Equal("precious", File.ReadAllText(victim));
            File.Delete(file);
            File.Delete(saved.Path + ".blocks");
        }
    }

    [Fact]
    public void The_folder_itself_may_be_a_link()
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            return;
        }

        Directory.CreateDirectory(_folder.Outside);
        Directory.CreateSymbolicLink(_folder.Path, _folder.Outside);
        _store.Add(ModelStore.Name(1), "1");
        Assert.Equal(SavedFlowBlobStatus.New, _folder.SaveOne(_store).Status);
        Assert.NotEmpty(Directory.GetDirectories(_folder.Outside));
        File.Delete(_folder.Path);
    }

    private void Refused(string name)
    {
        _store.Add(name, "1");
        Assert.Equal("BlobNameUnsafe", Assert.IsType<NsgFlowException>(_folder.Save([_store.Listed(name)]).Single().Failure).ErrorId);
    }

    private void Saved(string name)
    {
        _store.Add(name, "1");
        var saved = _folder.Save([_store.Listed(name)]).Single().Saved!;
        Assert.StartsWith(_folder.Path + Path.DirectorySeparatorChar, Path.GetFullPath(saved.Path), StringComparison.Ordinal);
        Assert.Equal(_store[name].Content, File.ReadAllText(saved.Path));
    }
}
