using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests;

public sealed class TrustTests
{
    [Fact]
    public async Task A_plain_client_trusts_the_simulator()
    {
        await using var azure = await AzureSimulator.StartAsync(new SimulatedWorld());
        using var client = new HttpClient();

        var answer = await client.GetStringAsync(new Uri(azure.Authority, azure.World.TenantId + "/v2.0/.well-known/openid-configuration"));

        Assert.Contains(azure.Authority + azure.World.TenantId + "/oauth2/v2.0/token", answer, StringComparison.Ordinal);
        Assert.Equal(Environment.GetEnvironmentVariable("SSL_CERT_FILE"), azure.CaFile);
    }

    [Fact]
    public void Processes_share_an_authority_and_strangers_are_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-trust-").FullName;
        try
        {
            var ca = Path.Combine(folder, "ca.pem");
            Parallel.For(0, 8, _ => TestCertificates.CaFile(ca));
            var before = File.ReadAllText(ca);
            var (certificate, key) = TestCertificates.WriteServerPem(folder, ca);

            Assert.Equal(before, File.ReadAllText(ca));
            Assert.Contains("BEGIN CERTIFICATE", File.ReadAllText(certificate), StringComparison.Ordinal);
            Assert.Contains("PRIVATE KEY", File.ReadAllText(key), StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "ca.key")));
            }

            var bundle = Path.Combine(folder, "bundle.pem");
            File.WriteAllText(bundle, before);
            Assert.Throws<InvalidOperationException>(() => TestCertificates.CaFile(bundle));
            Assert.Equal(before, File.ReadAllText(bundle));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
