using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading;
using NsgFlow.Azure.SignIn;
using NsgFlow.AzureTests.Infrastructure;
using Xunit;

namespace NsgFlow.AzureTests.SignIn;

/// <summary>Applications that sign in by themselves: with a secret, a certificate, or the token of another issuer.</summary>
public sealed class ClientSignInTests : IDisposable
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private const string Client = "66666666-7777-8888-9999-000000000000";
    private static readonly AzureCloud s_custom = AzureCloud.Custom("Stack", "https://management.stack.test", "https://login.stack.test:8443/");

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-signin-").FullName;
    private readonly FakeAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_secret_goes_to_the_custom_authority_and_nowhere_else()
    {
        var said = new List<string>();
        var signIn = new AzureSignIn(Options(SignInMethod.ClientSecret, secret: "SECRET-VALUE"));

        var token = signIn.GetToken("https://management.stack.test/", CancellationToken.None, said.Add);

        Assert.Equal("SECRET-TOKEN", token.Token);
        Assert.Equal(SignInMethod.ClientSecret, signIn.Method);
        Assert.All(_authority.Urls, static url => Assert.StartsWith("https://login.stack.test:8443/", url, StringComparison.Ordinal));
        Assert.Equal($"https://login.stack.test:8443/{Tenant}/oauth2/v2.0/token", _authority.Urls[^1]);
        Assert.Equal("client_credentials", _authority.Form["grant_type"]);
        Assert.Equal(Client, _authority.Form["client_id"]);
        Assert.Equal("SECRET-VALUE", _authority.Form["client_secret"]);
        Assert.Equal("https://management.stack.test/.default", _authority.Form["scope"]);
        Assert.NotEmpty(said);
        Assert.DoesNotContain(said, static line => line.Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_secret_is_told_in_the_authoritys_words_without_the_secret()
    {
        _authority.Status = HttpStatusCode.Unauthorized;
        _authority.Answer = """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret SECRET-VALUE provided.","error_codes":[7000215]}""";
        var signIn = new AzureSignIn(Options(SignInMethod.ClientSecret, secret: "SECRET-VALUE"));

        var failure = Assert.Throws<NsgFlowException>(() => signIn.GetToken("https://management.stack.test/", CancellationToken.None));

        Assert.Equal("NotSignedIn", failure.ErrorId);
        Assert.Contains("client secret: AADSTS7000215: Invalid client secret *** provided", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET-VALUE", failure + failure.RecommendedAction, StringComparison.Ordinal);
        // Whoever chose a way is not sent to others.
        Assert.DoesNotContain("Azure CLI", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureUSGovernment", "https://login.microsoftonline.us/")]
    [InlineData("AzureChinaCloud", "https://login.chinacloudapi.cn/")]
    [InlineData("AzureCloud", "https://login.microsoftonline.com/")]
    public void Each_cloud_has_its_own_authority(string name, string authority)
    {
        var cloud = AzureCloud.Find(name)!;
        var signIn = new AzureSignIn(Options(SignInMethod.ClientSecret, secret: "s", cloud: cloud, isChosen: true));
        var before = Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST");
        try
        {
            // Another cloud's: what was chosen goes before it.
            Environment.SetEnvironmentVariable("AZURE_AUTHORITY_HOST", "https://login.elsewhere.test/");
            _ = signIn.GetToken(cloud.ResourceManagerAudience, CancellationToken.None);
        }
        catch (NsgFlowException)
        {
            // Entra's list of authorities is asked first for these, and the fake has none.
        }
        finally
        {
            Environment.SetEnvironmentVariable("AZURE_AUTHORITY_HOST", before);
        }

        Assert.StartsWith(authority, _authority.Urls[0], StringComparison.Ordinal);
        Assert.DoesNotContain(_authority.Urls, static url => url.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pfx", null)]
    [InlineData("pfx", "pass word")]
    [InlineData("pem", null)]
    [InlineData("pem", "pass word")]
    public void A_certificate_signs_an_assertion(string kind, string? password)
    {
        using var made = MakeCertificate(DateTimeOffset.UtcNow.AddDays(1));
        using var certificate = ClientCertificates.FromFile(WriteFile(made, kind, password), password);
        var signIn = new AzureSignIn(Options(SignInMethod.ClientCertificate, certificate: certificate));

        Assert.Equal("SECRET-TOKEN", signIn.GetToken("https://management.stack.test/", CancellationToken.None).Token);

        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", _authority.Form["client_assertion_type"]);
        var parts = _authority.Form["client_assertion"].Split('.');
        using var claims = JsonDocument.Parse(Base64(parts[1]));
        Assert.Equal(Client, claims.RootElement.GetProperty("iss").GetString());
        using var key = made.GetRSAPublicKey()!;
        Assert.True(
            key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            || key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void A_certificate_that_cannot_do_is_refused_before_anybody_is_asked()
    {
        using var good = MakeCertificate(DateTimeOffset.UtcNow.AddDays(1));
        using var old = MakeCertificate(DateTimeOffset.UtcNow.AddDays(-1));
        var keyless = Path.Combine(_folder, "keyless.cer");
        File.WriteAllBytes(keyless, good.Export(X509ContentType.Cert));
        var text = Path.Combine(_folder, "text.pem");
        File.WriteAllText(text, "no certificate at all");

        Assert.Contains("password is wrong or missing", Refused(() => ClientCertificates.FromFile(WriteFile(good, "pfx", "SECRET"), "SECRET-other")), StringComparison.Ordinal);
        Assert.Contains("password is wrong or missing", Refused(() => ClientCertificates.FromFile(WriteFile(good, "pem", "SECRET"), null)), StringComparison.Ordinal);
        Assert.Contains("no PFX or PEM file", Refused(() => ClientCertificates.FromFile(text, null)), StringComparison.Ordinal);
        Assert.Contains("no private key", Refused(() => ClientCertificates.FromFile(keyless, null)), StringComparison.Ordinal);
        Assert.Contains("expired at", Refused(() => ClientCertificates.FromFile(WriteFile(old, "pfx", null), null)), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refused(() => ClientCertificates.FromFile(Path.Combine(_folder, "none.pfx"), null)), StringComparison.Ordinal);
        Assert.Contains("There is no certificate 0123", Refused(() => ClientCertificates.FromStore("0123")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_federated_token_is_read_from_its_file()
    {
        var file = Path.Combine(_folder, "token");
        File.WriteAllText(file, "SECRET-ASSERTION");
        var signIn = new AzureSignIn(Options(SignInMethod.WorkloadIdentity, file: file));

        Assert.Equal("SECRET-TOKEN", signIn.GetToken("https://management.stack.test/", CancellationToken.None).Token);

        Assert.Equal("SECRET-ASSERTION", _authority.Form["client_assertion"]);
        Assert.Equal(Client, _authority.Form["client_id"]);
    }

    private SignInOptions Options(
        SignInMethod method, string? secret = null, X509Certificate2? certificate = null, string? file = null, AzureCloud? cloud = null, bool isChosen = false) => new()
        {
            Method = method,
            Cloud = cloud ?? s_custom,
            IsCloudChosen = isChosen,
            TenantId = Tenant,
            ClientId = Client,
            ClientSecret = secret,
            ClientCertificate = certificate,
            FederatedTokenFile = file,
            Variable = static _ => null,
            Transport = _authority.Transport,
        };

    private static string Refused(Func<X509Certificate2> load)
    {
        var failure = Assert.Throws<NsgFlowException>(load);
        Assert.Equal("CertificateUnusable", failure.ErrorId);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
        return failure.Message;
    }

    private static X509Certificate2 MakeCertificate(DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=nsgflow-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(until.AddDays(-10), until);
    }

    private string WriteFile(X509Certificate2 certificate, string kind, string? password)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + "." + kind);
        if (kind == "pfx")
        {
            File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
            return path;
        }

        using var key = certificate.GetRSAPrivateKey()!;
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        var pem = password is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, parameters);
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + pem);
        return path;
    }

    private static byte[] Base64(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
