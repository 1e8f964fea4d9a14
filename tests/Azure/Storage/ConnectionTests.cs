using System;
using System.Linq;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

public sealed class ConnectionTests
{
    private const string Key = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA==";

    [Theory]
    [InlineData("myaccount", "https://myaccount.blob.core.windows.net/", "myaccount", null)]
    [InlineData(" MyAccount ", "https://myaccount.blob.core.windows.net/", "myaccount", null)]
    [InlineData("myaccount.blob.core.windows.net", "https://myaccount.blob.core.windows.net/", "myaccount", null)]
    [InlineData("https://myaccount.blob.core.windows.net/box/", "https://myaccount.blob.core.windows.net/", "myaccount", "box")]
    [InlineData("https://myaccount.privatelink.blob.core.windows.net", "https://myaccount.privatelink.blob.core.windows.net/", "myaccount.privatelink", null)]
    [InlineData("https://logs.example.org/", "https://logs.example.org/", "logs.example.org", null)]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/box", "http://127.0.0.1:10000/devstoreaccount1", "devstoreaccount1", "box")]
    [InlineData("http://localhost:7777/acc", "http://127.0.0.1:7777/acc", "acc", null)]
    [InlineData("emulator", "http://127.0.0.1:10000/devstoreaccount1", "devstoreaccount1", null)]
    [InlineData("UseDevelopmentStorage=true;", "http://127.0.0.1:10000/devstoreaccount1", "devstoreaccount1", null)]
    [InlineData("/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acc9", "https://acc9.blob.core.windows.net/", "acc9", null)]
    public void An_account_is_understood_in_many_forms(string text, string endpoint, string account, string? container)
    {
        var address = StorageAddress.Parse(text, AzureCloud.Public);
        Assert.Equal((endpoint, account, container), (address.Endpoint.AbsoluteUri, address.Account, address.Container));
    }

    [Theory]
    [InlineData("AzureUSGovernment", "https://acc.blob.core.usgovcloudapi.net/")]
    [InlineData("azurechinacloud", "https://acc.blob.core.chinacloudapi.cn/")]
    public void The_cloud_tells_where_an_account_is(string cloud, string endpoint) =>
        Assert.Equal(endpoint, StorageAddress.Parse("acc", AzureCloud.Find(cloud)!).Endpoint.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("not valid")]
    [InlineData("ftp://myaccount")]
    [InlineData("http://127.0.0.1:10000")]
    [InlineData("https://user:password@myaccount.blob.core.windows.net")]
    [InlineData("AccountName=x;AccountKey=" + Key)]
    public void What_is_no_account_is_refused(string? text)
    {
        var failure = Assert.Throws<NsgFlowException>(() => Open(text, StorageCredential.FromKey(Key)));
        Assert.Equal("InvalidStorageAccount", failure.ErrorId);
        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("password", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_do_not_go_over_http()
    {
        var signIn = new AzureSignIn(new SignInOptions());
        StorageCredential[] all =
        [
            StorageCredential.FromKey(Key), StorageCredential.FromSas("sv=1&sig=abc"),
            StorageCredential.FromAccessToken("token-text"), StorageCredential.FromSignIn(signIn),
        ];
        foreach (var credential in all)
        {
            Refused("http://myaccount.blob.core.windows.net", credential);
        }

        Refused("http://myaccount.blob.core.windows.net/c?sv=1&sig=abc", null);
        Refused("http://127.0.0.1:10000/devstoreaccount1", all[2]);
        Refused(null, StorageCredential.FromConnectionString($"DefaultEndpointsProtocol=http;AccountName=acc;AccountKey={Key};EndpointSuffix=core.windows.net"));
        Assert.Equal("acc", Open("http://127.0.0.1:1/acc", all[0]).Account);
        Assert.Equal("acc", Open("acc", all[3]).Account);
    }

    [Theory]
    [InlineData("https://acc.blob.core.windows.net", true)]
    [InlineData("https://acc-secondary.BLOB.core.windows.net/box", true)]
    [InlineData("https://acc.privatelink.blob.core.windows.net", true)]
    [InlineData("https://acc.z01.blob.storage.azure.net", true)]
    [InlineData("https://acc.blob.core.usgovcloudapi.net", true)]
    [InlineData("https://acc.blob.core.chinacloudapi.cn", true)]
    [InlineData("https://127.0.0.1:10000/acc", true)]
    [InlineData("https://localhost:10000/acc", true)]
    [InlineData("https://acc.blob.stack.test", false)]
    [InlineData("https://logs.example.org", false)]
    [InlineData("https://10.0.0.4/acc", false)]
    [InlineData("https://acc.blob.core.windows.net.example.org", false)]
    [InlineData("https://evilblob.core.windows.net", false)]
    [InlineData("https://acc.blob.core.windows.net@example.org", false)]
    [InlineData("acc.example.org", false)]
    public void A_token_goes_to_hosts_of_Azure_Storage_only(string account, bool isSent)
    {
        foreach (var token in new[] { StorageCredential.FromAccessToken("token-text"), StorageCredential.FromSignIn(new AzureSignIn(new SignInOptions())) })
        {
            if (isSent)
            {
                Open(account, token);
            }
            else
            {
                var failure = Assert.Throws<NsgFlowException>(() => Open(account, token));
                Assert.Equal(account.Contains('@', StringComparison.Ordinal) ? "InvalidStorageAccount" : "InsecureStorageUrl", failure.ErrorId);
            }
        }
    }

    [Fact]
    public void A_token_goes_to_the_hosts_of_a_custom_cloud_and_to_those_that_Azure_named()
    {
        var token = StorageCredential.FromAccessToken("token-text");
        foreach (var suffix in new[] { "stack.test", "stack.test:8443" })
        {
            var stack = AzureCloud.Custom("Stack", "https://management.stack.test", storageSuffix: suffix);
            new StorageConnection { Account = "acc", Credential = token, Cloud = stack }.Open();
            new StorageConnection { Account = "https://acc.blob." + suffix, Credential = token, Cloud = stack }.Open();
            Assert.Throws<NsgFlowException>(() => new StorageConnection { Account = "https://acc.blob.other.test", Credential = token, Cloud = stack }.Open());
        }

        new StorageConnection { Account = "https://acc.example.org", Credential = token, IsNamedByAzure = true }.Open();
        Open("https://logs.example.org", StorageCredential.FromKey(Key));
        Open("https://logs.example.org/?sv=1&sig=abc", null);
    }

    [Fact]
    public void A_credential_that_is_none_is_refused_without_showing_it()
    {
        Invalid("acc", StorageCredential.FromKey("this is no base64!"), "this is");
        Invalid(null, StorageCredential.FromConnectionString("AccountKey=" + Key), Key);
        Invalid(null, StorageCredential.FromConnectionString("nonsense-secret"), "nonsense");
        Invalid("acc", null, "?");
        Invalid("https://acc.blob.core.windows.net/box?sv=2024-11-04", StorageCredential.FromKey(Key), "2024");
        Assert.Equal("devstoreaccount1", Open("emulator", null).Account);
        Assert.Equal("devstoreaccount1", Open(null, StorageCredential.FromConnectionString("UseDevelopmentStorage=true")).Account);
    }

    [Fact]
    public void The_default_containers_are_the_two_that_azure_writes_to()
    {
        Assert.Equal([FlowContainers.Nsg, FlowContainers.VirtualNetwork], Open("emulator", null).Containers);
        Assert.Equal(["box"], Open("https://acc.blob.core.windows.net/box", StorageCredential.FromKey(Key)).Containers);
    }

    [Fact]
    public void A_host_that_is_not_known_is_told_at_once()
    {
        // .invalid is never resolved (RFC 2606), and with one answer from the resolver nothing is repeated.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var store = Open("https://acc.blob.nowhere.invalid", StorageCredential.FromKey(Key));
        var failure = Assert.Throws<NsgFlowException>(() => store.List(FlowBlobQuery.Everything, default).ToArray());
        Assert.Contains(failure.ErrorId, new[] { "StorageAccountNotFound", "StorageUnavailable" });
        if (failure.ErrorId == "StorageAccountNotFound")
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"took {clock.Elapsed}");
        }
    }

