using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Storage;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using NsgFlow.Following;
using NsgFlow.Parsing;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>Flow logs in Azurite that grow by a minute when told to, and a reader that follows them: what came is compared with what was written.</summary>
internal sealed class FollowedAccount
{
    // What tells one record from another.
    private static readonly Func<FlowRecord, string> s_text = static record =>
        $"{record.MacAddress} {record.Time:O} {record.SourceAddress}:{record.SourcePort} {record.DestinationAddress}:{record.DestinationPort} {record.State} {record.BytesSent} {record.BytesReceived}";

    private readonly List<FlowSampleBlob> _sample;
    private readonly List<AzureLikeWriter> _writers;
    private readonly List<FlowRecord> _read = [];
    private byte[]? _saved;
    private int _minutes = 1;

    public FollowedAccount(TestAccount account, int nics = 3)
    {
        Account = account;
        _sample = [.. new FlowSampleGenerator(new FlowSampleOptions { Hours = 1, Nic = nics, TuplesPerMinute = 20, StartTime = Hour }).Generate()];
        Container = account.Client.GetBlobContainerClient(_sample[0].Container);
        Container.Create();
        _writers = [.. _sample.Select(blob => new AzureLikeWriter(Container.GetBlockBlobClient(blob.Name)).Write(blob.Blocks, 1))];
    }

    public static DateTime Hour { get; } = FlowBlobs.Now.Date.AddHours(9);

    public TestAccount Account { get; }

    public BlobContainerClient Container { get; }

    /// <summary>The reader's clock.</summary>
    public DateTime Now { get; set; } = FlowBlobs.Now;

    public IReadOnlyList<string> Names => [.. _sample.Select(static blob => blob.Name)];

    /// <summary>Every interface logs one more minute.</summary>
    public void Write()
    {
        _minutes++;
        for (var nic = 0; nic < _sample.Count; nic++)
            _writers[nic].Write(_sample[nic].Blocks, _minutes);
    }

    /// <summary>A run of its own that goes on from the saved state; gives the failures of blobs, and that of the listing.</summary>
    public IReadOnlyList<NsgFlowException> Run(BlobStorageStore store)
    {
        using var checkpoint = Checkpoint.Open(new Kept(this), null);
        checkpoint.State.From ??= Hour;
        var follower = new FlowFollower(checkpoint.State) { Now = () => Now };
        var failures = new List<NsgFlowException>();
        try
        {
            foreach (var batch in follower.Poll(store.List(new FlowBlobQuery { Start = follower.NextStart() }, default), () => failures.Count == 0, default))
            {
                _read.AddRange(batch.Records);
                Assert.Null(batch.Rewritten);
                Assert.Empty(batch.Issues);
                if (batch.Failure is not null)
                    failures.Add((NsgFlowException)batch.Failure);
            }
        }
        catch (NsgFlowException failure)
        {
            failures.Add(failure);
        }

        checkpoint.Save();
        return failures;
    }

    /// <summary>Fails unless each record that was written came once, in order.</summary>
    public void Check(string what)
    {
        foreach (var name in Names)
            CheckOnly(name, what);
    }

    /// <summary>The same for one blob.</summary>
    public void CheckOnly(string name, string what)
    {
        var truth = Records(name, _writers[_sample.FindIndex(blob => blob.Name == name)].Content);
        var read = _read.Where(record => record.Blob == name).Select(s_text).ToList();
        Assert.True(truth.SequenceEqual(read), $"{what}: {read.Count} records instead of {truth.Count}");
    }

    private static List<string> Records(string name, string content)
    {
        var sink = new Sink();
        var reader = new FlowLogReader(sink, FlowFilter.Everything, name, FlowReadLimits.Default);
        reader.Write(Encoding.UTF8.GetBytes(content));
        reader.Complete();
        return [.. sink.Records.Select(s_text)];
    }

    private sealed class Kept(FollowedAccount account) : ICheckpointStore
    {
        public string Name => "memory";

        public byte[]? Read() => account._saved;

        public void Write(byte[] bytes) => account._saved = bytes;

        public void Dispose()
        {
            // It stays for the next run.
        }
    }

    private sealed class Sink : IFlowSink
    {
        public List<FlowRecord> Records { get; } = [];

        public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
        {
            foreach (ref readonly var tuple in tuples)
                Records.Add(new FlowRecord(tuple, group));
        }

        public void Report(FlowIssue issue) => Assert.Fail(issue.ToString());
    }
}
