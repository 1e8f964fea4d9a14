using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Azure.SignIn;
using NsgFlow.AzureTests.Infrastructure;
using Xunit;

namespace NsgFlow.AzureTests.SignIn;

/// <summary>Which way is taken, decided by the environment alone.</summary>
public sealed class SignInTests
{
    private const string Resource = AzureSignIn.StorageResource;
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Azure_automation_is_asked_with_both_headers()
    {
        using var endpoint = new FakeIdentityEndpoint();
        var said = new List<string>();
        var signIn = With(said, ("IDENTITY_ENDPOINT", endpoint.Address), ("IDENTITY_HEADER", "SECRET-HEADER"));

        var token = signIn.GetToken(Resource, CancellationToken.None);

        Assert.Equal("SECRET-TOKEN", token.Token);
        Assert.Equal(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), token.ExpiresOn);
        Assert.Equal(SignInMethod.ManagedIdentity, signIn.Method);
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("GET", request.Method);
        Assert.Equal("SECRET-HEADER", request.Headers["X-IDENTITY-HEADER"]);
        Assert.Equal("true", request.Headers["Metadata"]);
        Assert.Contains("resource=https%3A%2F%2Fstorage.azure.com%2F", request.Url, StringComparison.Ordinal);

        // The second is from the cache; another resource is not.
        Assert.Same(token, signIn.GetToken(Resource, CancellationToken.None));
        _ = signIn.GetToken("https://management.azure.com/", CancellationToken.None);
        Assert.Equal(2, endpoint.Requests.Count);
        Assert.DoesNotContain(said, static line => line.Contains("SECRET", StringComparison.Ordinal));
        Assert.DoesNotContain("SECRET", token + signIn.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_older_dialects_are_spoken()
    {
        using var endpoint = new FakeIdentityEndpoint();
        _ = With(null, ("MSI_ENDPOINT", endpoint.Address), ("MSI_SECRET", "s")).GetToken(Resource, CancellationToken.None);
        _ = With(null, ("MSI_ENDPOINT", endpoint.Address)).GetToken(Resource, CancellationToken.None);
        var user = new SignInOptions { ManagedIdentityClientId = "my-id", Variable = Environment(("IDENTITY_ENDPOINT", endpoint.Address), ("IDENTITY_HEADER", "h")) };
        _ = new AzureSignIn(user).GetToken(Resource, CancellationToken.None);

        Assert.Equal("s", endpoint.Requests[0].Headers["secret"]);
        Assert.Equal("POST", endpoint.Requests[1].Method);
        Assert.Equal("resource=https%3A%2F%2Fstorage.azure.com%2F", endpoint.Requests[1].Body);
        Assert.Contains("client_id=my-id", endpoint.Requests[2].Url, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_managed_identity_is_told_and_the_next_way_is_tried()
    {
        using var endpoint = new FakeIdentityEndpoint { Status = 400, Answer = """{"message":"No managed identity SECRET-HEADER was found"}""" };
        var options = new SignInOptions { Variable = Environment(("IDENTITY_ENDPOINT", endpoint.Address), ("IDENTITY_HEADER", "SECRET-HEADER")) };

        var failure = Assert.Throws<NsgFlowException>(() => new AzureSignIn(options).GetToken(Resource, CancellationToken.None));

        Assert.Equal("NotSignedIn", failure.ErrorId);
        Assert.Contains("managed identity: the endpoint answered HTTP 400: No managed identity *** was found", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Azure CLI: not tried: az is not in PATH", failure.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
        Assert.DoesNotContain("SECRET-HEADER", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_at_all_says_what_was_tried_without_asking_anybody()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var failure = Assert.Throws<NsgFlowException>(() => With(null).GetToken(Resource, CancellationToken.None));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2));
        Assert.Equal("NotSignedIn", failure.ErrorId);
        foreach (var name in new[] { "access token", "Az session", "managed identity", "environment", "workload identity", "Azure CLI" })
        {
            Assert.Contains(name + ": not tried", failure.Message, StringComparison.Ordinal);
        }

        Assert.Contains("Connect-AzAccount", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_is_token_session_identity()
    {
        using var endpoint = new FakeIdentityEndpoint();
        var variable = Environment(("IDENTITY_ENDPOINT", endpoint.Address), ("IDENTITY_HEADER", "h"));
        var asked = new List<string>();
        SignInToken? Session(string resource)
        {
            asked.Add(resource);
            return new SignInToken("session", s_now.AddHours(1));
        }

        var given = new SignInToken("given", DateTimeOffset.MaxValue);
        var both = new AzureSignIn(new SignInOptions { AccessToken = given, Session = Session, Variable = variable, Now = () => s_now });
        Assert.Equal("given", both.GetToken(Resource, CancellationToken.None).Token);
        Assert.Empty(asked);

        var session = new AzureSignIn(new SignInOptions { Session = Session, Variable = variable, Now = () => s_now });
        Assert.Equal("session", session.GetToken(Resource, CancellationToken.None).Token);
        Assert.Equal([Resource], asked);

        var none = new AzureSignIn(new SignInOptions { Session = static _ => null, Variable = variable });
        Assert.Equal("SECRET-TOKEN", none.GetToken(Resource, CancellationToken.None).Token);

        var only = new AzureSignIn(new SignInOptions { Session = Session, Variable = variable, Method = SignInMethod.ManagedIdentity });
        Assert.Equal("SECRET-TOKEN", only.GetToken(Resource, CancellationToken.None).Token);
    }

    [Fact]
    public void A_token_is_renewed_five_minutes_before_it_expires_and_by_the_same_way()
    {
        var now = s_now;
        var asked = 0;
        var options = new SignInOptions
        {
            Session = _ => ++asked < 3 ? new SignInToken("t" + asked, now.AddMinutes(60)) : throw new NsgFlowException("X", "the login has ended", ""),
            Variable = Environment(),
            Now = () => now,
        };
        var signIn = new AzureSignIn(options);
        Assert.Equal("t1", signIn.GetToken(Resource, CancellationToken.None).Token);
        now = now.AddMinutes(54);
        Assert.Equal("t1", signIn.GetToken(Resource, CancellationToken.None).Token);
        now = now.AddMinutes(2);
        Assert.Equal("t2", signIn.GetToken(Resource, CancellationToken.None).Token);
        now = now.AddMinutes(56);
        var failure = Assert.Throws<NsgFlowException>(() => signIn.GetToken(Resource, CancellationToken.None));
        Assert.Contains("Az session: the login has ended", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("managed identity", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"access_token":"t","expires_on":"1795428000"}""", 60)]
    [InlineData("""{"access_token":"t","expires_on":1795428000}""", 60)]
    [InlineData("""{"access_token":"t","expires_on":"11/23/2026 10:00:00 +00:00"}""", 60)]
    [InlineData("""{"access_token":"t","expires_on":"2026-11-23T10:00:00Z"}""", 60)]
    [InlineData("""{"access_token":"t","expires_in":"1800"}""", 30)]
    [InlineData("""{"access_token":"t"}""", 10)]
    public void The_expiry_is_read_in_every_spelling(string body, int minutes) =>
        Assert.Equal(s_now.AddMinutes(minutes), IdentityEndpoint.Read(body, s_now).ExpiresOn);

    [Theory]
    [InlineData("<html>SECRET</html>")]
    [InlineData("{\"token\":\"SECRET\"}")]
    [InlineData("[\"SECRET\"]")]
    public void An_answer_that_is_none_is_not_shown(string body)
    {
        var failure = Assert.Throws<SignInStepException>(() => IdentityEndpoint.Read(body, s_now));
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_prerequisites_decide_what_is_tried()
    {
        SignInOptions Options(params (string, string)[] values) => new() { Variable = Environment(values) };
        Assert.Null(new EnvironmentStep(Options(("AZURE_TENANT_ID", "t"), ("AZURE_CLIENT_ID", "c"), ("AZURE_CLIENT_SECRET", "s"))).Missing());
        Assert.NotNull(new EnvironmentStep(Options(("AZURE_TENANT_ID", "t"), ("AZURE_CLIENT_ID", "c"))).Missing());
        Assert.Null(new WorkloadStep(Options(("AZURE_TENANT_ID", "t"), ("AZURE_CLIENT_ID", "c"), ("AZURE_FEDERATED_TOKEN_FILE", "/f"))).Missing());
        Assert.NotNull(new WorkloadStep(Options(("AZURE_CLIENT_ID", "c"))).Missing());
        Assert.NotNull(new ManagedIdentityStep(Options(("IDENTITY_ENDPOINT", "http://127.0.0.1"))).Missing());
        Assert.Null(new ManagedIdentityStep(new SignInOptions { Method = SignInMethod.ManagedIdentity, Variable = Environment() }).Missing());
        Assert.Null(new ManagedIdentityStep(Options(("IDENTITY_ENDPOINT", "http://127.0.0.1"), ("IMDS_ENDPOINT", "http://127.0.0.1"))).Missing());
        Assert.NotNull(new CliStep(Options(("PATH", "/nowhere"))).Missing());
    }

    [Fact]
    public void Stop_ends_an_endpoint_that_is_silent()
    {
        using var end = new ManualResetEventSlim();
        using var silent = new FaultProxy(1) { Decide = _ => new Fault(Before: () => end.Wait(TimeSpan.FromSeconds(30)), Status: 500) };
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var signIn = With(null, ("IDENTITY_ENDPOINT", $"http://127.0.0.1:{silent.Port}/t"), ("IDENTITY_HEADER", "h"));
        Assert.ThrowsAny<OperationCanceledException>(() => signIn.GetToken(Resource, stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
        end.Set();
    }

    private static AzureSignIn With(List<string>? said, params (string Name, string Value)[] values) =>
        new(new SignInOptions { Variable = Environment(values), Verbose = said is null ? null : said.Add });

    private static Func<string, string?> Environment(params (string Name, string Value)[] values)
    {
        var all = values.ToDictionary(static v => v.Name, static v => v.Value);
        return name => all.GetValueOrDefault(name);
    }
}
