using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text;
using System.Threading.Tasks;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>The token endpoint of an App Service or Automation account, on loopback.</summary>
internal sealed class FakeIdentityEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Method, string Url, string Body, System.Collections.Specialized.NameValueCollection Headers)> _requests = new();
    private readonly Task _serving;

    public FakeIdentityEndpoint()
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/oauth2/token";
        }

        _listener.Prefixes.Add(new Uri(Address).GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public int Status { get; set; } = 200;

    public string Answer { get; set; } = """{"access_token":"SECRET-TOKEN","expires_on":"4102444800","resource":"r","token_type":"Bearer"}""";

    public IReadOnlyList<(string Method, string Url, string Body, System.Collections.Specialized.NameValueCollection Headers)> Requests => [.. _requests];

    public void Dispose()
    {
        _listener.Stop();
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                _requests.Enqueue((context.Request.HttpMethod, context.Request.Url!.PathAndQuery, await reader.ReadToEndAsync(), context.Request.Headers));
                context.Response.StatusCode = Status;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer));
                context.Response.Close();
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
            {
                // That is how listening ends.
                return;
            }
        }
    }
}
