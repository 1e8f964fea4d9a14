using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Samples;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>A sample in a storage account, written block by block as Azure does.</summary>
internal sealed class StoredSample
{
    private readonly TestAccount _account;

    public StoredSample(TestAccount account, FlowSampleOptions options, string? container = null)
    {
        _account = account;
        var generator = new FlowSampleGenerator(options);
        Blobs = [.. generator.Generate()];
        Truth = generator.Truth;
        Container = account.Client.GetBlobContainerClient(container ?? Blobs[0].Container);
        Container.CreateIfNotExists();
        Parallel.ForEach(Blobs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, blob => Writer(blob.Name).Write(blob.Blocks));
    }

    public BlobContainerClient Container { get; }

    public IReadOnlyList<FlowSampleBlob> Blobs { get; }

    public FlowSampleTruth Truth { get; }

    public string Account => _account.Endpoint.AbsoluteUri;

    /// <summary>All tuples, blob by blob.</summary>
    public IReadOnlyList<SampleRow> Rows => [.. Blobs.SelectMany(static blob => SampleRow.Of(blob.Name, Encoding.UTF8.GetString(blob.ToArray())))];

    public AzureLikeWriter Writer(string blob) => new(Container.GetBlockBlobClient(blob));

    /// <summary>Puts other bytes in a blob's place.</summary>
    public void Replace(string blob, string content)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        Container.GetBlobClient(blob).Upload(bytes, overwrite: true);
    }

    /// <summary>The same blobs as files.</summary>
    public void SaveTo(string folder)
    {
        foreach (var blob in Blobs)
        {
            var path = Path.Combine([folder, blob.Container, .. blob.Name.Split('/')]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, blob.ToArray());
        }
    }
}
