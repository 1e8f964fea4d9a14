using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Samples;
using NsgFlow.Simulator;

namespace NsgFlow.Sandbox;

/// <summary>
/// The flow logs of the sandbox, from two hours before now until now: those that are on (web-nsg), and those that a virtual network's flow
/// log will have written, so that nobody has to wait the minutes that Azure takes for the first blob.
/// </summary>
internal static class SandboxBlobs
{
    public const string Account = "stflows";

    /// <summary>Worth nothing: the account is in the memory of a process.</summary>
    public static string Key { get; } = Convert.ToBase64String(Encoding.ASCII.GetBytes("nsgflow-sandbox-key-nsgflow-sandbox-key-nsgflow-sandbox-key-0001"));

    /// <returns>What is in the blobs.</returns>
    public static IReadOnlyList<byte[]> Write(Uri endpoint, string caFile, DateTime now)
    {
        var written = new List<byte[]>();
        var start = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc).AddHours(-2);
        var aks = new { Nsg = "aks-agentpool-12345678-nsg", VirtualNetwork = "aks-vnet-12345678", Group = SampleWorld.NodeGroup };
        var spoke = new { Nsg = "web-nsg", VirtualNetwork = "spoke-vnet", Group = "rg-net" };
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsOurs(certificate, caFile) };
        using var http = new HttpClient(handler);
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2024_11_04) { Transport = new HttpClientTransport(http) };
        var service = new BlobServiceClient(endpoint, new StorageSharedKeyCredential(Account, Key), options);
        foreach (var log in new[]
        {
            Log(aks.Nsg, aks.VirtualNetwork, aks.Group, FlowSampleFormat.VNet4, 2026, nics: 3, FlowSampleScenario.Mixed),
            Log(spoke.Nsg, spoke.VirtualNetwork, spoke.Group, FlowSampleFormat.Nsg2, 7, nics: 1, FlowSampleScenario.Mixed),
            Log(spoke.Nsg, spoke.VirtualNetwork, spoke.Group, FlowSampleFormat.VNet4, 7, nics: 2, FlowSampleScenario.Mixed),
        })
        {
            var generator = new FlowSampleGenerator(log);
            foreach (var blob in generator.Generate())
            {
                var container = service.GetBlobContainerClient(blob.Container);
                container.CreateIfNotExists();
                var words = log.ResourceGroup == spoke.Group ? SpokeWords(generator.Truth) : [];
                written.Add(Commit(container.GetBlockBlobClient(blob.Name), blob, MinutesOf(blob, now), words));
            }
        }

        return written;

        FlowSampleOptions Log(string nsg, string network, string group, FlowSampleFormat format, int seed, int nics, FlowSampleScenario scenario) => new()
        {
            Nsg = nsg,
            VirtualNetwork = network,
            ResourceGroup = group,
            SubscriptionId = new Guid(SampleWorld.ProdId),
            Format = format,
            Seed = seed,
            Nic = nics,
            Scenario = scenario,
            StartTime = start,
            Hours = 3,
            TuplesPerMinute = 20,
        };
    }

    /// <summary>Samples are of a cluster's nodes: what in the spoke's flow logs its own machines have instead.</summary>
    private static (string Sample, string Own)[] SpokeWords(FlowSampleTruth truth) =>
    [
        ("10.224.0.", "10.2.1."), ("10.224.240.", "10.2.2."), .. truth.MacAddresses.Zip(["000D3A112233", "000D3A445566"], static (sample, own) => (sample, own)),
    ];

    private static int MinutesOf(FlowSampleBlob blob, DateTime now) =>
        blob.Name.Contains($"/d={now:dd}/h={now:HH}/", StringComparison.Ordinal) ? now.Minute : 60;

    private static byte[] Commit(BlockBlobClient client, FlowSampleBlob blob, int minutes, (string Sample, string Own)[] words)
    {
        // The first block opens the list of entries, the last closes it; between them is one for each minute with traffic.
        var blocks = blob.Blocks.Take(minutes + 1).Append(blob.Blocks[^1]).Distinct().ToList();
        using var all = new MemoryStream();
        foreach (var block in blocks)
        {
            var text = words.Aggregate(Encoding.UTF8.GetString(block.Content), static (known, word) => known.Replace(word.Sample, word.Own, StringComparison.Ordinal));
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            client.StageBlock(block.Id, content);
            content.WriteTo(all);
        }

        client.CommitBlockList(blocks.Select(static block => block.Id));
        return all.ToArray();
    }

    // This process started before there was a CA that its runtime could have been told of.
    private static bool IsOurs(X509Certificate2? certificate, string caFile)
    {
        using var ca = X509CertificateLoader.LoadCertificateFromFile(caFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        return certificate is not null && chain.Build(certificate);
    }
}
