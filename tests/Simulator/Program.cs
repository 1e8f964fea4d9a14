using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Simulator;

/// <summary>The simulator by hand. It says in one line of JSON where it is, and runs until it is told to end.</summary>
internal static class Program
{
    private const string Usage = """
        Azure Resource Manager and Log Analytics on loopback, with a sample tenant.
          --port <n>             the port; a free one without it, or with 0
          --world sample|many    what there is
          --blob-endpoint <url>  where the blobs of the account stflows are
          --blob-key <key>       what listKeys gives for that account
          --ca <file>            the CA certificate to use or to make; else SSL_CERT_FILE, else a new one
          --pem <folder>         also writes server.pem and server.key there, for Azurite's --cert and --key
          --until-input-ends     ends when standard input does; else at SIGTERM or SIGINT
        """;

    public static async Task<int> Main(string[] args)
    {
        var line = CommandLine.Read(args);
        if (line is null)
        {
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }

        var world = line.World == "many" ? ManyWorld.Create() : SampleWorld.Create(line.BlobEndpoint, line.BlobKey);

        // Nobody polls in a hurry here: operations take a moment, as Azure's do.
        var options = new SimulatorOptions { Port = line.Port, CaFile = line.CaFile, OperationTime = TimeSpan.FromSeconds(5) };
        try
        {
            await RunAsync(await AzureSimulator.StartAsync(world, options).ConfigureAwait(false), line).ConfigureAwait(false);
            return 0;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException)
        {
            // A port that is taken, or a certificate file that is somebody else's.
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task RunAsync(AzureSimulator azure, CommandLine line)
    {
        await using (azure.ConfigureAwait(false))
        {
            var pem = line.PemFolder is null ? default : TestCertificates.WriteServerPem(line.PemFolder, azure.CaFile);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new
            {
                armEndpoint = azure.ArmEndpoint,
                logAnalytics = azure.LogAnalytics,
                authority = azure.Authority,
                identityEndpoint = azure.IdentityEndpoint,
                identityHeader = azure.IdentityHeader,
                caFile = azure.CaFile,
                serverCertificate = pem.Certificate,
                serverKey = pem.Key,
                tenantId = azure.World.TenantId,
                clientId = azure.World.Administrator.ClientId,
                clientSecret = azure.World.Administrator.Secret,
            })).ConfigureAwait(false);
            await UntilEndAsync(line.UntilInputEnds).ConfigureAwait(false);
        }
    }

    private static async Task UntilEndAsync(bool untilInputEnds)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        if (untilInputEnds)
        {
            _ = Task.Run(async () =>
            {
                await Console.In.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
                end.TrySetResult();
            });
        }

        await end.Task.ConfigureAwait(false);
    }
}
