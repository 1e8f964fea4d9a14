using System;
using NsgFlow.Arm;
using NsgFlow.Azure;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A connection, and the Az login it may ask, which only the runspace's own thread can.</summary>
internal sealed class AzureAccess
{
    private readonly AzSession? _session;

    private AzureAccess(AzureConnection connection, AzSession? session)
    {
        Connection = connection;
        _session = session;
    }

    /// <summary>The connection.</summary>
    public AzureConnection Connection { get; }

    /// <summary>What is there without Connect-NsgFlow; nothing is asked from the network yet.</summary>
    public static AzureAccess Find(AzLogin? login)
    {
        var cloud = CloudOf(login) ?? AzureCloud.OfAuthority(Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST")) ?? AzureCloud.Public;
        return Make(cloud, login is null ? null : new AzSession(null), session => new SignInOptions { Cloud = cloud, Session = session });
    }

    /// <summary>Gets a token of the Az login ahead, if that is what is asked; on the runspace's own thread.</summary>
    public void Prepare(string resource) => _session?.Prepare(resource);

    /// <summary>Renews tokens of the Az login; on the runspace's own thread.</summary>
    public void Renew() => _session?.Renew();

    /// <summary>Azure Resource Manager, ready for requests of any thread.</summary>
    public IArm OpenArm(Action<string> verbose)
    {
        Prepare(Connection.Cloud.ResourceManagerAudience);
        return Connection.OpenArm(verbose);
    }

    private static AzureAccess Make(AzureCloud cloud, AzSession? session, Func<Func<string, SignInToken?>?, SignInOptions> options)
    {
        var signIn = new AzureSignIn(options(session is null ? null : resource =>
        {
            var (token, expiresOn) = session.GetToken(resource);
            return new SignInToken(token, expiresOn);
        }));
        return new AzureAccess(new AzureConnection(cloud, signIn), session);
    }

    private static AzureCloud? CloudOf(AzLogin? login)
    {
        if (login?.Environment is not { } name || login.Endpoint("ResourceManagerUrl") is not { } resourceManager)
            return null;
        return AzureCloud.Find(name) ?? AzureCloud.Custom(
            name,
            resourceManager,
            login.Endpoint("ActiveDirectoryAuthority"),
            login.Endpoint("StorageEndpointSuffix"),
            login.Endpoint("AzureOperationalInsightsEndpoint"),
            login.Endpoint("ActiveDirectoryServiceEndpointResourceId"),
            login.Endpoint("AzureOperationalInsightsEndpointResourceId"));
    }
}
