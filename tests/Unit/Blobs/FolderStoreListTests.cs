using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Blobs;

public sealed class FolderStoreListTests : IDisposable
{
    private static readonly DateTime _now = new(2026, 11, 23, 10, 5, 0, DateTimeKind.Utc);
    private readonly TempFolder _folder = new();
    private readonly List<string> _entered = [];
    private readonly List<NsgFlowException> _skipped = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MirrorsComeInOrderOfHourTargetAndMac()
    {
        foreach (var (nsg, hour, mac) in new[] { ("B", 9, "2"), ("A", 9, "1"), ("A", 9, "2"), ("B", 8, "1"), ("A", 10, "1"), ("B", 9, "1") })
        {
            _folder.Write(Nsg("S1", nsg, 23, hour, mac), "{}");
        }

        _folder.Write(VNet("S1", "ALOG", 23, 8, "3"), "{}");
        _folder.Write("z-loose.json", "{}");
        _folder.Write("other/a-loose.json.gz", "{}");
        _folder.Write("other/readme.md", "no");
        _folder.Write("other/loose.log", "no");
        var blobs = List(FlowBlobQuery.Everything).ToList();
        Assert.Equal(
            ["-", "-", "08 ALOG 3", "08 B 1", "09 A 1", "09 A 2", "09 B 1", "09 B 2", "10 A 1"],
            blobs.Select(blob => blob.Hour is null ? "-" : $"{blob.Hour:HH} {blob.Target} {blob.MacAddress![^1]}"));
        Assert.Equal(["a-loose.json.gz", "z-loose.json"], blobs.Take(2).Select(blob => Path.GetFileName(blob.Name)));
        Assert.All(blobs, blob =>
        {
            Assert.True(File.Exists(blob.Name));
            Assert.Equal(2, blob.Length);
            Assert.Equal(DateTimeKind.Utc, blob.LastModified!.Value.Kind);
            Assert.NotNull(blob.Store);
            Assert.Null(blob.Account);
        });
        Assert.Equal([FlowLogKind.VirtualNetwork, FlowLogKind.Nsg], blobs.Skip(2).Take(2).Select(blob => blob.Kind!.Value));

        // At five past ten the blob of nine may still grow; that of eight may not.
        Assert.Equal([false, false, false, false, true, true, true, true, true], blobs.Select(blob => blob.IsOpen));
    }

    [Fact]
    public void OnlyFoldersThatCanHoldSomethingAreEntered()
    {
        foreach (var sub in new[] { "S1", "S2" })
        {
            foreach (var nsg in new[] { "A", "B" })
            {
                for (var day = 22; day <= 24; day++)
                {
                    for (var hour = 0; hour < 24; hour++)
                    {
                        _folder.Write(Nsg(sub, nsg, day, hour, "1"), "{}");
                        _folder.Write(Nsg(sub, nsg, day, hour, "2"), "{}");
                    }
                }
            }
        }

        _folder.Write(VNet("S1", "LOG", 23, 9, "1"), "{}");
        _folder.Write("loose.json", "{}");
        var query = new FlowBlobQuery
        {
            Scope = new FlowScope { Nsg = ["a"], SubscriptionId = ["s1"] },
            Start = new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc),
            End = new DateTime(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc),
            MacAddresses = ["000000000002"],
        };
        var blobs = List(query).Select(blob => Path.GetRelativePath(_folder.Path, blob.Name)).ToList();

