using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>With what a checkpoint's blob is opened, and that no secret shows.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class CheckpointAccessTests(Azurite azurite)
{
    [AzuriteFact]
    public void The_SAS_in_the_URL_opens_it_and_is_not_shown()
    {
        var place = new CheckpointPlace(azurite);
        var said = new ConcurrentQueue<string>();
        var sas = Sas(place, BlobSasPermissions.Read | BlobSasPermissions.Create | BlobSasPermissions.Write);

        // What is read with something else in the same account does not matter then.
        var reading = new StorageConnection { Account = place.Account.Endpoint.AbsoluteUri, Credential = StorageCredential.FromSas("sp=rl&sig=OTHER") };
        var connection = new CheckpointConnection(place.Url() + "?" + sas) { Reading = reading, Verbose = said.Enqueue, Tuning = CheckpointPlace.Tuning() };
        using var store = connection.Open(default);
        Assert.Null(store.Read());
        store.Write("first"u8.ToArray());
        Assert.Equal("first", place.Text());
        Assert.Equal(place.Url(), store.Name);
        var busy = Assert.Throws<NsgFlowException>(() => connection.Open(default));
        place.Blob.GetBlobLeaseClient().Break(TimeSpan.Zero);
        var lost = Assert.Throws<NsgFlowException>(() => store.Write("second"u8.ToArray()));
        Hidden(Signature(sas), store, connection, busy, lost, string.Join('\n', said));
    }

    [AzuriteFact]
    public void A_SAS_that_only_reads_is_refused_and_the_one_that_is_needed_is_named()
    {
        var place = new CheckpointPlace(azurite);
        place.Write(string.Empty);
        foreach (var permissions in new[] { BlobSasPermissions.Read, BlobSasPermissions.Read | BlobSasPermissions.Create })
        {
            var sas = Sas(place, permissions);
            var denied = Assert.Throws<NsgFlowException>(() => new CheckpointConnection(place.Url() + "?" + sas).Open(default));
            Assert.Equal("StorageAccessDenied", denied.ErrorId);
            Assert.Contains("sp=rcw", denied.RecommendedAction, StringComparison.Ordinal);
            Assert.Contains("state/flows.json", denied.Message, StringComparison.Ordinal);
            Hidden(Signature(sas), denied);
        }
    }

    [AzuriteFact]
    public void What_the_account_is_read_with_opens_it_too()
    {
        var place = new CheckpointPlace(azurite);
        var text = $"DefaultEndpointsProtocol=http;AccountName={place.Account.Name};AccountKey={TestAccount.Key};BlobEndpoint={place.Account.Endpoint};";
        StorageConnection[] ways =
        [
            new() { Credential = StorageCredential.FromConnectionString(text) },
            new() { Account = place.Account.Endpoint + "/insights-logs-flowlogflowevent", Credential = StorageCredential.FromKey(TestAccount.Key) },
            new() { Account = place.Account.Endpoint + "?" + AccountSas(place.Account) },
        ];
        for (var i = 0; i < ways.Length; i++)
        {
            using var store = new CheckpointConnection(place.Url()) { Reading = ways[i], SignIn = static () => throw new InvalidOperationException("Not needed.") }.Open(default);
            store.Write([(byte)('a' + i)]);
            Assert.Equal(new string((char)('a' + i), 1), place.Text());
            Hidden(TestAccount.Key, store);
        }
    }

    [AzuriteFact]
    public void The_emulator_needs_nothing_else()
    {
        var account = azurite.EmulatorAccount;
        var container = account.Client.GetBlobContainerClient("state" + Guid.NewGuid().ToString("N"));
        container.Create();
        using var store = new CheckpointConnection($"http://127.0.0.1:{azurite.Port}/devstoreaccount1/{container.Name}/a/b.json").Open(default);
        store.Write("x"u8.ToArray());
        Assert.Equal("x", container.GetBlobClient("a/b.json").DownloadContent().Value.Content.ToString());
    }

    [Fact]
    public void Another_account_is_opened_by_the_sign_in_and_a_refusal_names_the_role()
    {
        using var network = new Network();
        var reading = new StorageConnection { Account = "logs", Credential = StorageCredential.FromKey("S0VZLVNFQ1JFVA==") };
        var signIn = new AzureSignIn(new SignInOptions { AccessToken = new SignInToken("TOKEN-SECRET", DateTimeOffset.MaxValue), Method = SignInMethod.AccessToken });
        var connection = Connection("https://other.blob.core.windows.net/state/x.json", reading, () => signIn, network);
        var denied = Assert.Throws<NsgFlowException>(() => connection.Open(default));

        Assert.Equal("Bearer TOKEN-SECRET", Assert.Single(network.Authorizations));
        Assert.Equal("StorageAccessDenied", denied.ErrorId);
        Assert.StartsWith("The checkpoint 'https://other.blob.core.windows.net/state/x.json' cannot be used. Access to ", denied.Message, StringComparison.Ordinal);
        Assert.Contains("*Storage Blob Data Contributor* on storage account 'other' or its container 'state'", denied.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", denied.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_that_was_given_for_reading_is_good_for_another_account()
    {
        using var network = new Network();
        var reading = new StorageConnection { Account = "logs", Credential = StorageCredential.FromAccessToken("GIVEN") };
        var connection = Connection("https://other.blob.core.windows.net/state/x.json", reading, static () => throw new InvalidOperationException("Not needed."), network);
        Assert.Equal("StorageAccessDenied", Assert.Throws<NsgFlowException>(() => connection.Open(default)).ErrorId);
        Assert.Equal("Bearer GIVEN", Assert.Single(network.Authorizations));
    }

    [Theory]
    [InlineData("http://other.blob.core.windows.net/state/x.json?sig=SECRET", "InsecureStorageUrl")]
    [InlineData("http://other.blob.core.windows.net/state/x.json", "InsecureStorageUrl")]
    [InlineData("https://user:SECRET@other.blob.core.windows.net/state/x.json", "InvalidStorageAccount")]
    [InlineData("https://", "InvalidStorageAccount")]
    [InlineData("https://other.blob.core.windows.net/state/x.json?sv=2024-11-04&sp=rcw", "InvalidStorageCredential")]
    [InlineData("https://other.blob.core.windows.net/state/x.json?sp=rcw&sig=", "InvalidStorageCredential")]
    [InlineData("https://other.blob.core.windows.net/insights-logs-flowlogflowevent/x.json?sig=SECRET", "CheckpointUnusable")]
    [InlineData("https://other.blob.core.windows.net/insights-logs-networksecuritygroupflowevent/state/x.json", "CheckpointUnusable")]
    [InlineData("https://other.example.org/state/x.json", "InsecureStorageUrl")]
    [InlineData("https://other.blob.core.windows.net.example.org/state/x.json", "InsecureStorageUrl")]
    public void An_address_that_cannot_be_used_is_an_error_and_nothing_is_sent(string url, string id)
    {
        using var network = new Network();
        var signIn = new AzureSignIn(new SignInOptions { AccessToken = new SignInToken("TOKEN", DateTimeOffset.MaxValue), Method = SignInMethod.AccessToken });
        var failure = Assert.Throws<NsgFlowException>(() => Connection(url, null, () => signIn, network).Open(default));
        Assert.Equal(id, failure.ErrorId);
        Assert.Contains("heckpoint", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure + failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(network.Authorizations);
    }

    [Fact]
    public void A_token_for_reading_goes_to_no_host_of_others()
    {
        using var network = new Network();
        var reading = new StorageConnection { Account = "logs", Credential = StorageCredential.FromAccessToken("SECRET") };
        var failure = Assert.Throws<NsgFlowException>(() => Connection("https://example.org/state/x.json", reading, static () => throw new InvalidOperationException("Not needed."), network).Open(default));
        Assert.Equal("InsecureStorageUrl", failure.ErrorId);
        Assert.Contains("SAS", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(network.Authorizations);
    }

    [Fact]
    public void A_container_that_is_read_takes_no_checkpoint()
    {
        using var network = new Network();
        var reading = new StorageConnection { Account = "logs", Containers = ["box"], Credential = StorageCredential.FromAccessToken("T") };
        NsgFlowException Failure(string url) => Assert.Throws<NsgFlowException>(() => Connection(url, reading, static () => throw new InvalidOperationException("Not needed."), network).Open(default));
        Assert.Equal("CheckpointUnusable", Failure("https://logs.blob.core.windows.net/box/x.json?sig=S").ErrorId);
        Assert.Equal("CheckpointUnusable", Failure("https://LOGS.blob.core.windows.net/box/x.json").ErrorId);
        Assert.Empty(network.Authorizations);

        // Another account's is another container.
        Assert.Equal("StorageAccessDenied", Failure("https://other.blob.core.windows.net/box/x.json?sig=S").ErrorId);
    }

    [Fact]
    public void Who_is_not_signed_in_hears_that_it_is_for_the_checkpoint()
    {
        using var network = new Network();
        var failure = Assert.Throws<NsgFlowException>(() => Connection("https://other.blob.core.windows.net/state/x.json", null, static () => new AzureSignIn(new SignInOptions { Variable = static _ => null }), network).Open(default));
        Assert.Equal("NotSignedIn", failure.ErrorId);
        Assert.StartsWith("The checkpoint 'https://other.blob.core.windows.net/state/x.json' cannot be used. ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_anything_to_open_it_with_that_is_said()
    {
        var failure = Assert.Throws<NsgFlowException>(() => new CheckpointConnection("https://other.blob.core.windows.net/state/x.json").Open(default));
        Assert.Equal("InvalidStorageCredential", failure.ErrorId);
    }

    private static CheckpointConnection Connection(string url, StorageConnection? reading, Func<AzureSignIn> signIn, Network network) => new(url)
    {
        Reading = reading,
        SignIn = signIn,
        Tuning = new StorageTuning { MaxRetries = 0, Transport = new HttpClientTransport(network) },
    };

    private static string Sas(CheckpointPlace place, BlobSasPermissions permissions)
    {
        var builder = new BlobSasBuilder(permissions, DateTimeOffset.UtcNow.AddYears(1)) { BlobContainerName = "state", BlobName = "flows.json", Protocol = SasProtocol.HttpsAndHttp };
        return builder.ToSasQueryParameters(place.Account.SharedKey).ToString();
    }

    private static string AccountSas(TestAccount account) =>
        new AccountSasBuilder(AccountSasPermissions.All, DateTimeOffset.UtcNow.AddYears(1), AccountSasServices.Blobs, AccountSasResourceTypes.All) { Protocol = SasProtocol.HttpsAndHttp }
            .ToSasQueryParameters(account.SharedKey).ToString();

    private static string Signature(string sas) => sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..];

    /// <summary>No part of a secret is in the texts of these.</summary>
    private static void Hidden(string secret, params object[] things)
    {
        foreach (var thing in things)
        {
            var text = thing is NsgFlowException failure ? failure + failure.RecommendedAction : thing.ToString() + (thing as CheckpointBlob)?.Name;
            Assert.DoesNotContain("sig=", text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[..20], text, StringComparison.Ordinal);
        }
    }

    private sealed class Network : HttpMessageHandler
    {
        public ConcurrentQueue<string> Authorizations { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorizations.Enqueue(request.Headers.Authorization?.ToString() ?? string.Empty);
            var answer = new HttpResponseMessage(HttpStatusCode.Forbidden) { RequestMessage = request, Content = new ByteArrayContent([]) };
            answer.Headers.Add("x-ms-error-code", "AuthorizationPermissionMismatch");
            return Task.FromResult(answer);
        }
    }
}
