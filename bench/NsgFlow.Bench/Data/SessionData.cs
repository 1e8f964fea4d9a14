using System;
using System.IO;
using System.Linq;

namespace NsgFlow.Bench.Data;

/// <summary>A folder with the flow logs of some hours.</summary>
/// <param name="Name">Its size, as tables show it.</param>
/// <param name="Path">The folder.</param>
/// <param name="Truth">What is in it.</param>
internal sealed record SessionData(string Name, string Path, Truth Truth)
{
    private const int TenGigabytesMinutes = 330 * 60;

    /// <summary>Bytes and number of its files.</summary>
    public (long Bytes, int Files) Size
    {
        get
        {
            var files = new DirectoryInfo(Path).EnumerateFiles("*.json", SearchOption.AllDirectories).ToList();
            return (files.Sum(file => file.Length), files.Count);
        }
    }

    public static SessionData TenMegabytes() => Make("10 MB", 20);

    /// <summary>Four blobs, 1.8 million tuples.</summary>
    public static SessionData Usual() => Make("122 MB", 4 * 60);

    /// <summary>33 blobs.</summary>
    public static SessionData Gigabyte() => Make("1 GB", 33 * 60);

    /// <summary>330 blobs.</summary>
    public static SessionData TenGigabytes() => Make("10 GB", TenGigabytesMinutes);

    /// <summary>Removes the files; they are made anew when they are asked for.</summary>
    public void Delete()
    {
        File.Delete(TruthPath(Path));
        Directory.Delete(Path, recursive: true);
    }

    private static SessionData Make(string name, int minutes)
    {
        var folder = System.IO.Path.Combine(BenchData.Folder, "sessions-" + name.Replace(" ", string.Empty, StringComparison.Ordinal));
        var truth = Directory.Exists(folder) ? Truth.TryLoad(TruthPath(folder), SessionMaker.Stamp) : null;
        if (truth is null)
        {
            Console.Error.WriteLine($"making {name} of sessions …");
            File.Delete(TruthPath(folder));
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            var maker = new SessionMaker();
            maker.Write(folder, minutes);
            truth = maker.Truth;
            truth.Save(TruthPath(folder), SessionMaker.Stamp);
        }

        return new(name, folder, truth);
    }

    // Beside the folder, or a reader of *.* would find it.
    private static string TruthPath(string folder) => folder + ".truth";
}
