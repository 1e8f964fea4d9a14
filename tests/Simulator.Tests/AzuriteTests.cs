using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests;

public sealed class AzuriteTests
{
    [AzuriteFact]
    public async Task Azurite_serves_our_certificate_and_takes_our_tokens()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        var folder = Directory.CreateTempSubdirectory("nsgflow-azurite-").FullName;
        var (certificate, key) = TestCertificates.WriteServerPem(folder);
        using var azurite = Process.Start(new ProcessStartInfo(AzuriteFiles.Node!,
        [
            AzuriteFiles.Script, "--blobHost", "127.0.0.1", "--blobPort", "0", "--disableTelemetry", "--skipApiVersionCheck", "--silent",
            "--inMemoryPersistence", "--cert", certificate, "--key", key, "--oauth", "basic",
        ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        })!;
        try
        {
            var account = await AddressAsync(azurite) + "/devstoreaccount1?comp=list";
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("x-ms-version", "2024-11-04");

            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", azure.IssueToken("https://storage.azure.com"));
            using var listed = await client.GetAsync(new Uri(account));
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", azure.IssueToken());
            using var refused = await client.GetAsync(new Uri(account));

            Assert.Contains("<EnumerationResults", await listed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(403, (int)refused.StatusCode);
        }
        finally
        {
            azurite.Kill();
            await azurite.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> AddressAsync(Process azurite)
    {
        while (await azurite.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (Regex.Match(line, @"successfully listens on (https://127\.0\.0\.1:\d+)") is { Success: true } match)
            {
                return match.Groups[1].Value;
            }
        }

        throw new InvalidOperationException("Azurite ended.");
    }
}
