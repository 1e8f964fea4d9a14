using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Simulator;

namespace NsgFlow.Sandbox;

/// <summary>
/// An Azure to try the module on, all of it on loopback: the simulator for Resource Manager, Log Analytics and sign-in, Azurite for storage,
/// and flow logs of the last hours in it. Says in one line of JSON which environment variables a shell needs, and runs until its standard input ends.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args.Length != 1)
        {
            await Console.Error.WriteLineAsync("Give a folder for certificates.").ConfigureAwait(false);
            return 2;
        }

        var ca = TestCertificates.CaFile(Path.Combine(args[0], "ca.pem"));
        var (certificate, key) = TestCertificates.WriteServerPem(args[0], ca);
        var azurite = await AzuriteServer.StartAsync("node", Script(), $"{SandboxBlobs.Account}:{SandboxBlobs.Key};", AzuriteServer.Tls(certificate, key)).ConfigureAwait(false);
        await using (azurite.ConfigureAwait(false))
        {
            var endpoint = new Uri($"https://127.0.0.1:{azurite.Port}/{SandboxBlobs.Account}");
            var blobs = SandboxBlobs.Write(endpoint, ca, DateTime.UtcNow);
            var world = SampleWorld.Create(endpoint.ToString(), SandboxBlobs.Key);
            world.Workspace("law-net")!.Database = SandboxAnalytics.Of(world, blobs);

            // A person waits here: operations take a moment, as Azure's do.
            var azure = await AzureSimulator.StartAsync(world, new SimulatorOptions { CaFile = ca, OperationTime = TimeSpan.FromSeconds(3) }).ConfigureAwait(false);
            await using (azure.ConfigureAwait(false))
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    SSL_CERT_FILE = azure.CaFile,
                    IDENTITY_ENDPOINT = azure.IdentityEndpoint,
                    IDENTITY_HEADER = azure.IdentityHeader,
                    NSGFLOW_SANDBOX = azure.ArmEndpoint,
                    NSGFLOW_SANDBOX_LOGS = azure.LogAnalytics,
                })).ConfigureAwait(false);
                await Console.In.ReadToEndAsync().ConfigureAwait(false);
            }
        }

        return 0;
    }

    private static string Script()
    {
        var tests = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "TestsFolder").Value!;
        return Path.Combine(tests, "node_modules", "azurite", "dist", "src", "blob", "main.js");
    }
}
