using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using NsgFlow.Azure.SignIn;
using NsgFlow.PowerShell.Commands;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Makes a connection of what Connect-NsgFlow was given. Only running it loads NsgFlow.Azure and its packages.</summary>
internal static class ConnectionMaker
{
    /// <summary>Nothing is asked from the network yet.</summary>
    /// <exception cref="NsgFlowException">What was given cannot do.</exception>
    public static AzureAccess Make(ConnectNsgFlowCommand cmdlet)
    {
        var set = cmdlet.ParameterSetName;
        var login = set is ConnectSets.Find or ConnectSets.AzContext ? AzLogin.Look() : null;
        if (set == ConnectSets.AzContext && login is null)
        {
            throw new NsgFlowException(
                "NotSignedIn", "This session has no Get-AzAccessToken, hence no Az login.", "Run Import-Module Az.Accounts and Connect-AzAccount in this session first.");
        }

        var chosen = Cloud(cmdlet);
        var cloud = chosen ?? AzureAccess.CloudOf(login);
        var session = login is null ? null : new AzSession(cmdlet.TenantId);
        var options = new SignInOptions
        {
            Cloud = cloud,
            IsCloudChosen = chosen is not null,
            Session = AzureAccess.Asking(session),
            Method = Method(set),
            TenantId = cmdlet.TenantId,
            ClientId = cmdlet.Credential?.UserName ?? cmdlet.ClientId,
            ClientSecret = Text(cmdlet.Credential?.Password ?? cmdlet.ClientSecret),
            ClientCertificate = set switch
            {
                ConnectSets.CertificateFile => ClientCertificates.FromFile(Full(cmdlet, cmdlet.CertificatePath!), Text(cmdlet.CertificatePassword)),
                ConnectSets.CertificateStore => ClientCertificates.FromStore(cmdlet.CertificateThumbprint!),
                _ => null,
            },
            ManagedIdentityClientId = set == ConnectSets.Identity ? cmdlet.ClientId : null,
            FederatedTokenFile = set == ConnectSets.FederatedToken ? Full(cmdlet, cmdlet.FederatedTokenFile!) : null,
            AccessTokens = Tokens(cmdlet, cloud),
        };
        var resource = set switch
        {
            ConnectSets.StorageToken => AzureSignIn.StorageResource,
            ConnectSets.LogAnalyticsToken => cloud.LogAnalyticsAudience,
            _ => cloud.ResourceManagerAudience,
        };
        return AzureAccess.Make(options, session, resource, cmdlet.SubscriptionId);
    }

    private static AzureCloud? Cloud(ConnectNsgFlowCommand cmdlet)
    {
        if (cmdlet.ResourceManagerUrl is { } url)
            return AzureCloud.Custom(cmdlet.Environment ?? "Custom", url, cmdlet.AuthorityUrl, cmdlet.StorageSuffix, cmdlet.LogAnalyticsUrl);
        if (cmdlet.AuthorityUrl is not null || cmdlet.StorageSuffix is not null || cmdlet.LogAnalyticsUrl is not null)
        {
            throw new NsgFlowException(
                "EnvironmentInvalid", "-AuthorityUrl, -StorageSuffix and -LogAnalyticsUrl are about a custom cloud, and -ResourceManagerUrl is missing.", "Add -ResourceManagerUrl.");
        }

        return cmdlet.Environment is not { } name ? null : AzureCloud.Find(name) ?? throw new NsgFlowException(
            "EnvironmentInvalid",
            $"There is no environment '{name}'.",
            $"Give one of {string.Join(", ", AzureCloud.All)}; or add -ResourceManagerUrl for a custom one.");
    }

    private static SignInMethod? Method(string set) => set switch
    {
        ConnectSets.AccessToken or ConnectSets.StorageToken or ConnectSets.LogAnalyticsToken => SignInMethod.AccessToken,
        ConnectSets.ClientSecret or ConnectSets.Credential => SignInMethod.ClientSecret,
        ConnectSets.CertificateFile or ConnectSets.CertificateStore => SignInMethod.ClientCertificate,
        ConnectSets.Identity => SignInMethod.ManagedIdentity,
        ConnectSets.AzContext => SignInMethod.Session,
        ConnectSets.AzureCli => SignInMethod.AzureCli,
        ConnectSets.FederatedToken => SignInMethod.WorkloadIdentity,
        _ => null,
    };

    private static Dictionary<string, SignInToken> Tokens(ConnectNsgFlowCommand cmdlet, AzureCloud cloud)
    {
        var tokens = new Dictionary<string, SignInToken>(StringComparer.OrdinalIgnoreCase);
        Add(cloud.ResourceManagerAudience, cmdlet.AccessToken);
        Add(AzureSignIn.StorageResource, cmdlet.StorageAccessToken);
        Add(cloud.LogAnalyticsAudience, cmdlet.LogAnalyticsAccessToken);
        return tokens;

        void Add(string resource, SecureString? token)
        {
            if (token is not null)
                tokens[resource] = SignInToken.Parse(SecretText.Reveal(token));
        }
    }

    private static string Full(PSCmdlet cmdlet, string path) => cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    private static string? Text(SecureString? secret) => secret is null ? null : SecretText.Reveal(secret);
}
