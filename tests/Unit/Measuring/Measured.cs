using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Measuring;
using NsgFlow.Parsing;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>Blobs in memory, and what measurements of them give.</summary>
internal sealed class Measured : IFlowBlobStore
{
    private readonly ConcurrentDictionary<string, byte[]> _contents = new();

    public List<FlowBlob> Blobs { get; } = [];

    /// <summary>Adds a blob whose name tells what it tells in Azure, or nothing.</summary>
    public Measured Add(string name, byte[] content, bool isNamed)
    {
        _contents[name] = content;
        var told = isNamed ? FlowBlobName.Parse(name) : null;
        Assert.False(isNamed && (told!.Kind is null || told.Hour is null || told.MacAddress is null || told.Target is null), "The test's name tells too little: " + name);
        Blobs.Add(new FlowBlob
        {
            Name = name,
            Store = this,
            Length = content.Length,
            Kind = told?.Kind,
            Hour = told?.Hour,
            MacAddress = told?.MacAddress,
            Target = told?.Target,
        });
        return this;
    }

    public Measured Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content), isNamed: false);

    public byte[] Content(FlowBlob blob) => _contents[blob.Name];

    /// <summary>All tuples by the reference parser.</summary>
    public List<OracleTuple> Tuples() => Blobs.SelectMany(blob => Reference(blob.Name, _contents[blob.Name])).ToList();

    public static List<OracleTuple> Reference(string blob, byte[] content)
    {
        var reference = ReferenceParser.Parse(content)!;
        Assert.Empty(reference.InvalidOffsets);
        return reference.Rows.Select((row, i) => new OracleTuple(row, blob, i)).ToList();
    }

    public static TrafficQuery Query(string by = "", TrafficOrder order = TrafficOrder.Flows, bool raw = false) => new()
    {
        By = TrafficKey.Parse(by.Split([' '], StringSplitOptions.RemoveEmptyEntries)),
        OrderBy = order,
        Raw = raw,
    };

    /// <summary>The rows as lines.</summary>
    public List<string> Rows(TrafficQuery query) => Measures(query).ConvertAll(RowText.Of);

    public List<TrafficMeasure> Measures(TrafficQuery query)
    {
        using var measurement = new TrafficMeasurement(query);
        return Measures(measurement);
    }

    public List<TrafficMeasure> Measures(TrafficMeasurement measurement)
    {
        foreach (var news in measurement.Read(Blobs, CancellationToken.None))
        {
            if (news.Failure is not null)
                Assert.Fail(news.Failure.ToString());
            Assert.Empty(news.Issues);
        }

        return [.. measurement.Rows(CancellationToken.None)];
    }

    /// <summary>Rows with so little memory that (nearly) everything is put aside at every check. The check comes after each piece of a group.</summary>
    public List<string> SpilledRows(TrafficQuery query, long memory, int meters, string folder, long rowMemory)
    {
        var plan = TrafficPlan.ForBlobs(query, false, Blobs);
        using var spills = new SpillFolder(folder);
        var all = Enumerable.Range(0, meters).Select(_ => new TrafficMeter(plan, spills, memory)).ToList();
        for (var i = 0; i < Blobs.Count; i++)
        {
            var meter = all[i % meters];
            meter.BeginBlob(Blobs[i], issue => Assert.Fail(issue.Reason));
            var reader = new FlowLogReader(meter, query.Filter, Blobs[i].Name);
            reader.Write(_contents[Blobs[i].Name]);
            reader.Complete();
            meter.EndBlob();
        }

        List<string> rows;
        using (var result = new TrafficResult(plan, new TrafficMeters(all), spills, rowMemory, CancellationToken.None))
            rows = result.ToMeasures().Select(RowText.Of).ToList();
        all.ForEach(meter => meter.Dispose());
        return rows;
    }

    /// <summary>All records, as the reader gives them.</summary>
    public List<FlowRecord> Records()
    {
        var records = new List<FlowRecord>();
        foreach (var blob in Blobs)
        {
            var reader = new FlowLogReader(new RecordSink(records), null, blob.Name);
            reader.Write(_contents[blob.Name]);
            reader.Complete();
        }

        return records;
    }

    public static List<string> RowsOf(TrafficQuery query, IEnumerable<FlowRecord> records) => MeasuresOf(query, records).ConvertAll(RowText.Of);

    public static List<TrafficMeasure> MeasuresOf(TrafficQuery query, IEnumerable<FlowRecord> records)
    {
        using var measurement = new TrafficMeasurement(query);
        foreach (var record in records)
            measurement.Add(record);
        return [.. measurement.Rows(CancellationToken.None)];
    }

    /// <summary>Fails unless the rows are those of the oracle.</summary>
    public void AssertOracle(TrafficQuery query, string what, OracleNames names = OracleNames.Untold) =>
        RowText.AssertSame(new TrafficOracle(query, query.By.Select(k => k.ToString()), Tuples(), names).Rows(), Rows(query), what);

    public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation) => Blobs;

    Stream IFlowBlobStore.Open(FlowBlob blob, CancellationToken cancellation) => new MemoryStream(_contents[blob.Name], writable: false);

    private sealed class RecordSink(List<FlowRecord> records) : IFlowSink
    {
        public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
        {
            foreach (ref readonly var tuple in tuples)
                records.Add(new FlowRecord(in tuple, group));
        }

        public void Report(FlowIssue issue) => Assert.Fail(issue.Reason);
    }
}
