using System;
using System.IO;
using System.Linq;
using System.Text;
using NsgFlow.Measuring;
using NsgFlow.Parsing;
using NsgFlow.Unit.Blobs;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>What a measurement allocates does not grow with the tuples, and what it puts aside is nobody else's to read.</summary>
public class MeasureMemoryTests
{
    private const int Rows = 100;

    [Theory]
    [InlineData("SourceAddress", true, "52.0.0.5")]
    [InlineData("SourceAddress", false, "52.0.0.5")]
    [InlineData("SourceAddress", false, "10.0.9.5")]
    [InlineData("Conversation Rule Nsg Service FlowType Hour", false, "10.0.9.5")]
    public void A_tuple_allocates_nothing(string by, bool isNamed, string destination)
    {
        var few = Allocated(by, isNamed, destination, entries: 2);
        var many = Allocated(by, isNamed, destination, entries: 22);
        var tuples = 20 * 10_000;
        Assert.True((many - few) / (double)tuples < 0.5, $"{few} bytes for 2 entries, {many} for 22: {(many - few) / (double)tuples} for a tuple.");
    }

    [Fact]
    public void A_record_allocates_a_flow_event_at_most()
    {
        // Records can come in any order, so each is noted until the end: three words and the row's.
        var records = TemporaryFileTests.Records(100_000);
        using var measurement = new TrafficMeasurement(new TrafficQuery { By = TrafficKey.Parse(["Protocol"]), Raw = true });
        records.Take(1000).ToList().ForEach(r => measurement.Add(r));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var record in records)
            measurement.Add(record);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100_000.0, 0, 4 * 3 * 8 * 2);
    }

    [Fact]
    public void The_temporary_folder_is_the_users_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TempFolder();
        using var measurement = new TrafficMeasurement(TemporaryFileTests.Query(folder.Path));
        TemporaryFileTests.Records(TemporaryFileTests.ManyRows).ForEach(record => measurement.Add(record));
        var own = Assert.Single(Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own));
        Assert.NotEmpty(Directory.GetFiles(own));
    }

    private static long Allocated(string by, bool isNamed, string destination, int entries)
    {
        var name = "resourceId=/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG/y=2018/m=11/d=13/h=12/m=00/macAddress=000D3AF87856/PT1H.json";
        var log = Encoding.UTF8.GetBytes(Texts.Records([.. Enumerable.Range(0, entries).Select(_ => Texts.NsgEntry(2, "UserRule_r", [.. Enumerable.Range(0, 10_000).Select(i =>
            $"1542110{400 + (i / 100)},10.0.0.{i / 2 % Rows},{destination},1000,443,T,O,A," + (i % 2 == 0 ? "B,,,," : "E,1,2,3,4"))]))]));
        var measured = new Measured().Add(isNamed ? name : "file", log, isNamed);
        using var folder = new SpillFolder();
        var plan = TrafficPlan.ForBlobs(Measured.Query(by), false, measured.Blobs);
        return Allocation.Of(() =>
        {
            using var meter = new TrafficMeter(plan, folder, 256 << 20);
            meter.BeginBlob(measured.Blobs[0], issue => Assert.Fail(issue.Reason));
            var reader = new FlowLogReader(meter, plan.Query.Filter, "file");
            reader.Write(log);
            reader.Complete();
            meter.EndBlob();
            Assert.Equal(10_000 * entries, meter.Tuples);
        });
    }
}
