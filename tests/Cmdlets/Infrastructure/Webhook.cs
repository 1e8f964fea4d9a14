using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>Takes messages, as the workflow of a chat does.</summary>
internal sealed class Webhook : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<JsonElement> _messages = new();
    private readonly Task _serving;

    public Webhook()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/workflows/1?sig=SECRET-SIGNATURE";
        }

        _listener.Prefixes.Add(new Uri(Url).GetLeftPart(UriPartial.Authority) + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What it answers with.</summary>
    public int Status { get; set; } = 202;

    /// <summary>Where it sends the sender to; nowhere when null.</summary>
    public string? Redirect { get; set; }

    /// <summary>What came, answered well or not.</summary>
    public IReadOnlyList<JsonElement> Messages => [.. _messages];

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var text = await reader.ReadToEndAsync();
            if (context.Request.HttpMethod == "POST")
            {
                _messages.Enqueue(JsonDocument.Parse(text).RootElement);
            }

            context.Response.RedirectLocation = Redirect;
            context.Response.StatusCode = Redirect is null || context.Request.HttpMethod != "POST" ? Status : 302;
            context.Response.Close();
        }
    }
}