        // The VNet log of the hour may hold the NSG's flows: its name does not tell; its MAC's does, and is another.
        Assert.Equal(["loose.json", Nsg("S1", "A", 23, 9, "2")], blobs);
        var nsgFolders = _entered.Select(path => Path.GetRelativePath(_folder.Path, path)).ToList();
        Assert.DoesNotContain(nsgFolders, path => path.Contains("/S2", StringComparison.Ordinal) || path.Contains("GROUPS/B", StringComparison.Ordinal));
        Assert.DoesNotContain(nsgFolders, path => path.Contains("d=22", StringComparison.Ordinal) || path.Contains("d=24", StringComparison.Ordinal));
        Assert.DoesNotContain(nsgFolders, path => path.Contains("h=08", StringComparison.Ordinal) || path.Contains("h=10", StringComparison.Ordinal));
        Assert.DoesNotContain(nsgFolders, path => path.Contains("macAddress=000000000001", StringComparison.Ordinal));
        Assert.True(_entered.Count <= 30, string.Join("\n", nsgFolders));
    }

    [Fact]
    public void PrunedListingIsFilteredListing()
    {
        var random = new Random(29);
        for (var i = 0; i < 120; i++)
        {
            var (sub, day, hour, mac) = ("S" + random.Next(1, 3), random.Next(1, 4), random.Next(24), random.Next(1, 4).ToString(System.Globalization.CultureInfo.InvariantCulture));
            _folder.Write(random.Next(2) == 0 ? Nsg(sub, "N" + random.Next(3), day, hour, mac) : VNet(sub, "L" + random.Next(3), day, hour, mac), "{}");
        }

        var all = List(FlowBlobQuery.Everything).ToList();
        Assert.Equal(all.OrderBy(blob => blob.Hour).ThenBy(blob => blob.Target, StringComparer.Ordinal).ThenBy(blob => blob.MacAddress, StringComparer.Ordinal)
            .ThenBy(blob => blob.Name, StringComparer.Ordinal).Select(blob => blob.Name), all.Select(blob => blob.Name));
        for (var round = 0; round < 60; round++)
        {
            var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(4 * 1440));
            var query = new FlowBlobQuery
            {
                Start = random.Next(2) == 0 ? start : null,
                End = random.Next(2) == 0 ? start.AddMinutes(random.Next(1, 3000)) : null,
                MacAddresses = random.Next(3) == 0 ? ["000000000001"] : [],
                Scope = random.Next(3) switch
                {
                    0 => FlowScope.Everything,
                    1 => new FlowScope { Nsg = ["N[12]"], ResourceGroup = ["g"] },
                    _ => new FlowScope { SubscriptionId = ["s1"] },
                },
            };
            Assert.Equal(all.Where(blob => !query.Excludes(blob)).Select(blob => blob.Name), List(query).Select(blob => blob.Name));
        }
    }

    [Fact]
    public void RootsInsideAMirrorAreUnderstood()
    {
        var name = Nsg("S1", "A", 23, 9, "1");
        var file = _folder.Write(name, "{}");
        _folder.Write(Nsg("S1", "A", 24, 9, "1"), "{}");
        var day = file[..(file.IndexOf("d=23", StringComparison.Ordinal) + 4)];
        var blob = Assert.Single(Store(day).List(FlowBlobQuery.Everything, default));
        Assert.Equal(("A", 9), (blob.Target, blob.Hour!.Value.Hour));
        Assert.Single(Store(file).List(FlowBlobQuery.Everything, default));

        // A folder, one in it and a file of it: each blob comes once.
        Assert.Equal(2, Store(_folder.Path, day, file, file).List(FlowBlobQuery.Everything, default).Count());
        Assert.Empty(Store(day, file).List(new FlowBlobQuery { Start = new DateTime(2026, 11, 24) }, default));
    }

    [Fact]
    public void AGivenFileMayHaveAnyName()
    {
        var file = _folder.Write("flows.txt", "{}");
        Assert.Equal(file, Assert.Single(Store(file).List(new FlowBlobQuery { Start = _now, Scope = new FlowScope { Nsg = ["x"] } }, default)).Name);
        Assert.Empty(List(FlowBlobQuery.Everything));
    }

    [Fact]
    public void WhatIsMissingIsToldAndTheRestComes()
    {
        var file = _folder.Write("a.json", "{}");
        var missing = Path.Combine(_folder.Path, "none");
        Assert.Equal([file], Store(missing, file).List(FlowBlobQuery.Everything, default).Select(blob => blob.Name));
        var error = Assert.Single(_skipped);
        Assert.Equal("PathNotFound", error.ErrorId);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        var thrown = Assert.Throws<NsgFlowException>(() => new FolderStore([missing]).List(FlowBlobQuery.Everything, default).ToList());
        Assert.Equal("PathNotFound", thrown.ErrorId);
    }

    [Fact]
    public void EmptyFolderGivesNothing()
    {
        Assert.Empty(List(FlowBlobQuery.Everything));
        Assert.Empty(_skipped);
        Assert.Empty(new FolderStore([]).List(FlowBlobQuery.Everything, default));
    }

    [Fact]
    public void LinksToFoldersAreToldNotFollowed()
    {
        _folder.Write("sub/a.json", "{}");
        var loop = Path.Combine(_folder.Path, "sub", "loop");
        Directory.CreateSymbolicLink(loop, _folder.Path);
        Assert.Single(List(FlowBlobQuery.Everything));
        var error = Assert.Single(_skipped);
        Assert.Equal("FolderLinkSkipped", error.ErrorId);
        Assert.Contains(loop, error.Message, StringComparison.Ordinal);

        // A link that is given itself is what was meant.
        Assert.Single(Store(loop).List(FlowBlobQuery.Everything, default));
        Assert.Single(new FolderStore([_folder.Path]).List(FlowBlobQuery.Everything, default));
    }

    [Fact]
    public void AFolderThatGoesAwayIsTold()
    {
        _folder.Write("a/x.json", "{}");
        _folder.Write("b/x.json", "{}");
        var gone = Path.Combine(_folder.Path, "a");
        var store = new FolderStore([_folder.Path], _skipped.Add)
        {
            OnFolder = path =>
            {
                if (path == gone)
                {
                    Directory.Delete(gone, recursive: true);
                }
            },
        };
        Assert.Single(store.List(FlowBlobQuery.Everything, default));
        Assert.Equal("PathNotFound", Assert.Single(_skipped).ErrorId);
    }

    [Fact]
    public void TheFirstComesBeforeTheLastFolderIsRead()
    {
        for (var day = 1; day <= 28; day++)
        {
            _folder.Write(Nsg("S1", "A", day, 9, "1"), "{}");
        }

        using var blobs = List(FlowBlobQuery.Everything).GetEnumerator();
        Assert.True(blobs.MoveNext());
        Assert.Equal(1, blobs.Current.Hour!.Value.Day);
        Assert.DoesNotContain(_entered, path => path.Contains("d=02", StringComparison.Ordinal));
    }

    [Fact]
    public void CancellationEndsTheListing()
    {
        _folder.Write("a/x.json", "{}");
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => Store(_folder.Path).List(FlowBlobQuery.Everything, cancellation.Token).ToList());
    }

    [Fact]
    public void EachEnumerationSeesTheFolderAnew()
    {
        _folder.Write("a.json", "{}");
        var blobs = List(FlowBlobQuery.Everything);
        Assert.Single(blobs);
        _folder.Write("b.json", "{}");
        Assert.Equal(2, blobs.Count());
    }

    private static string Nsg(string sub, string nsg, int day, int hour, string mac) =>
        $"resourceId=/SUBSCRIPTIONS/{sub}/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/{nsg}/{When(day, hour, mac)}";

    private static string VNet(string sub, string log, int day, int hour, string mac) =>
        $"flowLogResourceID=/{sub}_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_{log}/{When(day, hour, mac)}";

    private static string When(int day, int hour, string mac) => $"y=2026/m=11/d={day:00}/h={hour:00}/m=00/macAddress={mac.PadLeft(12, '0')}/PT1H.json";

    private IEnumerable<FlowBlob> List(FlowBlobQuery query) => Store(_folder.Path).List(query, default);

    private FolderStore Store(params string[] roots) => new(roots, _skipped.Add, () => _now) { OnFolder = _entered.Add };
}
