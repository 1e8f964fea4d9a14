using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Azure;
using NsgFlow.Azure.Arm;
using NsgFlow.Azure.SignIn;
using Xunit;

namespace NsgFlow.AzureTests.Arm;

/// <summary>What is asked again, and what errors say.</summary>
public sealed class FailureTests
{
    private const string Id = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/networkWatchers/w/flowLogs/fl";

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    public void Trouble_that_passes_is_waited_for(int status)
    {
        var arm = new ScriptedArm().Answer(status, "<html/>").Answer(status).Answer(200, """{"id":"/x"}""");
        Assert.NotNull(arm.Open().Get(Id, "v", default));
        Assert.Equal(3, arm.Asked.Count);
        Assert.Equal(2, arm.Verbose.Count(line => line == $"ARM: HTTP {status}; asking again"));
    }

    [Fact]
    public void A_connection_that_breaks_is_made_again_also_for_writes()
    {
        var arm = new ScriptedArm().Break(new HttpRequestException("x", new IOException("broken"))).Answer(200, """{"id":"/x"}""");
        arm.Open().Put(Id, "v", """{"a":1}""", ArmWait.ToTheEnd, default);
        Assert.Equal(["""{"a":1}""", """{"a":1}"""], arm.Asked.Select(a => a.Body));
    }

