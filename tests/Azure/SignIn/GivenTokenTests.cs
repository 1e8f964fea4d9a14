using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using NsgFlow.Azure;
using NsgFlow.Azure.SignIn;
using Xunit;

namespace NsgFlow.AzureTests.SignIn;

/// <summary>Tokens that the caller has already, and what they say of their owner.</summary>
public sealed class GivenTokenTests
{
    [Theory]
    [InlineData("""{"upn":"ann@contoso.com","unique_name":"x","appid":"a","tid":"t"}""", "ann@contoso.com", "t")]
    [InlineData("""{"preferred_username":"ann@contoso.com","oid":"o"}""", "ann@contoso.com", null)]
    [InlineData("""{"appid":"app","oid":"o","tid":"t","idtyp":"app"}""", "app", "t")]
    [InlineData("""{"azp":"app","oid":"o"}""", "app", null)]
    [InlineData("""{"oid":"o","upn":"","tid":7}""", "o", null)]
    [InlineData("{}", null, null)]
    [InlineData("[1]", null, null)]
    [InlineData("SECRET", null, null)]
    public void The_account_is_what_the_token_says(string claims, string? account, string? tenant)
    {
        var read = TokenClaims.Read(Token(claims));
        Assert.Equal(account, read.Account);
        Assert.Equal(tenant, read.TenantId);
        Assert.Null(read.ExpiresOn);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("a.%%%.c")]
    [InlineData("..")]
    public void A_token_that_is_no_JWT_says_nothing(string token) => Assert.Null(TokenClaims.Read(token).Account);

    [Fact]
    public void The_expiry_is_the_tokens_own()
    {
        var token = Token("""{"exp":4102444800}""");
        Assert.Equal(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), SignInToken.Parse(token).ExpiresOn);
        Assert.Equal(token, SignInToken.Parse($" bearer {token}\n").Token);
        Assert.Equal(DateTimeOffset.MaxValue, SignInToken.Parse("opaque").ExpiresOn);
        Assert.Equal(DateTimeOffset.MaxValue, SignInToken.Parse(Token("""{"exp":9e18}""")).ExpiresOn);
    }

    [Fact]
    public void Each_resource_has_its_own_and_a_missing_one_is_told()
    {
        var signIn = Given(("https://management.azure.com/", Token("{}")), (AzureSignIn.StorageResource, "SECRET-STORAGE"));

        Assert.Equal("SECRET-STORAGE", signIn.GetToken(AzureSignIn.StorageResource, CancellationToken.None).Token);
        var failure = Assert.Throws<NsgFlowException>(() => signIn.GetToken("https://api.loganalytics.io/", CancellationToken.None));

        Assert.Contains("none was given for https://api.loganalytics.io/", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-LogAnalyticsAccessToken", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_has_expired_is_told_and_not_sent()
    {
        var signIn = Given(("r", Token("""{"exp":1000000000}""")));
        var failure = Assert.Throws<NsgFlowException>(() => signIn.GetToken("r", CancellationToken.None));
        Assert.Contains("it expired at 2001-09-09T01:46:40Z", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_context_holds_no_secret()
    {
        var cloud = AzureCloud.China;
        var signIn = Given((cloud.ResourceManagerAudience, Token("""{"upn":"ann@contoso.cn","tid":"t","exp":4102444800}""")));
        var connection = new AzureConnection(cloud, signIn) { Subscriptions = ["prod-*"] };

        var context = connection.Describe(cloud.ResourceManagerAudience, isConnected: true, verbose: null, CancellationToken.None);

        Assert.Equal("ann@contoso.cn", context.Account);
        Assert.Equal("t", context.TenantId);
        Assert.Equal(SignInMethod.AccessToken, context.Method);
        Assert.Equal("AzureChinaCloud", context.Environment);
        Assert.Equal(cloud.ResourceManager, context.ResourceManagerUrl);
        Assert.Equal(["prod-*"], context.Subscriptions);
        Assert.Equal(new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc), context.ExpiresOn);
        Assert.True(context.IsConnected);
        foreach (var text in new[] { context.ToString(), connection.ToString(), signIn.ToString(), System.Text.Json.JsonSerializer.Serialize(context) })
        {
            Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        }
    }

    private static AzureSignIn Given(params (string Resource, string Token)[] tokens)
    {
        var all = new Dictionary<string, SignInToken>();
        foreach (var (resource, token) in tokens)
        {
            all[resource] = SignInToken.Parse(token);
        }

        return new AzureSignIn(new SignInOptions { Method = SignInMethod.AccessToken, AccessTokens = all, Variable = static _ => null });
    }

    private static string Token(string claims) => $"e30.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.SECRETSIG";
}
