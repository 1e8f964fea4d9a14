using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace NsgFlow.Blobs;

/// <summary>
/// One listing of files and folders. A copy of a container has the target above the hour, so its order is not that of the contract
/// (hour, target, MAC). Sorting everything would hold a year's million names in memory and give the first one last. Instead each
/// target's tree is walked by itself, which is in order of hours, and the walks are merged: what is held is one folder's names for each.
/// Files whose names tell no hour come first, sorted by name.
/// </summary>
internal sealed class FolderListing
{
    private static readonly string[] _endings = [".json", ".jsonl", ".ndjson", ".gz"];

    private readonly FolderStore _store;
    private readonly FlowBlobQuery _query;
    private readonly Action<NsgFlowException>? _onSkipped;
    private readonly Action<string>? _onFolder;
    private readonly DateTime _now;
    private readonly CancellationToken _cancellation;
    private readonly List<FlowBlob> _files = [];
    private readonly List<List<string>> _trees = [];

    public FolderListing(
        FolderStore store,
        FlowBlobQuery query,
        Action<NsgFlowException>? onSkipped,
        Action<string>? onFolder,
        DateTime now,
        CancellationToken cancellation)
    {
        _store = store;
        _query = query;
        _onSkipped = onSkipped;
        _onFolder = onFolder;
        _now = now;
        _cancellation = cancellation;
    }

    public IEnumerable<FlowBlob> List(IReadOnlyList<string> roots)
    {
        foreach (var root in roots)
        {
            Discover(root);
        }

        _files.Sort(BlobMerge.Compare);
        var walks = new List<IEnumerable<FlowBlob>>(_trees.Count + 1) { _files };
        foreach (var tree in _trees)
        {
            walks.Add(Walk(tree));
        }

        return BlobMerge.Merge(walks);
    }

    private static string KeyOf(string folder) => Path.GetFileName(folder.TrimEnd('/', Path.DirectorySeparatorChar));

    private static bool IsYear(string folder)
    {
        var name = KeyOf(folder);
        return name.Length == 6 && name[0] is 'y' or 'Y' && name[1] == '=' && FlowBlobPeriod.TryNumber(name.AsSpan(2), 4, out _);
    }

    /// <summary>Names in order, but numbers of months, days and hours by their value, should somebody have written them without zeros.</summary>
    private static int CompareFolders(string left, string right)
    {
        var a = KeyOf(left);
        var b = KeyOf(right);
        return a.Length > 2 && b.Length > 2 && a[1] == '=' && b[1] == '='
            && FlowBlobPeriod.TryNumber(a.AsSpan(2), 4, out var first) && FlowBlobPeriod.TryNumber(b.AsSpan(2), 4, out var second) && first != second
            ? first.CompareTo(second)
            : string.CompareOrdinal(a, b);
    }

    private static bool IsTaken(string name) => Array.Exists(_endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Goes through what lies above the years: files found there are kept, folders of years are the trees to walk.</summary>
    private void Discover(string root)
    {
        if (File.Exists(Compat.FilePaths.ForOpening(root)))
        {
            TakeFile(root, FlowBlobName.Parse(root), _files);
            return;
        }

        if (!Directory.Exists(Compat.FilePaths.ForOpening(root)))
        {
            Skip(FileErrors.NotFound(root));
            return;
        }

        var name = FlowBlobName.Parse(root);
        if (_query.Excludes(name))
        {
            return;
        }

        if (name.PeriodStart is not null)
        {
            _trees.Add([root]);
            return;
        }

        var pending = new Stack<string>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            var folders = Read(pending.Pop(), _files);
            var years = folders.FindAll(IsYear);
            if (years.Count > 0)
            {
                _trees.Add(years);
                folders.RemoveAll(IsYear);
            }

            Push(pending, folders);
        }
    }

    /// <summary>The blobs of a tree whose top folders tell the year or less, in order of hours.</summary>
    private IEnumerable<FlowBlob> Walk(List<string> tops)
    {
        var pending = new Stack<string>();
        var files = new List<FlowBlob>();
        Push(pending, tops);
        while (pending.Count > 0)
        {
            files.Clear();
            Push(pending, Read(pending.Pop(), files));
            files.Sort(BlobMerge.Compare);
            foreach (var file in files)
            {
                yield return file;
            }
        }
    }

    private static void Push(Stack<string> pending, List<string> folders)
    {
        folders.Sort(CompareFolders);
        for (var i = folders.Count - 1; i >= 0; i--)
        {
            pending.Push(folders[i]);
        }
    }

    /// <summary>Reads one folder: takes its files, gives those of its folders that may hold something.</summary>
    private List<string> Read(string folder, List<FlowBlob> files)
    {
        _cancellation.ThrowIfCancellationRequested();
        _onFolder?.Invoke(folder);
        var folders = new List<string>();
        try
        {
            foreach (var entry in new DirectoryInfo(Compat.FilePaths.ForOpening(folder)).EnumerateFileSystemInfos())
            {
                var path = Path.Combine(folder, entry.Name);
                var isFolder = (entry.Attributes & FileAttributes.Directory) != 0;
                if (!isFolder && !IsTaken(entry.Name))
                {
                    continue;
                }

                var name = FlowBlobName.Parse(path);
                if (_query.Excludes(name))
                {
                    continue;
                }

                if (!isFolder)
                {
                    TakeFile(path, name, files);
                }
                else if ((entry.Attributes & FileAttributes.ReparsePoint) != 0)
                {
                    ReportLink(path);
                }
                else
                {
                    folders.Add(path);
                }
            }
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            Skip(FileErrors.ToStoreException(e, folder));
        }

        return folders;
    }

    private void TakeFile(string path, FlowBlobName name, List<FlowBlob> files)
    {
        if (_query.Excludes(name))
        {
            return;
        }

        try
        {
            var file = new FileInfo(Compat.FilePaths.ForOpening(path));
            files.Add(new FlowBlob
            {
                Name = path,
                Kind = name.Kind,
                Target = name.Target,
                ResourceId = name.ResourceId,
                ResourceGroup = name.ResourceGroup,
                SubscriptionId = name.SubscriptionId,
                MacAddress = name.MacAddress,
                Hour = name.Hour,
                Length = file.Length,
                LastModified = file.LastWriteTimeUtc,
                IsOpen = FlowBlobName.IsOpen(name.Hour, _now),
                Store = _store,
            });
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            Skip(FileErrors.ToStoreException(e, path));
        }
    }

    private void Skip(NsgFlowException reason)
    {
        if (_onSkipped is null)
        {
            throw reason;
        }

        _onSkipped(reason);
    }

    /// <summary>A link may lead back up and never end. It is no failure, so without anybody to tell nothing is thrown.</summary>
    private void ReportLink(string path) => _onSkipped?.Invoke(new NsgFlowException(
        "FolderLinkSkipped", $"{path} is a link to a folder and was not followed.", "Give the folder's own path to read it too."));
}
