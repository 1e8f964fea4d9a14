using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>An authority's token endpoint in place of the network. What is asked beside it (metadata of an authority) gets 404.</summary>
internal sealed class FakeAuthority : HttpMessageHandler
{
    public HttpPipelineTransport Transport => new HttpClientTransport(this);

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public string Answer { get; set; } = """{"token_type":"Bearer","expires_in":3600,"ext_expires_in":3600,"access_token":"SECRET-TOKEN"}""";

    /// <summary>URLs without query of everything that was asked, in order.</summary>
    public List<string> Urls { get; } = [];

    /// <summary>The fields of the last form that was posted.</summary>
    public Dictionary<string, string> Form { get; private set; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Urls.Add(request.RequestUri!.GetLeftPart(UriPartial.Path));
        var isToken = request.Method == HttpMethod.Post;
        if (isToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Form = body.Split('&').Select(static field => field.Split('=')).ToDictionary(static f => f[0], static f => WebUtility.UrlDecode(f[1]));
        }

        return new HttpResponseMessage(isToken ? Status : HttpStatusCode.NotFound)
        {
            RequestMessage = request,
            Content = new StringContent(isToken ? Answer : "{}", Encoding.UTF8, "application/json"),
        };
    }
}