    [Fact]
    public void A_port_nobody_listens_at_is_told_without_asking_again()
    {
        // A port that was free a moment ago.
        var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var connection = new StorageConnection { Account = $"http://127.0.0.1:{port}/devstoreaccount1", Credential = StorageCredential.FromKey(Key), Verbose = asked.Enqueue };
        var failure = Assert.Throws<NsgFlowException>(() => connection.Open().List(FlowBlobQuery.Everything, default).ToArray());
        Assert.Equal("StorageUnavailable", failure.ErrorId);
        Assert.Contains($"Nobody listens at 127.0.0.1:{port} ", failure.Message);
        Assert.Contains("Azurite", failure.RecommendedAction);
        Assert.DoesNotContain(asked, static line => line.Contains("asking again"));
    }

    [Fact]
    public void No_type_of_the_sdk_is_in_a_public_signature()
    {
        var types = typeof(BlobStorageStore).Assembly.GetExportedTypes();
        var used = types.SelectMany(static t => t.GetMembers()).SelectMany(static m => m switch
        {
            System.Reflection.MethodBase method => method.GetParameters().Select(static p => p.ParameterType)
                .Append(method is System.Reflection.MethodInfo info ? info.ReturnType : typeof(void)),
            System.Reflection.PropertyInfo property => [property.PropertyType],
            _ => [],
        }).Concat(types.Select(static t => t.BaseType ?? typeof(object)));
        Assert.DoesNotContain(used, static t => t.FullName?.StartsWith("Azure.", StringComparison.Ordinal) == true);
    }

    private static BlobStorageStore Open(string? account, StorageCredential? credential) =>
        new StorageConnection { Account = account, Credential = credential }.Open();

    private static void Refused(string? account, StorageCredential? credential)
    {
        var failure = Assert.Throws<NsgFlowException>(() => Open(account, credential));
        Assert.Equal("InsecureStorageUrl", failure.ErrorId);
        Assert.DoesNotContain("sig=", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
    }

    private static void Invalid(string? account, StorageCredential? credential, string secret)
    {
        var failure = Assert.Throws<NsgFlowException>(() => Open(account, credential));
        Assert.Equal("InvalidStorageCredential", failure.ErrorId);
        Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
    }
}
