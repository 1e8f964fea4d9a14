using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NsgFlow.Simulator;

/// <summary>Azure Resource Manager, Resource Graph, Log Analytics and sign-in over TLS on loopback, with a world that a test made.</summary>
public sealed class AzureSimulator : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ArmService _arm;
    private readonly SignInService _signIn;
    private readonly TokenIssuer _issuer;

    private AzureSimulator(WebApplication application, SimulatedWorld world, SimulatorOptions options, string caFile)
    {
        _application = application;
        World = world;
        Options = options;
        CaFile = caFile;
        _issuer = new TokenIssuer(world, () => Options.TokenLifetime);
        _signIn = new SignInService(world, _issuer);
        var context = new ArmContext(world, options, Faults);
        _arm = new ArmService(context);
        var logs = new LogsService(this, _issuer);
        var front = new WebFront(this, _arm, logs, _signIn, _issuer);
        application.Run(front.HandleAsync);
    }

    public SimulatedWorld World { get; }

    public SimulatorOptions Options { get; }

    public Faults Faults { get; } = new();

    public RequestLog Requests { get; } = new();

    /// <summary>The certificate to trust.</summary>
    public string CaFile { get; }

    /// <summary>Where ARM is.</summary>
    public Uri ArmEndpoint { get; private set; } = new("https://127.0.0.1/");

    /// <summary>Where Log Analytics is: what <c>-LogAnalyticsUrl</c> takes. As in Azure it has another host name than ARM, and so tokens of its own.</summary>
    public Uri LogAnalytics => new UriBuilder(ArmEndpoint) { Host = "localhost" }.Uri;

    /// <summary>Where tokens come from: the authority host.</summary>
    public Uri Authority => ArmEndpoint;

    /// <summary>What IDENTITY_ENDPOINT has to be.</summary>
    public Uri IdentityEndpoint => new(ArmEndpoint, "msi/token");

    /// <summary>What IDENTITY_HEADER has to be.</summary>
    public string IdentityHeader => _signIn.IdentityHeader;

    /// <summary>Starts it with a world of its own.</summary>
    public static async Task<AzureSimulator> StartAsync(SimulatedWorld world, SimulatorOptions? options = null)
    {
        options ??= new SimulatorOptions();
        var caFile = TestCertificates.CaFile(options.CaFile);
        var certificate = TestCertificates.Server(caFile);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();

        // HTTP/1.1 only: it alone keeps the case of header names.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate);
        }));
        var simulator = new AzureSimulator(builder.Build(), world, options, caFile);
        await simulator._application.StartAsync().ConfigureAwait(false);
        var addresses = simulator._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        simulator.ArmEndpoint = new Uri(addresses.Single().TrimEnd('/') + "/");
        return simulator;
    }

    /// <summary>A token for a resource (<c>https://management.azure.com/</c>, <c>https://storage.azure.com/</c>).</summary>
    public string IssueToken(string resource = "https://management.azure.com/", Principal? principal = null) =>
        _issuer.Issue(resource, principal ?? World.Administrator).Token;

    /// <summary>Ends all operations that still run, as time would.</summary>
    public void EndOperations()
    {
        lock (World.State.Sync)
        {
            _arm.EndOperations();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Who is still being made to wait need not be waited for.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
