using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;

namespace NsgFlow.SimulatorTests.Infrastructure;

/// <summary>Somebody who asks the simulator.</summary>
internal sealed class Caller : IDisposable
{
    public const string Network = "2025-05-01";

    private readonly HttpClient _client;

    public Caller(AzureSimulator azure, Principal? principal = null)
    {
        _client = new HttpClient { BaseAddress = azure.ArmEndpoint };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", azure.IssueToken(principal: principal));
    }

    public Task<Answer> GetAsync(string path, string version = Network) => SendAsync("GET", path, null, version);

    /// <summary>Sends a request; a path with a query goes as it is.</summary>
    public async Task<Answer> SendAsync(string method, string path, JsonNode? body = null, string version = Network)
    {
        var uri = path.Contains('?', StringComparison.Ordinal) ? path : $"{path}?api-version={version}";
        using var request = new HttpRequestMessage(new HttpMethod(method), uri) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Asks Resource Graph; the first column of each row, or the error's last detail.</summary>
    public async Task<string[]> QueryAsync(string query)
    {
        var answer = await SendAsync("POST", "/providers/Microsoft.ResourceGraph/resources", new JsonObject { ["query"] = query }, "2022-10-01");
        return answer.Status == 200
            ? [.. answer.Body!["data"]!.AsArray().Select(row => row!.AsObject().First().Value!.ToString())]
            : throw new InvalidOperationException(answer.Body!["error"]!["details"]![1]!["message"]!.ToString());
    }

    public void Dispose() => _client.Dispose();
}
