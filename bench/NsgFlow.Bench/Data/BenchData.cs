using System;
using System.IO;

namespace NsgFlow.Bench.Data;

/// <summary>The files that are measured over, made once and kept in out/bench.</summary>
internal static class BenchData
{
    /// <summary>Tuples of the file that every comparison reads; in NSG version 2 that is 122 MB.</summary>
    public const int Tuples = 1_800_000;

    /// <summary>Tuples of a minute of one network interface in most files: a block of 170 KB.</summary>
    public const int TuplesPerEntry = 2500;

    // Minutes of the largest nodes. Readers hold an entry until its end, so this is the harder case for memory.
    private const int LargeEntry = 30_000;
    private const int GigabyteTuples = 15_900_000;
    private const int BlobTuples = 510_000;
    private const int BlobCount = 31;

    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Tree.Root, "out", "bench")).FullName;

    /// <summary>NSG version 2, 122 MB, 1.8 million tuples.</summary>
    public static (string Path, Truth Truth) Nsg2() => File("nsg2-122mb.json", Tuples, TuplesPerEntry, seed: 1);

    /// <summary>One file of 1 GB.</summary>
    public static (string Path, Truth Truth) Gigabyte() => File("2gb/big.json", GigabyteTuples, TuplesPerEntry, seed: 2);

    /// <summary>2 GB in a folder: the file of 1 GB, and another in blobs of 34 MB that are read side by side.</summary>
    public static (string Path, long Tuples) TwoGigabytes()
    {
        var tuples = Gigabyte().Truth.Tuples;
        for (var i = 0; i < BlobCount; i++)
            tuples += File($"2gb/blob{i:00}.json", BlobTuples, LargeEntry, seed: 100 + (ulong)i).Truth.Tuples;
        return (Path.Combine(Folder, "2gb"), tuples);
    }

    /// <summary>The same tuples in any format, in memory.</summary>
    public static byte[] InMemory(LogFormat format, int tuples = Tuples, int tuplesPerEntry = TuplesPerEntry)
    {
        using var stream = new MemoryStream();
        new LogMaker(format).Write(stream, tuples, tuplesPerEntry);
        return stream.ToArray();
    }

    private static (string Path, Truth Truth) File(string name, int tuples, int tuplesPerEntry, ulong seed)
    {
        var path = Path.Combine(Folder, name);
        // Beside the folder that is read, or a reader of *.* would find it.
        var truthPath = Path.Combine(Folder, name.Replace('/', '-') + ".truth");
        var truth = Truth.TryLoad(truthPath, LogMaker.Stamp);
        if (truth is null || !System.IO.File.Exists(path))
        {
            Console.Error.WriteLine($"making {name} …");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.Delete(truthPath);
            var maker = new LogMaker(LogFormat.Nsg2, seed);
            using (var stream = System.IO.File.Create(path))
                maker.Write(stream, tuples, tuplesPerEntry);
            truth = maker.Truth;
            truth.Save(truthPath, LogMaker.Stamp);
        }

        return (path, truth);
    }
}
