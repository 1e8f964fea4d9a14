using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Infrastructure;

namespace NsgFlow.SimulatorTests.Logs;

/// <summary>Somebody who asks the simulator's Log Analytics.</summary>
internal sealed class LogsCaller : IDisposable
{
    public const string Audience = "https://api.loganalytics.io/";

    private readonly HttpClient _client;

    public LogsCaller(AzureSimulator azure, Principal? principal = null, string resource = Audience)
    {
        _client = new HttpClient { BaseAddress = azure.LogAnalytics };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", azure.IssueToken(resource, principal));
    }

    /// <summary>Asks a workspace; more is what the body has besides the query.</summary>
    public Task<Answer> QueryAsync(string workspace, string query, JsonObject? more = null, string? prefer = null, CancellationToken cancellation = default)
    {
        var body = more ?? [];
        body["query"] = query;
        return SendAsync(HttpMethod.Post, $"/v1/workspaces/{workspace}/query", JsonContent.Create(body), prefer, cancellation);
    }

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? prefer = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        using var response = await _client.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public void Dispose() => _client.Dispose();
}
