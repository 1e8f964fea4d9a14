using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using NsgFlow.Bench.Data;
using NsgFlow.Blobs;
using NsgFlow.Following;
using NsgFlow.Reading;

namespace NsgFlow.Bench.Micro;

/// <summary>Following files: catching up beside plain reading of the same, and a poll that finds nothing new.</summary>
[MemoryDiagnoser]
[BenchmarkCategory("Follow")]
public class FollowBenchmarks
{
    private const int Blobs = 100;
    private const int TuplesPerEntry = 300;

    private static readonly DateTime s_hour = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private readonly string _folder = Path.Combine(BenchData.Folder, "follow");
    private FlowBlob[] _blobs = [];
    private FlowFollower _follower = new(new FollowState());

    [GlobalSetup]
    public void Make()
    {
        var log = BenchData.InMemory(LogFormat.Nsg2, BenchData.Tuples / Blobs, TuplesPerEntry);
        for (var nic = 0; nic < Blobs; nic++)
        {
            var path = Path.Combine(_folder, "resourceId=", "SUBSCRIPTIONS", Guid.Empty.ToString(), "RESOURCEGROUPS", "RG", "PROVIDERS", "MICROSOFT.NETWORK", "NETWORKSECURITYGROUPS", "WEB",
                "y=2026", "m=11", "d=23", "h=09", "m=00", FormattableString.Invariant($"macAddress={nic:X12}"), "PT1H.json");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, log);
            File.SetLastWriteTimeUtc(path, s_hour.AddHours(1));
        }

        _blobs = [.. new FolderStore([_folder]).List(FlowBlobQuery.Everything, default)];
        _follower = Follower();
        CatchUp(_follower);
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Description = "read 100 files into records", OperationsPerInvoke = BenchData.Tuples)]
    public int Read() => Checked(new FlowRecordReader().Read(_blobs, default).Sum(static batch => batch.Records.Count));

    [Benchmark(Description = "catch up on 100 files", OperationsPerInvoke = BenchData.Tuples)]
    public int CatchUp() => CatchUp(Follower());

    [Benchmark(Description = "poll a blob without news", OperationsPerInvoke = Blobs)]
    public int Poll() => _follower.Poll(_blobs, null, default).Count();

    private static FlowFollower Follower() => new(new FollowState { From = s_hour });

    private static int Checked(int records) => records == BenchData.Tuples ? records : throw new InvalidOperationException($"{records} records came.");

    private int CatchUp(FlowFollower follower) => Checked(follower.Poll(_blobs, null, default).Sum(static batch => batch.Records.Count));
}
