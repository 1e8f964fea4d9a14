using System;
using System.Collections.Generic;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Azure;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A connection, and the Az login it may ask, which only the runspace's own thread can.</summary>
internal sealed class AzureAccess
{
    private readonly AzSession? _session;
    private readonly string _resource;

    private AzureAccess(AzureConnection connection, AzSession? session, string resource)
    {
        Connection = connection;
        _session = session;
        _resource = resource;
    }

    /// <summary>The connection.</summary>
    public AzureConnection Connection { get; }

    /// <summary>Whether nobody turned out to be signed in.</summary>
    public bool HasFailed => Connection.SignIn.HasFailed;

    /// <summary>What is there without Connect-NsgFlow; nothing is asked from the network yet.</summary>
    public static AzureAccess Find(AzLogin? login)
    {
        var cloud = CloudOf(login);
        var session = login is null ? null : new AzSession(null);
        return Make(new SignInOptions { Cloud = cloud, Session = Asking(session) }, session, cloud.ResourceManagerAudience, []);
    }

    /// <summary>A connection; nothing is asked from the network yet.</summary>
    /// <param name="options">How to sign in.</param>
    /// <param name="session">The Az login that these may ask; null for none.</param>
    /// <param name="resource">What a token can be had for: Azure Resource Manager, unless only tokens for others were given.</param>
    /// <param name="subscriptions">The default scope.</param>
    public static AzureAccess Make(SignInOptions options, AzSession? session, string resource, IReadOnlyList<string> subscriptions)
    {
        var connection = new AzureConnection(options.Cloud, new AzureSignIn(options)) { TenantId = options.TenantId, Subscriptions = subscriptions };
        return new AzureAccess(connection, session, resource);
    }

    /// <summary>An Az login as a sign-in asks it; null for none.</summary>
    public static Func<string, SignInToken?>? Asking(AzSession? session) => session is null ? null : resource =>
    {
        var (token, expiresOn) = session.GetToken(resource);
        return new SignInToken(token, expiresOn);
    };

    /// <summary>The cloud of an Az login, or else the one whose authority the environment names, or else Azure itself.</summary>
    /// <exception cref="NsgFlowException">The login's cloud has endpoints that cannot be used.</exception>
    public static AzureCloud CloudOf(AzLogin? login)
    {
        if (login?.Environment is not { } name || login.Endpoint("ResourceManagerUrl") is not { } resourceManager)
            return AzureCloud.OfAuthority(Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST")) ?? AzureCloud.Public;
        return AzureCloud.Find(name) ?? AzureCloud.Custom(
            name,
            resourceManager,
            login.Endpoint("ActiveDirectoryAuthority"),
            login.Endpoint("StorageEndpointSuffix"),
            login.Endpoint("AzureOperationalInsightsEndpoint"),
            login.Endpoint("ActiveDirectoryServiceEndpointResourceId"),
            login.Endpoint("AzureOperationalInsightsEndpointResourceId"));
    }

    /// <summary>Gets a token of the Az login ahead, if that is what is asked; on the runspace's own thread.</summary>
    public void Prepare(string resource) => _session?.Prepare(resource);

    /// <summary>Renews tokens of the Az login; on the runspace's own thread.</summary>
    public void Renew() => _session?.Renew();

    /// <summary>Who is signed in; asks for a token. On the runspace's own thread.</summary>
    /// <exception cref="NsgFlowException"><c>NotSignedIn</c>.</exception>
    public AzureContext Describe(bool isConnected, Action<string> verbose, CancellationToken cancellation) =>
        Connection.Describe(_resource, isConnected, verbose, cancellation);

    /// <summary>The query service of Log Analytics, ready for requests of any thread; opened on the runspace's own.</summary>
    public ILogs OpenLogs(Action<string> verbose)
    {
        Prepare(Connection.Cloud.LogAnalyticsAudience);
        return Connection.OpenLogs(verbose);
    }

    /// <summary>Azure Resource Manager, ready for requests of any thread; opened on the runspace's own.</summary>
    public IArm OpenArm(Action<string> verbose)
    {
        Prepare(Connection.Cloud.ResourceManagerAudience);
        return Connection.OpenArm(verbose);
    }
}
