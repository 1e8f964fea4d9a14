using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>Entra tokens go over https only, so the network is replaced here.</summary>
public sealed class TokenTests
{
    [Fact]
    public void A_token_is_sent_and_never_shown()
    {
        var network = new Network(HttpStatusCode.Forbidden, "AuthorizationPermissionMismatch");
        var store = Open(StorageCredential.FromAccessToken("SECRET-TOKEN"), network);

        var failure = Assert.Throws<NsgFlowException>(() => store.List(FlowBlobQuery.Everything, default).ToArray());

        Assert.Equal("Bearer SECRET-TOKEN", Assert.Single(network.Authorizations));
        Assert.Equal("StorageAccessDenied", failure.ErrorId);
        Assert.Contains("*Storage Blob Data Reader* on storage account 'acc'", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure + store.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_token_is_unauthorized()
    {
        var store = Open(StorageCredential.FromAccessToken("SECRET-TOKEN"), new Network(HttpStatusCode.Unauthorized, "InvalidAuthenticationInfo"));
        Assert.Equal("StorageUnauthorized", Assert.Throws<NsgFlowException>(() => store.List(FlowBlobQuery.Everything, default).ToArray()).ErrorId);
    }

    [Fact]
    public void Nobody_signed_in_is_told_as_such_and_nothing_is_sent()
    {
        var network = new Network(HttpStatusCode.OK, "None");
        var signIn = new AzureSignIn(new SignInOptions { Variable = static _ => null });
        var store = Open(StorageCredential.FromSignIn(signIn), network);

        var failure = Assert.Throws<NsgFlowException>(() => store.List(FlowBlobQuery.Everything, default).ToArray());

        Assert.Equal("NotSignedIn", failure.ErrorId);
        Assert.Empty(network.Authorizations);
    }

    [Fact]
    public void The_sign_in_is_asked_for_the_storage_resource()
    {
        var asked = new List<string>();
        var signIn = new AzureSignIn(new SignInOptions
        {
            Session = resource =>
            {
                asked.Add(resource);
                return new SignInToken("t", DateTimeOffset.UtcNow.AddHours(1));
            },
        });
        var store = Open(StorageCredential.FromSignIn(signIn), new Network(HttpStatusCode.Forbidden, "AuthorizationFailure"));
        Assert.Throws<NsgFlowException>(() => store.List(FlowBlobQuery.Everything, default).ToArray());
        Assert.Equal([AzureSignIn.StorageResource], asked);
    }

    private static BlobStorageStore Open(StorageCredential credential, Network network) => new StorageConnection
    {
        Account = "acc",
        Credential = credential,
        Tuning = new StorageTuning { Transport = new HttpClientTransport(network), MaxRetries = 0 },
    }.Open();

    private sealed class Network(HttpStatusCode status, string code) : HttpMessageHandler
    {
        public List<string> Authorizations { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorizations.Add(request.Headers.Authorization?.ToString() ?? "none");
            var response = new HttpResponseMessage(status) { RequestMessage = request, Content = new ByteArrayContent([]) };
            response.Headers.Add("x-ms-error-code", code);
            response.Headers.Add("x-ms-request-id", "id");
            return Task.FromResult(response);
        }
    }
}
