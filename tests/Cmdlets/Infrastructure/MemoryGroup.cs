using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>A control group of Linux with a limit of memory: who wants more is killed, as by Azure Automation.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private readonly string _folder;

    private MemoryGroup(string folder) => _folder = folder;

    /// <summary>What starts a program in the group: the program and its arguments follow.</summary>
    public IEnumerable<string> Enter => ["sh", "-c", $"echo $$ > {_folder}/cgroup.procs && exec \"$@\"", "sh"];

    /// <summary>Makes one; null where this user may not, or there are none.</summary>
    public static MemoryGroup? TryMake(long megabytes)
    {
        var name = "nsgflow-" + Guid.NewGuid().ToString("N");
        var limit = (megabytes * 1024 * 1024).ToString(CultureInfo.InvariantCulture);
        return TryMake(Path.Combine("/sys/fs/cgroup/memory", name), "memory.limit_in_bytes", limit) ?? TryMake(Path.Combine("/sys/fs/cgroup", name), "memory.max", limit);
    }

    public void Dispose()
    {
        // The kernel takes a moment to see that the last process is gone.
        for (var tries = 0; ; tries++)
        {
            try
            {
                Directory.Delete(_folder);
                return;
            }
            catch (IOException) when (tries < 50)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static MemoryGroup? TryMake(string folder, string file, string limit)
    {
        if (!Directory.Exists(Path.GetDirectoryName(folder)))
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The kernel puts the file there, if the folder is of control groups, and of those that may limit memory.
        var group = new MemoryGroup(folder);
        if (File.Exists(Path.Combine(folder, file)))
        {
            File.WriteAllText(Path.Combine(folder, file), limit);
            return group;
        }

        group.Dispose();
        return null;
    }
}
