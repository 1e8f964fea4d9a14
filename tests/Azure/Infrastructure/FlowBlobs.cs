using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Blobs;
using NsgFlow.Azure.Storage;
using NsgFlow.Blobs;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>Names and contents for tests.</summary>
internal static class FlowBlobs
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";
    public static readonly DateTime Now = new(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc);

    public static string NsgTarget(string nsg, string group = "RG") =>
        $"resourceId=/SUBSCRIPTIONS/{Subscription}/RESOURCEGROUPS/{group}/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/{nsg}/";

    public static string VNetTarget(string log) => $"flowLogResourceID=/{Subscription}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_{log}/";

    public static string Name(string target, DateTime hour, int mac = 1) =>
        $"{target}y={hour:yyyy}/m={hour:MM}/d={hour:dd}/h={hour:HH}/m=00/macAddress={mac:X12}/PT1H.json";

    public static async Task UploadAsync(BlobContainerClient container, IEnumerable<string> names)
    {
        await container.CreateIfNotExistsAsync();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (name, stop) =>
        {
            using var content = new MemoryStream("{\"records\":[]}"u8.ToArray());
            await container.GetBlobClient(name).UploadAsync(content, stop);
        });
    }

    /// <summary>A store on an account, with short delays.</summary>
    public static BlobStorageStore Open(
        Uri endpoint,
        StorageCredential credential,
        int? pageSize = null,
        int rangeSize = 4 * 1024 * 1024,
        Action<string>? verbose = null,
        string[]? containers = null,
        TimeSpan? timeout = null,
        int retries = 5) => new StorageConnection
        {
            Account = endpoint.AbsoluteUri,
            Credential = credential,
            Containers = containers ?? [],
            Verbose = verbose,
            Tuning = new StorageTuning
            {
                PageSize = pageSize,
                RangeSize = rangeSize,
                MaxRetries = retries,
                RetryDelay = TimeSpan.FromMilliseconds(10),
                MaxRetryDelay = TimeSpan.FromMilliseconds(50),
                NetworkTimeout = timeout ?? TimeSpan.FromSeconds(30),
                Now = static () => Now,
            },
        }.Open();

    public static BlobStorageStore Open(TestAccount account, int? pageSize = null) =>
        Open(account.Endpoint, StorageCredential.FromKey(TestAccount.Key), pageSize);

    public static string Read(Stream stream)
    {
        using (stream)
        {
            using var text = new StreamReader(stream, Encoding.UTF8);
            return text.ReadToEnd();
        }
    }

    public static FlowBlob[] All(this IFlowBlobStore store, FlowBlobQuery? query = null) =>
        store.List(query ?? FlowBlobQuery.Everything, CancellationToken.None).ToArray();
}