    [Theory]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(429)]
    public void Another_operation_is_waited_for(int status)
    {
        var arm = new ScriptedArm();
        for (var i = 0; i < 8; i++)
            arm.Answer(status, Error("AnotherOperationInProgress"));
        arm.Answer(200, """{"id":"/x"}""");
        arm.Open().Put(Id, "v", "{}", ArmWait.ToTheEnd, default);
        Assert.Equal(9, arm.Asked.Count);
    }

    [Fact]
    public void A_write_that_was_taken_and_lost_against_another_one_is_sent_again()
    {
        var arm = new ScriptedArm()
            .Answer(201, """{"id":"/x"}""", ("Azure-AsyncOperation", ScriptedArm.Host + "/op"))
            .Answer(200, """{"status":"Failed","error":{"code":"AnotherOperationInProgress","message":"m"}}""")
            .Answer(201, """{"id":"/x"}""", ("Azure-AsyncOperation", ScriptedArm.Host + "/op"))
            .Answer(200, """{"status":"Succeeded"}""")
            .Answer(200, """{"id":"/x"}""");
        arm.Open().Put(Id, "v", "{}", ArmWait.ToTheEnd, default);
        Assert.Equal(5, arm.Asked.Count);
    }

    [Fact]
    public void Another_operation_that_does_not_end_is_an_error()
    {
        var arm = new ScriptedArm().Answer(409, Error("AnotherOperationInProgress"));
        Assert.Equal("AnotherOperationInProgress", Fails(arm, 409).ErrorId);
        Assert.Equal(14, arm.Asked.Count);
    }

    [Fact]
    public void Another_conflict_is_not_asked_again()
    {
        var arm = new ScriptedArm().Answer(409, Error("ScopeLocked"));
        Assert.Contains("A lock", Fails(arm, 409).RecommendedAction, StringComparison.Ordinal);
        Assert.Single(arm.Asked);
    }

    [Theory]
    [InlineData("Retry-After", "1")]
    [InlineData("Retry-After", "date")]
    [InlineData("x-ms-user-quota-resets-after", "00:00:01")]
    public void Throttling_says_how_long_to_wait(string header, string value)
    {
        if (value == "date")
            value = DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture);
        var arm = new ScriptedArm().Answer(429, Error("RateLimiting"), (header, value)).Answer(200, """{"id":"/x"}""");
        var clock = Stopwatch.StartNew();
        arm.Open().Get(Id, "v", default);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.7, 10);
    }

    [Theory]
    [InlineData("Retry-After", "3600")]
    [InlineData("x-ms-user-quota-resets-after", "01:00:00")]
    public void Nobody_waits_for_an_hour(string header, string value)
    {
        var arm = new ScriptedArm().Answer(429, Error("SubscriptionRequestsThrottled"), (header, value));
        Assert.Equal("ArmThrottled", Fails(arm, 429).ErrorId);
        Assert.Single(arm.Asked);
    }

    [Fact]
    public void Waiting_to_ask_again_is_cancelled_at_once()
    {
        var arm = new ScriptedArm().Answer(503, "", ("Retry-After", "60"));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => arm.Open().Get(Id, "v", stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "the host management.azure.com is not known", 1)]
    [InlineData(SocketError.ConnectionRefused, "nobody listens at management.azure.com", 1)]
    [InlineData(SocketError.ConnectionReset, "management.azure.com cannot be reached: ConnectionReset", 6)]
    public void Without_a_network_the_error_says_what_is_missing(SocketError error, string why, int requests)
    {
        var arm = new ScriptedArm().Break(new HttpRequestException("x", new SocketException((int)error)));
        var failure = Fails(arm, 0);
        Assert.Equal("ArmUnavailable", failure.ErrorId);
        Assert.Equal($"Writing {Id} failed: {why}.", failure.Message);
        Assert.Equal(requests, arm.Asked.Count);
    }

    [Fact]
    public void A_certificate_that_is_not_trusted_is_told_as_such()
    {
        var arm = new ScriptedArm().Break(new HttpRequestException("x", new AuthenticationException("y")));
        Assert.Contains("TLS certificate", Fails(arm, 0).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "InvalidTAWorkspaceRegion", "ArmRequestFailed", "workspace's own region")]
    [InlineData(400, "NsgFlowLogCreationBlocked", "NsgFlowLogCreationBlocked", "Enable-NsgFlowLog -VirtualNetwork")]
    [InlineData(409, "MissingSubscriptionRegistration", "ProviderNotRegistered", "-ProviderNamespace Microsoft.Some")]
    [InlineData(403, "GatewayAuthenticationFailed", "ProviderNotRegistered", "Register-AzResourceProvider")]
    [InlineData(404, "ParentResourceNotFound", "NetworkWatcherMissing", "Network Watcher is not enabled")]
    [InlineData(404, "ResourceGroupNotFound", "NetworkWatcherMissing", "Network Watcher is not enabled")]
    [InlineData(409, "ReadOnlyDisabledSubscription", "ArmRequestFailed", "disabled")]
    [InlineData(403, "RequestDisallowedByPolicy", "ArmRequestFailed", "Azure Policy")]
    [InlineData(403, "AuthorizationFailed", "ArmAccessDenied", "*Network Contributor*")]
    [InlineData(404, "SubscriptionNotFound", "ResourceNotFound", "tenant")]
    [InlineData(400, "InvalidRequestFormat", "ArmRequestFailed", "searchable")]
    [InlineData(401, "ExpiredAuthenticationToken", "ArmUnauthorized", "Sign in again")]
    [InlineData(500, "InternalServerError", "ArmUnavailable", "Try again later")]
    public void A_refusal_has_its_id_and_says_what_to_do(int status, string code, string id, string action)
    {
        var arm = new ScriptedArm().Answer(
            status,
            Error(code, "The subscription is not registered to use namespace 'Microsoft.Some'.\\r\\nMore."),
            ("x-ms-request-id", "r"),
            ("X-MS-Correlation-Request-Id", "c-1"));

        var failure = Fails(arm, status);

        Assert.Equal(id, failure.ErrorId);
        Assert.Equal(code, failure.ServiceCode);
        Assert.Equal("c-1", failure.RequestId);
        Assert.Equal($"Writing {Id} was refused: The subscription is not registered to use namespace 'Microsoft.Some' ({code}, HTTP {status}, request c-1).", failure.Message);
        Assert.Contains(action, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_without_an_envelope_is_read_too()
    {
        var arm = new ScriptedArm().Answer(400, """{"code":"NsgFlowLogCreationBlocked","message":"On September 30, 2027 …"}""");
        Assert.Equal("NsgFlowLogCreationBlocked", Fails(arm, 400).ErrorId);
    }

    [Fact]
    public void Resource_Graph_has_its_reason_inside()
    {
        var arm = new ScriptedArm().Answer(
            400, """{"error":{"code":"BadRequest","message":"Please provide below info when asking for support: …","details":[{"code":"InvalidQuery","message":"Query is invalid."},{"code":"x"}]}}""");
        var failure = Assert.Throws<NsgFlowException>(() => arm.Open().Query(new GraphQuery("x"), default).Count());
        Assert.Equal("InvalidQuery", failure.ServiceCode);
        Assert.Equal("Asking Resource Graph was refused: Query is invalid (InvalidQuery, HTTP 400).", failure.Message);
    }

    [Theory]
    [InlineData(
        "The client 'a' with object id 'b' does not have authorization to perform action 'Microsoft.Network/networkWatchers/flowLogs/write' over scope '/subscriptions/1' or the scope is invalid.",
        "the action Microsoft.Network/networkWatchers/flowLogs/write on /subscriptions/1; the role *Network Contributor* has it")]
    [InlineData(
        "The client has permission to perform action 'Microsoft.Network/networkWatchers/flowLogs/write' on scope '/f'; however, it does not have permission to perform action(s) "
        + "'Microsoft.Storage/storageAccounts/listServiceSas/action' on the linked scope(s) '/s' (respectively) or the linked scope(s) are invalid.",
        "the action Microsoft.Storage/storageAccounts/listServiceSas/action on /s; the role *Storage Account Contributor* has it")]
    [InlineData("… perform action 'Microsoft.Network/virtualNetworks/read' over scope '/v' …", "the action Microsoft.Network/virtualNetworks/read on /v; the role *Reader* has it")]
    [InlineData("No.", "needs a role there")]
    public void A_missing_right_is_named(string message, string advice) =>
        Assert.Contains(advice, Fails(new ScriptedArm().Answer(403, Error("AuthorizationFailed", message)), 403).RecommendedAction, StringComparison.Ordinal);

    [Fact]
    public void The_tenant_that_a_subscription_belongs_to_is_named()
    {
        const string Tenant = "11111111-2222-3333-4444-555555555555";
        var arm = new ScriptedArm().Answer(
            401,
            Error("InvalidAuthenticationTokenTenant"),
            ("WWW-Authenticate", $"Bearer authorization_uri=\"https://login.windows.net/{Tenant}\", error=\"invalid_token\", error_description=\"{new string('x', 400)}\""));
        Assert.Contains("tenant " + Tenant, Fails(arm, 401).RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_that_come_back_are_not_shown()
    {
        const string Jwt = "eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJodHRw.c2lnbmF0dXJl";
        var arm = new ScriptedArm().Answer(400, Error("Bad", $"Token {ScriptedArm.Token} or {Jwt} or https://a.blob/?sv=1&sig=abc%2F12&se=2"));
        var failure = Fails(arm, 400);
        Assert.Contains("Token *** or *** or https://a.blob/?sv=1&sig=***&se=2", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedArm.Token, failure + string.Concat(arm.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_not_signed_in_sends_nothing()
    {
        var signIn = new AzureSignIn(new SignInOptions { Variable = static _ => null });
        var arm = new ScriptedArm().Answer(200, "{}");
        var adapter = new ArmAdapter(new AzureConnection(AzureCloud.Public, signIn), null, arm.Fast());
        Assert.Equal("NotSignedIn", Assert.Throws<NsgFlowException>(() => adapter.Get(Id, "v", default)).ErrorId);
        Assert.Empty(arm.Asked);
    }

    [Fact]
    public void The_token_is_asked_for_ARM_of_that_cloud()
    {
        string? asked = null;
        var signIn = new AzureSignIn(new SignInOptions
        {
            Session = resource =>
            {
                asked = resource;
                return new SignInToken("t", DateTimeOffset.UtcNow.AddHours(1));
            },
        });
        var arm = new ScriptedArm().Answer(404);
        new ArmAdapter(new AzureConnection(AzureCloud.China, signIn), null, arm.Fast()).Get(Id, "v", default);
        Assert.Equal(AzureCloud.China.ResourceManagerAudience, asked);
        Assert.StartsWith("GET https://management.chinacloudapi.cn/subscriptions/1/", arm.Lines[0], StringComparison.Ordinal);
    }

    private static NsgFlowException Fails(ScriptedArm arm, int status)
    {
        var failure = Assert.Throws<NsgFlowException>(() => arm.Open().Put(Id, "v", "{}", ArmWait.ToTheEnd, default));
        Assert.Contains(status == 0 ? "failed" : $"HTTP {status}", failure.Message, StringComparison.Ordinal);
        return failure;
    }

    private static string Error(string code, string message = "m") => $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""";
}
