using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Each way to sign in, at the simulator's token endpoints, and then a question that needs tokens for ARM and for storage.</summary>
[Collection(SimulatedAzureGroup.Name)]
public sealed class ConnectTests(SimulatedAzure azure)
{
    private const string Loud = "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; ";
    private const string Read = "Get-NsgFlowRecord -Nsg web-nsg " + SimulatedAzure.Hours;

    // An Az session without Az: its cmdlets, and objects with the properties that Az's have.
    private const string Az = """
        function Get-AzContext {
            $environment = [pscustomobject]@{ Name = 'Simulator'; ResourceManagerUrl = $url; ActiveDirectoryAuthority = $url; ActiveDirectoryServiceEndpointResourceId = 'https://management.azure.com/' }
            [pscustomobject]@{ Account = [pscustomobject]@{ Id = 'ann' }; Tenant = [pscustomobject]@{ Id = 't' }; Environment = $environment }
        }
        function Get-AzAccessToken {
            [CmdletBinding()] param($ResourceUrl, $TenantId)
            $global:asked += "$ResourceUrl "
            $PSCmdlet.WriteDebug("token: $($tokens[$ResourceUrl])")
            [pscustomobject]@{ Token = $tokens[$ResourceUrl]; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) }
        }
        $global:asked = ''
        """;

    private AzureSimulator Simulator => azure.Simulator;

    private Principal Administrator => Simulator.World.Administrator;

