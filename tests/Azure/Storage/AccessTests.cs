using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Sas;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

[Collection(AzuriteGroup.Name)]
public sealed class AccessTests(Azurite azurite)
{
    private static readonly string s_wrongKey = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("another key, as long as it has to be to look like one, secret!!!"));

    [AzuriteFact]
    public void A_wrong_key_is_told_and_not_shown()
    {
        var said = new ConcurrentQueue<string>();
        var credential = StorageCredential.FromKey(s_wrongKey);
        var store = FlowBlobs.Open(azurite.NewAccount().Endpoint, credential, verbose: said.Enqueue);

        var failure = Assert.Throws<NsgFlowException>(() => store.All());

        Assert.Equal("StorageAccessDenied", failure.ErrorId);
        Assert.Contains("HTTP 403, request ", failure.Message, StringComparison.Ordinal);
        Secret(s_wrongKey, failure, store, credential, string.Join('\n', said));
    }

    [AzuriteFact]
    public async Task A_sas_opens_and_an_expired_one_says_when()
    {
        var account = azurite.NewAccount();
        await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient(FlowContainers.Nsg), [FlowBlobs.Name(FlowBlobs.NsgTarget("N"), FlowBlobs.Now)]);
        var good = Sas(account, DateTimeOffset.UtcNow.AddYears(1));
        var said = new ConcurrentQueue<string>();
        var store = FlowBlobs.Open(account.Endpoint, StorageCredential.FromSas("?" + good), verbose: said.Enqueue);
        var blob = Assert.Single(store.All());
        Assert.Equal("{\"records\":[]}", FlowBlobs.Read(store.Open(blob, CancellationToken.None)));
        Secret(Signature(good), store, string.Join('\n', said), StorageCredential.FromSas(good), blob);

        // In the URL, as the portal gives it.
        var connection = new StorageConnection { Account = account.Endpoint + "?" + good };
        Assert.Single(connection.Open().All());
        Secret(Signature(good), connection);

        var old = Sas(account, new DateTimeOffset(2020, 11, 1, 0, 0, 0, TimeSpan.Zero));
        var expired = Assert.Throws<NsgFlowException>(() => FlowBlobs.Open(account.Endpoint, StorageCredential.FromSas(old)).All());
        Assert.Equal("StorageAccessDenied", expired.ErrorId);
        Assert.Contains("2020-11-01T00:00:00Z", expired.Message, StringComparison.Ordinal);
        Secret(Signature(old), expired);

        var writeOnly = Sas(account, DateTimeOffset.UtcNow.AddYears(1), AccountSasPermissions.Write);
        var denied = Assert.Throws<NsgFlowException>(() => FlowBlobs.Open(account.Endpoint, StorageCredential.FromSas(writeOnly)).All());
        Assert.Contains("does not permit", denied.Message, StringComparison.Ordinal);
        Assert.Contains("sp=rl", denied.RecommendedAction, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_connection_string_opens()
    {
        var account = azurite.NewAccount();
        await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient(FlowContainers.Nsg), [FlowBlobs.Name(FlowBlobs.NsgTarget("N"), FlowBlobs.Now)]);
        var text = $"DefaultEndpointsProtocol=http;AccountName={account.Name};AccountKey={TestAccount.Key};BlobEndpoint={account.Endpoint};";
        var store = new StorageConnection { Credential = StorageCredential.FromConnectionString(text) }.Open();

        Assert.Equal(account.Name, store.Account);
        Assert.Equal(account.Name, Assert.Single(store.All()).Account);
        Secret(TestAccount.Key, store);
    }

    [AzuriteFact]
    public void Whatever_the_proxy_answers_has_an_id_and_an_action()
    {
        var account = azurite.NewAccount();
        using var proxy = new FaultProxy(azurite.Port);
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), StorageCredential.FromKey(TestAccount.Key), retries: 0);
        foreach (var (status, code, id, part) in new[]
        {
            (403, "AuthorizationPermissionMismatch", "StorageAccessDenied", "Storage Blob Data Reader"),
            (403, "AuthorizationFailure", "StorageAccessDenied", "networking rules"),
            (403, "KeyBasedAuthenticationNotPermitted", "StorageAccessDenied", "Entra"),
            (403, "AuthenticationFailed", "StorageAccessDenied", "Copy the key again"),
            (401, "InvalidAuthenticationInfo", "StorageUnauthorized", "Sign in again"),
            (429, "TooManyRequests", "StorageThrottled", "later"),
            (503, "ServerBusy", "StorageThrottled", "later"),
            (500, "InternalError", "StorageUnavailable", "later"),
            (400, "InvalidQueryParameterValue", "StorageRequestFailed", "Check"),
        })
        {
            proxy.Decide = _ => new Fault(status, code);
            var failure = Assert.Throws<NsgFlowException>(() => store.All());
            Assert.Equal(id, failure.ErrorId);
            Assert.Contains($"{code}, HTTP {status}, request fault-request-id", failure.Message, StringComparison.Ordinal);
            Assert.Contains(part, failure.RecommendedAction, StringComparison.Ordinal);
            Secret(TestAccount.Key, failure);
        }
    }

    private static string Sas(TestAccount account, DateTimeOffset expires, AccountSasPermissions permissions = AccountSasPermissions.Read | AccountSasPermissions.List) =>
        new AccountSasBuilder(permissions, expires, AccountSasServices.Blobs, AccountSasResourceTypes.All) { Protocol = SasProtocol.HttpsAndHttp }
            .ToSasQueryParameters(account.SharedKey).ToString();

    private static string Signature(string sas) => sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..];

    /// <summary>No part of a secret is in the texts of these.</summary>
    private static void Secret(string secret, params object[] things)
    {
        foreach (var thing in things)
        {
            var text = thing is NsgFlowException failure ? failure + failure.RecommendedAction : thing.ToString()!;
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[..20], text, StringComparison.Ordinal);
        }
    }
}
