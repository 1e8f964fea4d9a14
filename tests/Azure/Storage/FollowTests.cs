using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using NsgFlow.Following;
using NsgFlow.Reading;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>Following blobs in Azurite while they are written as Azure writes them.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class FollowTests(Azurite azurite)
{
    private const int Nics = 3;

    private static readonly DateTime s_hour = FlowBlobs.Now.Date.AddHours(9);

    // What tells one record from another.
    private static readonly Func<FlowRecord, string> s_text = static record =>
        $"{record.MacAddress} {record.Time:O} {record.SourceAddress}:{record.SourcePort} {record.DestinationAddress}:{record.DestinationPort} {record.State} {record.BytesSent} {record.BytesReceived}";

    [AzuriteFact]
    public async Task While_a_writer_appends_and_answers_fail_each_record_comes_once_and_in_order()
    {
        var (account, sample, writers) = await PrepareAsync();
        using var proxy = new FaultProxy(azurite.Port);
        var requests = 0;
        var written = Nics;

        // Before every other request a minute of an interface is written, so that how often that is does not hang on the machine.
        proxy.Decide = _ =>
        {
            lock (writers)
            {
                if (++requests % 2 == 0 && written < Nics * 60)
                    writers[written % Nics].Write(sample[written % Nics].Blocks, (written++ / Nics) + 1);
                return requests % 7 == 0 ? new Fault(503) : null;
            }
        };
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), StorageCredential.FromKey(TestAccount.Key), retries: 0);
        var state = new FollowState { From = s_hour };
        var read = new List<FlowRecord>();
        var failures = 0;
        var polls = 0;
        for (var isLast = false; !isLast; polls++)
        {
            isLast = Volatile.Read(ref written) == Nics * 60;
            proxy.Decide = isLast ? static _ => null : proxy.Decide;
            var follower = new FlowFollower(state) { Now = static () => FlowBlobs.Now };
            try
            {
                foreach (var batch in follower.Poll(store.List(new FlowBlobQuery { Start = follower.NextStart() }, default), null, default))
                {
                    read.AddRange(batch.Records);
                    Assert.Null(batch.Rewritten);
                    Assert.Empty(batch.Issues);
                    failures += batch.Failure is null ? 0 : 1;
                }
            }
            catch (NsgFlowException)
            {
                // The listing.
                failures++;
            }
        }

        Assert.True(failures > 0, "No answer failed.");
        Assert.True(polls > 20, $"{polls} polls");
        foreach (var blob in sample)
        {
            using var whole = new MemoryStream(blob.ToArray());
            var truth = Records(whole);
            Assert.Equal(truth.Select(s_text), read.Where(record => record.Blob == blob.Name).Select(s_text));
        }
    }

    private static List<FlowRecord> Records(Stream whole)
    {
        var file = Path.Combine(Path.GetTempPath(), "nsgflow-" + Guid.NewGuid().ToString("N") + ".json");
        using (var copy = File.Create(file))
            whole.CopyTo(copy);
        try
        {
            var store = new FolderStore([file]);
            return [.. new FlowRecordReader().Read(store.List(FlowBlobQuery.Everything, default), default).SelectMany(static batch => batch.Records)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<(TestAccount Account, List<FlowSampleBlob> Sample, List<AzureLikeWriter> Writers)> PrepareAsync()
    {
        var account = azurite.NewAccount();
        var sample = new FlowSampleGenerator(new FlowSampleOptions { Hours = 1, Nic = Nics, TuplesPerMinute = 20, StartTime = s_hour }).Generate().ToList();
        var container = account.Client.GetBlobContainerClient(sample[0].Container);
        await container.CreateAsync();
        var writers = sample.Select(blob => new AzureLikeWriter(container.GetBlockBlobClient(blob.Name)).Write(blob.Blocks, 1)).ToList();
        return (account, sample, writers);
    }
}