    [AzuriteTheory]
    [InlineData("-ClientId $client -ClientSecret $text")]
    [InlineData("-ApplicationId $client -ClientSecret $secret")]
    [InlineData("-Credential $credential")]
    public void A_secret_signs_in_at_the_clouds_own_authority(string with)
    {
        var secret = Secure(Administrator.Secret);
        using var session = Open(
            ("client", Administrator.ClientId), ("text", Administrator.Secret), ("secret", secret), ("credential", new PSCredential(Administrator.ClientId, secret)));

        var outcome = session.Run($"{Loud}Connect-NsgFlow -TenantId $tenant {with} -ResourceManagerUrl $url -AuthorityUrl $url; {Read}").Clean();

        var context = Assert.IsType<AzureContext>(outcome.Output[0]);
        Assert.Equal(SignInMethod.ClientSecret, context.Method);
        Assert.Equal(Administrator.ClientId, context.Account);
        Assert.Equal(Simulator.World.TenantId, context.TenantId);
        Assert.InRange(context.ExpiresOn!.Value, DateTime.UtcNow.AddMinutes(50), DateTime.UtcNow.AddMinutes(61));
        Assert.Equal(azure.Web.Rows.Count, outcome.Output.Count - 1);

        // One token for ARM and one for storage, however many requests there are.
        Assert.Equal(2, Simulator.Requests.All.Count(static request => request.Path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal)));
        NoSecret(outcome);
    }

    [AzuriteFact]
    public void A_certificate_signs_in()
    {
        var file = Path.Combine(Path.GetTempPath(), $"nsgflow-{Guid.NewGuid():N}.pfx");
        using (var key = RSA.Create(2048))
        {
            using var certificate = new CertificateRequest("CN=nsgflow-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, "SECRET-PASSWORD"));
        }

        try
        {
            using var session = Open(("client", Administrator.ClientId), ("file", file), ("password", Secure("SECRET-PASSWORD")));
            var outcome = session.Run(
                $"{Loud}Connect-NsgFlow -TenantId $tenant -ClientId $client -CertificatePath $file -CertificatePassword $password -ResourceManagerUrl $url -AuthorityUrl $url; {Read}").Clean();
            Assert.Equal(SignInMethod.ClientCertificate, Assert.IsType<AzureContext>(outcome.Output[0]).Method);
            Assert.Equal(azure.Web.Rows.Count, outcome.Output.Count - 1);
            Assert.DoesNotContain("SECRET-PASSWORD", outcome.AllText, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [AzuriteFact]
    public void A_managed_identity_is_asked_where_the_environment_says()
    {
        var assigned = Simulator.World.AddPrincipal("user-assigned").Grant("Owner", "/");
        using var session = Open(("assigned", assigned.ClientId));
        using var environment = new EnvironmentVariables(("IDENTITY_ENDPOINT", Simulator.IdentityEndpoint.AbsoluteUri), ("IDENTITY_HEADER", Simulator.IdentityHeader));

        var system = session.Run($"{Loud}Connect-NsgFlow -Identity -ResourceManagerUrl $url; {Read}").Clean();
        var user = session.Run("Connect-NsgFlow -Identity -AccountId $assigned -ResourceManagerUrl $url").Clean();
        var found = session.Run("Connect-NsgFlow -ResourceManagerUrl $url").Clean();
        environment.Dispose();
        var kept = session.Run("Get-NsgFlowContext").Clean();

        Assert.Equal(Simulator.World.ManagedIdentity.ClientId, ((AzureContext)system.Output[0]).Account);
        Assert.Equal(SignInMethod.ManagedIdentity, ((AzureContext)system.Output[0]).Method);
        Assert.Equal(azure.Web.Rows.Count, system.Output.Count - 1);
        Assert.Equal(assigned.ClientId, ((AzureContext)user.Output[0]).Account);
        Assert.Equal(SignInMethod.ManagedIdentity, ((AzureContext)found.Output[0]).Method);
        Assert.Equal(SignInMethod.ManagedIdentity, ((AzureContext)kept.Output[0]).Method);
        NoSecret(system);
        Assert.DoesNotContain(Simulator.IdentityHeader, system.AllText, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_Az_login_and_its_cloud_need_no_Connect(bool isSecure)
    {
        using var session = Open(("tokens", Tokens(isSecure)));
        session.Run(Az).Clean();

        var outcome = session.Run($"{Loud}{Read}; Get-NsgFlowContext").Clean();

        Assert.Equal(azure.Web.Rows.Count, outcome.Output.Count - 1);
        var context = Assert.IsType<AzureContext>(outcome.Output[^1]);
        Assert.Equal((SignInMethod.Session, "Simulator", false), (context.Method, context.Environment, context.IsConnected));
        NoSecret(outcome);

        // Each once, and the second cmdlet uses them again.
        Assert.Equal(["https://management.azure.com/ https://storage.azure.com/ "], session.Run($"$null = {Read}; $asked").Clean().Output);
    }

    [AzuriteFact]
    public void Another_runspace_is_not_signed_in()
    {
        using var first = azure.Session();
        using var second = Open();
        using var nothing = new EnvironmentVariables(("PATH", null), ("IDENTITY_ENDPOINT", null), ("AZURE_CLIENT_ID", null));
        first.Run(Read).Clean();

        Assert.Equal("NotSignedIn", Outcome.Id(second.Run(Read).Errors[0]));
        Assert.Equal(azure.Web.Rows.Count, first.Run(Read).Clean().Records.Count);
    }

    [AzuriteFact]
    public void A_wrong_secret_is_told_in_Entras_words_and_nothing_is_connected()
    {
        using var session = Open(("client", Administrator.ClientId));
        var outcome = session.Run($"{Loud}Connect-NsgFlow -TenantId $tenant -ClientId $client -ClientSecret SECRET-WRONG -ResourceManagerUrl $url -AuthorityUrl $url");
        var error = Assert.Single(outcome.Errors);
        Assert.Equal("NotSignedIn", Outcome.Id(error));
        Assert.Equal(Administrator.ClientId, error.TargetObject);
        Assert.Contains("AADSTS7000215", error.Exception.Message, StringComparison.Ordinal);
        // The script's own text is part of an error's position.
        Assert.DoesNotContain("SECRET-WRONG", error.Exception + string.Concat(outcome.Verbose), StringComparison.Ordinal);

        using var nothing = new EnvironmentVariables(("PATH", null), ("IDENTITY_ENDPOINT", null), ("AZURE_CLIENT_ID", null));
        Assert.StartsWith("Nobody is signed in", Assert.Single(session.Run("Get-NsgFlowContext").Warnings), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public void The_default_subscriptions_are_where_names_are_looked_for()
    {
        using var session = Open(("arm", Simulator.IssueToken()), ("storage", Simulator.IssueToken("https://storage.azure.com/")));
        const string Connect = "$null = Connect-NsgFlow -AccessToken $arm -StorageAccessToken $storage -ResourceManagerUrl $url -SubscriptionId ";
        Assert.Equal(azure.Web.Rows.Count, session.Run(Connect + "pro*; " + Read).Clean().Records.Count);

        var outcome = session.Run(Connect + "dev; " + Read);

        Assert.Equal("ResourceNotFound", Outcome.Id(outcome.Errors[0]));
        Assert.Empty(outcome.Output);
    }

    private CmdletSession Open(params (string Name, object Value)[] variables)
    {
        var session = new CmdletSession([("url", Simulator.ArmEndpoint.AbsoluteUri), ("tenant", Simulator.World.TenantId), .. variables]);
        Simulator.Requests.Clear();
        return session;
    }

    private Dictionary<string, object> Tokens(bool isSecure) => new[] { "https://management.azure.com/", "https://storage.azure.com/" }
        .ToDictionary(static resource => resource, resource => isSecure ? (object)Secure(Simulator.IssueToken(resource)) : Simulator.IssueToken(resource));

    // Tokens begin like any JSON object in base64.
    private void NoSecret(Outcome outcome)
    {
        Assert.NotEmpty(outcome.Verbose);
        Assert.DoesNotContain("eyJ", outcome.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain(Administrator.Secret, outcome.AllText, StringComparison.Ordinal);
    }

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var c in text)
        {
            secure.AppendChar(c);
        }

        return secure;
    }
}
