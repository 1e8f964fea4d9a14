using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>One temporary folder for a test file; what a block leaves in it is gone when the block ends.</summary>
internal sealed class TestDrive : IDisposable
{
    private readonly SessionState _session;
    private readonly object? _outer;

    public TestDrive(SessionState session)
    {
        _session = session;
        _outer = session.PSVariable.GetValue("global:TestDrive");
        Root = Directory.CreateTempSubdirectory("pester-").FullName;
        session.PSVariable.Set("global:TestDrive", Root);
    }

    public string Root { get; }

    /// <summary>Everything below the folder; links are named and not followed, since what they lead to is not the test's to remove.</summary>
    public HashSet<string> Contents() =>
    [
        .. new FileSystemEnumerable<string>(
            Root,
            static (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        {
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        },
    ];

    public void RemoveAllBut(HashSet<string> kept)
    {
        // Deepest first, so that folders are empty when their turn comes.
        foreach (var entry in Contents().Where(e => !kept.Contains(e)).OrderByDescending(e => e.Length))
        {
            if (Directory.Exists(entry) && !new DirectoryInfo(entry).Attributes.HasFlag(FileAttributes.ReparsePoint))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
        }
    }

    public void Dispose()
    {
        _session.PSVariable.Set("global:TestDrive", _outer);
        Directory.Delete(Root, recursive: true);
    }
}
