using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Identity;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests;

public sealed class SignInTests
{
    private const string Arm = "https://management.azure.com";

    [Fact]
    public async Task Microsofts_library_signs_a_program_in()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        var who = azure.World.Administrator;

        var token = await Credential(azure, who.Secret).GetTokenAsync(new TokenRequestContext([Arm + "/.default"]), default);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(azure, token.Token)).Status);
        Assert.InRange(token.ExpiresOn, DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(61));
        var refused = await Assert.ThrowsAsync<AuthenticationFailedException>(async () =>
            await Credential(azure, "wrong").GetTokenAsync(new TokenRequestContext([Arm + "/.default"]), default));
        Assert.Contains("AADSTS7000215", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(azure.Requests.All, r => r.Body.Contains(who.Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(azure.Requests.All, r => string.Concat(r.Headers.Values).Contains(token.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_managed_identity_shows_its_header()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var client = new HttpClient();
        var uri = new Uri(azure.IdentityEndpoint + "?resource=" + Arm + "/&api-version=2019-08-01");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(uri)).StatusCode);

        client.DefaultRequestHeaders.Add("X-IDENTITY-HEADER", azure.IdentityHeader);
        client.DefaultRequestHeaders.Add("Metadata", "true");
        var answer = JsonNode.Parse(await client.GetStringAsync(uri))!;

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(azure, answer["access_token"]!.ToString())).Status);
        Assert.Equal(azure.World.ManagedIdentity.ClientId, answer["client_id"]!.ToString());
        Assert.True(DateTimeOffset.FromUnixTimeSeconds(long.Parse(answer["expires_on"]!.ToString(), null)) > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Other_tokens_are_refused()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        Assert.Equal((HttpStatusCode.Unauthorized, "AuthenticationFailed"), await AskAsync(azure, null));
        Assert.Equal((HttpStatusCode.Unauthorized, "InvalidAuthenticationToken"), await AskAsync(azure, "made.up.token"));
        Assert.Equal((HttpStatusCode.Unauthorized, "InvalidAuthenticationTokenAudience"), await AskAsync(azure, azure.IssueToken("https://storage.azure.com/")));
        azure.Options.TokenLifetime = TimeSpan.FromSeconds(-1);
        Assert.Equal((HttpStatusCode.Unauthorized, "ExpiredAuthenticationToken"), await AskAsync(azure, azure.IssueToken()));
    }

    private static ClientSecretCredential Credential(AzureSimulator azure, string secret) => new(
        azure.World.TenantId,
        azure.World.Administrator.ClientId,
        secret,
        new ClientSecretCredentialOptions { AuthorityHost = azure.Authority, DisableInstanceDiscovery = true, Retry = { MaxRetries = 0 } });

    private static async Task<(HttpStatusCode Status, string? Code)> AskAsync(AzureSimulator azure, string? token)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync(new Uri(azure.ArmEndpoint, "subscriptions?api-version=2022-12-01"));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]?["code"]?.ToString());
    }
}
